import { createRequire } from 'node:module';
import type * as Common from '@zxcvbn-ts/language-common';
import type * as Dutch from '@zxcvbn-ts/language-nl-be';
import type * as English from '@zxcvbn-ts/language-en';

const load = createRequire(__filename);

/** The words that people choose from, loaded when they are first asked for: forty megabytes are not for a worker to carry. */
export function wordLists() {
  const { dictionary: common, adjacencyGraphs } = load('@zxcvbn-ts/language-common') as typeof Common;
  const { dictionary: english } = load('@zxcvbn-ts/language-en') as typeof English;
  const { dictionary: dutch } = load('@zxcvbn-ts/language-nl-be') as typeof Dutch;
  return { common, english, dutch, adjacencyGraphs };
}
