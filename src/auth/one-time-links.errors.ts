import { invalidInput } from '../common/problems.js';
import { Problem } from '../common/problem.js';

/** One and the same for a link that is unknown, used, expired, meant for something else or overtaken. */
export const linkNotUsable = (): Problem =>
  new Problem({
    type: 'link-not-usable',
    status: 404,
    title: { nl: 'Deze link werkt niet (meer)', en: 'This link does not work (any more)' },
    detail: {
      nl: 'Vraag een nieuwe aan. Een link om mee aan te melden werkt alleen in de browser waarin je hem aanvroeg.',
      en: 'Ask for a new one. A link to sign in with works only in the browser in which you asked for it.',
    },
  });

export const passwordNotRight = (): Problem =>
  invalidInput([
    { pointer: '/password', detail: { nl: 'Dit wachtwoord klopt niet.', en: 'This password is not right.' } },
  ]);

export const addressUnchanged = (): Problem =>
  invalidInput([
    {
      pointer: '/email',
      detail: { nl: 'Met dit adres meld je je al aan.', en: 'You sign in with this address already.' },
    },
  ]);
