import { Problem } from '../../common/problem.js';
import { invalidInput } from '../../common/problems.js';
import type { ArticleStatus } from './article.entity.js';

const STATUS_NL: Readonly<Record<ArticleStatus, string>> = {
  draft: 'een concept',
  published: 'gepubliceerd',
  retired: 'van de website af',
};

export const wrongArticleState = (is: ArticleStatus, from: readonly ArticleStatus[]): Problem =>
  new Problem({
    type: 'wrong-state',
    status: 409,
    title: { nl: 'Dat kan in deze stand niet', en: 'Not possible in this state' },
    detail: {
      nl: `Het artikel is ${STATUS_NL[is]}; dit kan alleen als het ${from.map((one) => STATUS_NL[one]).join(' of ')} is.`,
      en: `The article is ${is}; this is possible only when it is ${from.join(' or ')}.`,
    },
    facts: { state: is },
  });

export const nothingToPublish = (): Problem =>
  new Problem({
    type: 'nothing-to-publish',
    status: 409,
    title: { nl: 'Er is niets te publiceren', en: 'There is nothing to publish' },
    detail: {
      nl: 'Het artikel staat al zo op de website. Wijzig het eerst: dat maakt een nieuwe versie.',
      en: 'The article is on the website as it stands. Change it first: that makes a next version.',
    },
  });

export const slugTaken = (): Problem =>
  new Problem({
    type: 'slug-taken',
    status: 409,
    title: { nl: 'Dit adres is al in gebruik', en: 'This address is in use already' },
    detail: {
      nl: 'Een ander artikel van de praktijk heeft dit adres. Kies een andere `slug`.',
      en: 'Another article of the practice has this address. Choose another `slug`.',
    },
  });

/** A title without a letter or a digit makes no address. */
export const slugNotUsable = (): Problem =>
  invalidInput([
    {
      pointer: '/slug',
      detail: {
        nl: 'Kleine letters, cijfers en streepjes daartussen, zoals `slaap-en-rust`.',
        en: 'Lower-case letters, digits, and hyphens between them, such as `sleep-and-rest`.',
      },
    },
  ]);

/** Only what is published is linked from an exercise, or given to read. */
export const articleNotPublished = (pointer: string): Problem =>
  invalidInput([
    {
      pointer,
      detail: {
        nl: 'Dit is geen gepubliceerd artikel van de praktijk.',
        en: 'This is not a published article of the practice.',
      },
    },
  ]);
