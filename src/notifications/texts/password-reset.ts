import type { MailTexts } from '../mail-text.js';

/** For who forgot their password, or had to give it up. */
export const passwordReset: MailTexts = {
  nl: ({ practice }) => ({
    subject: `Een nieuw wachtwoord voor ${practice}`,
    paragraphs: [
      `Met deze link kies je een nieuw wachtwoord voor het portaal van ${practice}.`,
      'Daarna meld je je overal opnieuw aan, zo weet je zeker dat alleen jij erbij kunt.',
    ],
    button: 'Kies een nieuw wachtwoord',
    afterwards: 'Deze link werkt één keer, een uur lang. Vroeg je hier niet om? Dan hoef je niets te doen.',
  }),
  en: ({ practice }) => ({
    subject: `A new password for ${practice}`,
    paragraphs: [
      `With this link you choose a new password for the portal of ${practice}.`,
      'After that you sign in again everywhere, so that you know that nobody but you can.',
    ],
    button: 'Choose a new password',
    afterwards: 'This link works once, for one hour. Did you not ask for it? Then there is nothing to do.',
  }),
};
