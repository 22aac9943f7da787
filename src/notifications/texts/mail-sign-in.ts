import type { MailTexts } from '../mail-text.js';

/** With which a client signs in without a password. */
export const mailSignIn: MailTexts = {
  nl: ({ practice }) => ({
    subject: `Je aanmelding bij ${practice}`,
    paragraphs: [
      `Met deze link meld je je aan bij het portaal van ${practice}.`,
      'Open de link op het apparaat en in de browser waar je hem aanvroeg; ergens anders werkt hij niet.',
    ],
    button: 'Meld je aan',
    afterwards:
      'Deze link werkt één keer, tien minuten lang. Vroeg je hier niet om? Dan hoef je niets te doen. Geef hem aan niemand door.',
  }),
  en: ({ practice }) => ({
    subject: `Signing in to ${practice}`,
    paragraphs: [
      `With this link you sign in to the portal of ${practice}.`,
      'Open it on the device and in the browser in which you asked for it; it works nowhere else.',
    ],
    button: 'Sign in',
    afterwards:
      'This link works once, for ten minutes. Did you not ask for it? Then there is nothing to do. Pass it on to nobody.',
  }),
};
