import type { Bilingual } from '../common/language.js';

/** Why an export came to nothing, and what a person can do about it. */
export const EXPORT_FAILURES = {
  requester_left: {
    nl: 'Wie deze export aanvroeg, is geen beheerder meer. Vraag hem zelf aan als hij nog nodig is.',
    en: 'Who asked for this export is no longer an admin. Ask for it yourself if it is still needed.',
  },
  data_held: {
    nl: 'De cliënt vroeg om de gegevens met rust te laten (AVG art. 18 of 21). Rond dat verzoek eerst af.',
    en: 'The client asked to leave their data alone (GDPR art. 18 or 21). Settle that request first.',
  },
  storage: {
    nl: 'Het bestand kon niet worden opgeslagen. Laat nakijken of er schijfruimte is; er volgt vanzelf nog een poging.',
    en: 'The file could not be stored. Have the disk space checked; it is tried again by itself.',
  },
  interrupted: {
    nl: 'Het lezen van de gegevens werd onderbroken. Er volgt vanzelf nog een poging; blijft het misgaan, vraag de export dan opnieuw aan.',
    en: 'Reading the records was interrupted. It is tried again by itself; if that keeps failing, ask for the export anew.',
  },
  stranded: {
    nl: 'De export was na een dag nog niet klaar en is opgegeven. Vraag hem opnieuw aan.',
    en: 'After a day the export was still not done, and it was given up. Ask for it anew.',
  },
  approval_outdated: {
    nl: 'Na de goedkeuring kwamen er notities bij van een andere coach. Vraag de export opnieuw aan, dan kan ook die goedkeuren.',
    en: 'After it was approved, notes of another coach came in. Ask for the export anew, so that they can approve too.',
  },
  unanswered: {
    nl: 'Niet elke coach heeft binnen twee weken gezegd of het mag. Overleg met hen en vraag de export opnieuw aan.',
    en: 'Not every coach said within two weeks whether it may be. Speak with them, and ask for the export anew.',
  },
  text_broken: {
    nl: 'Een tekst gaat niet open, of is niet meer wat er ondertekend werd. Laat dit nakijken voordat je de export opnieuw aanvraagt.',
    en: 'A text does not open, or is no longer what was signed. Have this looked into before you ask for the export anew.',
  },
  too_many_rows: {
    nl: 'Voor een pdf zijn dit te veel rijen: er passen er tweeduizend in. Kies een kortere periode, of vraag csv of xlsx aan.',
    en: 'These are too many rows for a PDF, which holds two thousand. Choose a shorter period, or ask for csv or xlsx.',
  },
  kept_failing: {
    nl: 'De export is steeds halverwege afgebroken, samen met het programma dat hem maakte. Maak de selectie kleiner, of laat de server nakijken.',
    en: 'Time and again the export was broken off halfway, together with the program that made it. Choose less, or have the server checked.',
  },
  broken_off: {
    nl: 'De verbinding brak af voordat alles verstuurd was. Vraag de gegevens opnieuw op.',
    en: 'The connection broke off before everything was sent. Ask for the records again.',
  },
} satisfies Readonly<Record<string, Bilingual>>;

export type ExportFailure = keyof typeof EXPORT_FAILURES;

/** Whether the queue runs it again without anybody asking. */
export const isTriedAgain = (failure: ExportFailure): boolean =>
  failure === 'storage' || failure === 'interrupted';

const STORAGE_TROUBLE = [
  'ENOSPC',
  'EFBIG',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'EIO',
  'EMFILE',
  'EEXIST',
  'ENOTDIR',
];

/** What an error on the way to the file means to who asked for it. */
export function failureOf(error: unknown): ExportFailure {
  const { code, name } = error as { code?: string; name?: string };
  if (name === 'ApprovalOutdated') return 'approval_outdated';
  if (name === 'TextBroken' || name === 'FieldBroken') return 'text_broken';
  if (name === 'TooManyRows') return 'too_many_rows';
  return code && STORAGE_TROUBLE.includes(code) ? 'storage' : 'interrupted';
}
