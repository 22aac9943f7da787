import type { MailTexts } from '../mail-text.js';

/** What there is: nothing is said of what it is, for a mail is read by many eyes. */
export interface Reminded {
  readonly hasHomework: boolean;
  readonly hasAppointment: boolean;
}

/** The one mail of a day that its reader asked for; an invitation, which may be left as it is. */
export const reminder = ({ hasHomework, hasAppointment }: Reminded): MailTexts => ({
  nl: ({ practice }) => ({
    subject: 'Een moment voor jezelf, als het past',
    paragraphs: [
      ...(hasHomework
        ? ['Er staat iets voor je klaar, voor als het vandaag uitkomt. Het laten rusten is ook goed.']
        : []),
      ...(hasAppointment
        ? [`Er staat een afspraak met ${practice} voor je genoteerd. In het portaal zie je wanneer.`]
        : []),
    ],
    button: 'Bekijk je dag',
    afterwards:
      'Je krijgt dit bericht omdat je daar zelf om vroeg, op een dag en een tijd die jij koos. Je kunt het in het portaal altijd veranderen.',
    leave: 'Geen herinneringen meer',
  }),
  en: ({ practice }) => ({
    subject: 'A moment for yourself, if it suits you',
    paragraphs: [
      ...(hasHomework
        ? ['Something is waiting for you, in case it suits you today. Letting it rest is fine too.']
        : []),
      ...(hasAppointment ? [`An appointment with ${practice} is noted for you. The portal tells when.`] : []),
    ],
    button: 'See your day',
    afterwards:
      'You are sent this because you asked for it, on a day and at a time that you chose. You can always change that in the portal.',
    leave: 'No more reminders',
  }),
});
