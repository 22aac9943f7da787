import type { MailTexts } from '../mail-text.js';

/** Tells a practice that somebody sent the form; not who, and not what they wrote. */
export const intakeRequest: MailTexts = {
  nl: ({ practice }) => ({
    subject: `Een nieuwe aanvraag bij ${practice}`,
    paragraphs: [
      'Via het formulier op de website heeft iemand om een intake gevraagd.',
      'Wie het is en wat er geschreven is, staat alleen achter je aanmelding.',
    ],
    button: 'Bekijk de aanvraag',
    afterwards: 'Een aanvraag wordt na negentig dagen verwijderd, ook als niemand erop antwoordt.',
  }),
  en: ({ practice }) => ({
    subject: `A new request at ${practice}`,
    paragraphs: [
      'Somebody asked for an intake, by the form on the website.',
      'Who it is and what they wrote is there once you have signed in.',
    ],
    button: 'See the request',
    afterwards: 'A request is deleted after ninety days, also when nobody answers it.',
  }),
};
