import type { MailTexts } from '../mail-text.js';

/** To the old address, which can say no, for a while after the change too. */
export const addressChangeNotice: MailTexts = {
  nl: ({ practice, when }) => ({
    subject: `Je adres voor ${practice} wordt gewijzigd`,
    paragraphs: [
      `Op ${when} is gevraagd om je voortaan met een ander e-mailadres aan te melden bij het portaal van ${practice}.`,
      'Was jij dit? Dan hoef je hier niets te doen: bevestig het op je nieuwe adres.',
    ],
    button: 'Dit was ik niet',
    afterwards:
      'Met deze link houd of krijg je je oude adres terug, ook als de wijziging al is bevestigd. Alle aanmeldingen worden beëindigd en je kiest een nieuw wachtwoord. De link werkt één keer, zeven dagen lang.',
  }),
  en: ({ practice, when }) => ({
    subject: `Your address for ${practice} is being changed`,
    paragraphs: [
      `On ${when} it was asked that you sign in to the portal of ${practice} with another e-mail address from now on.`,
      'Was this you? Then there is nothing to do here: confirm it at your new address.',
    ],
    button: 'This was not me',
    afterwards:
      'With this link you keep your old address or get it back, even if the change was confirmed already. Every login ends and you choose a new password. The link works once, for seven days.',
  }),
};
