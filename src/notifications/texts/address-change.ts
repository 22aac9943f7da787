import type { MailTexts } from '../mail-text.js';

/** To the new address: is it yours? */
export const addressChange: MailTexts = {
  nl: ({ practice }) => ({
    subject: `Bevestig je adres voor ${practice}`,
    paragraphs: [
      `Je wilt je voortaan met dit e-mailadres aanmelden bij het portaal van ${practice}. Bevestig dat dit adres van jou is.`,
    ],
    button: 'Bevestig dit adres',
    afterwards:
      'Deze link werkt één keer, een dag lang. Vroeg je hier niet om? Dan hoef je niets te doen: er verandert niets.',
  }),
  en: ({ practice }) => ({
    subject: `Confirm your address for ${practice}`,
    paragraphs: [
      `From now on you want to sign in to the portal of ${practice} with this e-mail address. Please confirm that it is yours.`,
    ],
    button: 'Confirm this address',
    afterwards:
      'This link works once, for one day. Did you not ask for it? Then there is nothing to do: nothing changes.',
  }),
};
