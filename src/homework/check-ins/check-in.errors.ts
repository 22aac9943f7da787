import type { Bilingual } from '../../common/language.js';
import { Problem } from '../../common/problem.js';
import { invalidInput } from '../../common/problems.js';

/** Their own, so that it can be corrected instead. */
export const checkedInThatDay = (checkInId: string): Problem =>
  new Problem({
    type: 'checked-in-that-day',
    status: 409,
    title: { nl: 'Op die dag keek je al terug', en: 'You looked back on that day already' },
    detail: {
      nl: 'Wat er staat kun je aanpassen.',
      en: 'What stands there can be changed.',
    },
    facts: { checkInId },
  });

const notThatDay = (detail: Bilingual): Problem => invalidInput([{ pointer: '/on', detail }]);

export const stillToCome = (): Problem =>
  notThatDay({ nl: 'Deze dag moet nog komen.', en: 'This day has yet to come.' });

export const tooLongAgo = (days: number): Problem =>
  notThatDay({
    nl: `Tot ${days} dagen terug is dit bij te houden.`,
    en: `This can be kept up to ${days} days back.`,
  });

export const unknownSignals = (codes: readonly string[]): Problem =>
  invalidInput([
    {
      pointer: '/stressSignals',
      detail: {
        nl: `Deze signalen kent de praktijk niet: ${codes.join(', ')}.`,
        en: `The practice does not know these signals: ${codes.join(', ')}.`,
      },
    },
  ]);
