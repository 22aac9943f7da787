import type { MailTexts } from '../mail-text.js';

/** Tells somebody that their password is another one now. */
export const passwordChanged: MailTexts = {
  nl: ({ practice, when }) => ({
    subject: `Je wachtwoord voor ${practice} is veranderd`,
    paragraphs: [
      `Op ${when} is voor jou een nieuw wachtwoord gekozen. Op andere apparaten ben je afgemeld.`,
      'Was jij dit? Dan is alles in orde.',
    ],
    button: 'Dit was ik niet',
    afterwards: `Via deze link vraag je een nieuw wachtwoord aan. Laat het ook aan ${practice} weten.`,
  }),
  en: ({ practice, when }) => ({
    subject: `Your password for ${practice} has changed`,
    paragraphs: [
      `On ${when} a new password was chosen for you. On other devices you are signed out.`,
      'Was this you? Then all is well.',
    ],
    button: 'This was not me',
    afterwards: `Behind this link you ask for a new password. Please tell ${practice} as well.`,
  }),
};
