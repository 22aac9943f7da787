import type { Bilingual } from '../../common/language.js';
import { Problem } from '../../common/problem.js';
import { invalidInput } from '../../common/problems.js';

export const logIdTaken = (): Problem =>
  new Problem({
    type: 'log-id-taken',
    status: 409,
    title: { nl: 'Dit id hoort bij een andere oefening', en: 'This id belongs to another exercise' },
    detail: {
      nl: 'Kies voor een nieuwe notering een nieuw id.',
      en: 'Choose a new id for a new log.',
    },
  });

const notThatDay = (detail: Bilingual): Problem => invalidInput([{ pointer: '/doneOn', detail }]);

export const stillToCome = (): Problem =>
  notThatDay({ nl: 'Deze dag moet nog komen.', en: 'This day has yet to come.' });

export const tooLongAgo = (days: number): Problem =>
  notThatDay({
    nl: `Tot ${days} dagen terug is dit bij te houden.`,
    en: `This can be kept up to ${days} days back.`,
  });

export const outsideTheAssignment = (): Problem =>
  notThatDay({
    nl: 'Op deze dag was de oefening er niet.',
    en: 'On this day there was no such exercise.',
  });
