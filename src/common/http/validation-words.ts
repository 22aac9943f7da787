import type { Bilingual } from '../language.js';

type Words = (...limits: never[]) => Bilingual;

/** What to say for each class-validator rule that the inputs use, by the rule's own name. */
const WORDS: Readonly<Record<string, Words>> = {
  whitelistValidation: () => ({ nl: 'Dit veld bestaat niet.', en: 'There is no such field.' }),
  isString: () => ({ nl: 'Dit moet tekst zijn.', en: 'This must be text.' }),
  isNotEmpty: () => ({ nl: 'Dit mag niet leeg zijn.', en: 'This must not be empty.' }),
  isBoolean: () => ({ nl: 'Dit moet true of false zijn.', en: 'This must be true or false.' }),
  isInt: () => ({ nl: 'Dit moet een geheel getal zijn.', en: 'This must be a whole number.' }),
  isNumber: () => ({ nl: 'Dit moet een getal zijn.', en: 'This must be a number.' }),
  isArray: () => ({ nl: 'Dit moet een lijst zijn.', en: 'This must be a list.' }),
  isObject: () => ({ nl: 'Dit moet een object zijn.', en: 'This must be an object.' }),
  unknownValue: () => ({ nl: 'Dit moet een object zijn.', en: 'This must be an object.' }),
  nestedValidation: () => ({ nl: 'Dit moet een object zijn.', en: 'This must be an object.' }),
  isUuid: () => ({ nl: 'Dit is geen geldig id (UUID).', en: 'This is not a valid id (UUID).' }),
  isEmail: () => ({ nl: 'Dit is geen e-mailadres.', en: 'This is not an e-mail address.' }),
  matches: () => ({ nl: 'Dit heeft niet de gevraagde vorm.', en: 'This does not have the form asked for.' }),
  arrayUnique: () => ({ nl: 'Elke waarde mag één keer.', en: 'Each value once only.' }),
  isHttpsAddress: () => ({
    nl: 'Dit is geen adres dat met https:// begint.',
    en: 'This is not an address that begins with https://.',
  }),
  isDay: () => ({ nl: 'Dit is geen datum (JJJJ-MM-DD).', en: 'This is not a date (YYYY-MM-DD).' }),
  isTimeOfDay: () => ({
    nl: 'Dit is geen tijd op de klok (zoals 08:30).',
    en: 'This is not a time on the clock (such as 08:30).',
  }),
  isMoment: () => ({
    nl: 'Dit is geen tijdstip met tijdzone (zoals 2026-03-02T09:30:00Z).',
    en: 'This is not a time with its zone (such as 2026-03-02T09:30:00Z).',
  }),
  isTimeZone: () => ({
    nl: 'Dit is geen IANA-tijdzone (zoals Europe/Amsterdam).',
    en: 'This is not an IANA time zone (such as Europe/Amsterdam).',
  }),
  isPhone: () => ({
    nl: 'Dit is geen telefoonnummer in internationale vorm (zoals +31612345678).',
    en: 'This is not a phone number in international form (such as +31612345678).',
  }),
  min: (least: number) => ({ nl: `Minstens ${least}.`, en: `At least ${least}.` }),
  max: (most: number) => ({ nl: `Hoogstens ${most}.`, en: `At most ${most}.` }),
  minLength: (least: number) => ({ nl: `Minstens ${least} tekens.`, en: `At least ${least} characters.` }),
  maxLength: (most: number) => ({ nl: `Hoogstens ${most} tekens.`, en: `At most ${most} characters.` }),
  arrayMaxSize: (most: number) => ({
    nl: `Hoogstens ${most} in deze lijst.`,
    en: `At most ${most} in this list.`,
  }),
  arrayMinSize: (least: number) => ({
    nl: `Minstens ${least} in deze lijst.`,
    en: `At least ${least} in this list.`,
  }),
  isMarkdown: () => ({
    nl: 'Hier zit te veel in elkaar genest, of te veel nadruk in, om er een pagina van te maken.',
    en: 'Too much is nested here, or emphasised, to make a page of it.',
  }),
  isIn: (values: readonly string[]) => ({
    nl: `Kies uit: ${values.join(', ')}.`,
    en: `Choose one of: ${values.join(', ')}.`,
  }),
};

const UNKNOWN: Bilingual = { nl: 'Dit klopt niet.', en: 'This is not right.' };

export function wordsFor(rule: string, limits: readonly unknown[]): Bilingual {
  const words = WORDS[rule];
  return words && words.length <= limits.length ? words(...(limits as never[])) : UNKNOWN;
}
