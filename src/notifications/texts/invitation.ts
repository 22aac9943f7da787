import type { MailTexts } from '../mail-text.js';

/** With which somebody begins. */
export const invitation: MailTexts = {
  nl: ({ practice }) => ({
    subject: `Je uitnodiging van ${practice}`,
    paragraphs: [
      `${practice} nodigt je uit voor het portaal. Daar vind je alles op één plek, in je eigen tempo.`,
    ],
    button: 'Kies een wachtwoord',
    afterwards:
      'Deze link werkt één keer, zeven dagen lang. Verwachtte je dit niet? Dan hoef je niets te doen.',
  }),
  en: ({ practice }) => ({
    subject: `Your invitation from ${practice}`,
    paragraphs: [
      `${practice} invites you to its portal. You will find everything in one place, at your own pace.`,
    ],
    button: 'Choose a password',
    afterwards: 'This link works once, for seven days. Not expecting it? Then there is nothing to do.',
  }),
};
