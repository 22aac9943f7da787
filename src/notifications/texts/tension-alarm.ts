import type { MailTexts } from '../mail-text.js';

/** Tells a coach that there is something to read; what it is, a mail does not say. */
export const tensionAlarm: MailTexts = {
  nl: ({ practice }) => ({
    subject: `Er staat iets voor je in het portaal van ${practice}`,
    paragraphs: [
      'Iemand deelde iets waar je misschien vandaag naar wilt kijken.',
      'Dit bericht gaat vanzelf, omdat jullie praktijk dat heeft aangezet. Niemand bewaakt het; dat heeft degene die deelde ook gelezen, met waar hulp te vinden is.',
    ],
    button: 'Bekijk het',
    afterwards: 'De beheerder van de praktijk kan deze berichten uitzetten.',
  }),
  en: ({ practice }) => ({
    subject: `There is something for you in the portal of ${practice}`,
    paragraphs: [
      'Somebody shared something that you may want to look at today.',
      'This message goes out by itself, because your practice switched it on. Nobody watches it; who shared it has read that too, with where to find help.',
    ],
    button: 'Look at it',
    afterwards: 'The administrator of the practice can switch these messages off.',
  }),
};
