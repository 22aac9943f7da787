import type { MailTexts } from '../mail-text.js';

/** Tells somebody that what they prove themselves with is not what it was. */
export const factorChanged: MailTexts = {
  nl: ({ practice, when }) => ({
    subject: `Waarmee je je aanmeldt bij ${practice} is veranderd`,
    paragraphs: [
      `Op ${when} is een passkey of authenticator-app aan jouw account toegevoegd, of daarvan weggehaald.`,
      'Was jij dit? Dan is alles in orde.',
    ],
    button: 'Bekijk waarmee je je aanmeldt',
    afterwards: `Herken je er een niet? Haal die daar weg, kies een nieuw wachtwoord, en laat het aan ${practice} weten.`,
  }),
  en: ({ practice, when }) => ({
    subject: `What you sign in to ${practice} with has changed`,
    paragraphs: [
      `On ${when} a passkey or authenticator app was added to your account, or taken away from it.`,
      'Was this you? Then all is well.',
    ],
    button: 'See what you sign in with',
    afterwards: `Is there one that you do not know? Take it away there, choose a new password, and tell ${practice}.`,
  }),
};
