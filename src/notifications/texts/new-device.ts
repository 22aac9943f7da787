import type { MailTexts } from '../mail-text.js';

/** Tells somebody of a login that is unlike the ones before. */
export const newDevice: MailTexts = {
  nl: ({ practice, when }) => ({
    subject: `Een nieuwe aanmelding bij ${practice}`,
    paragraphs: [
      `Op ${when} heeft iemand zich met jouw account aangemeld, met een apparaat of vanaf een plek die we nog niet kenden.`,
      'Was jij dit? Dan is alles in orde.',
    ],
    button: 'Bekijk je aanmeldingen',
    afterwards:
      'Herken je er een niet? Beëindig die daar en kies een nieuw wachtwoord. Dan kan niemand anders er nog bij.',
  }),
  en: ({ practice, when }) => ({
    subject: `A new login at ${practice}`,
    paragraphs: [
      `On ${when} somebody signed in to your account on a device, or from a place, that we had not seen before.`,
      'Was this you? Then all is well.',
    ],
    button: 'See your logins',
    afterwards:
      'Is there one that you do not know? End it there and choose a new password. Then nobody else can get in any more.',
  }),
};
