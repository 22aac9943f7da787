import type { Language } from '../common/language.js';

const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

const formatOf = (language: Language, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(LOCALES[language], { ...parts, timeZone: 'UTC' });

/** A calendar day in words. */
export const dayInWords = (language: Language, day: string): string =>
  formatOf(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(day));

/** A day under an axis; over a long time its month. */
export const tickIn = (language: Language, at: number, isLong: boolean): string =>
  formatOf(
    language,
    isLong ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' },
  ).format(at);

/** A mean, with one decimal. */
export const numberIn = (language: Language, value: number): string =>
  new Intl.NumberFormat(LOCALES[language], { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    value,
  );

/** A change: less tension has a real minus before it. */
export const changeIn = (language: Language, value: number): string => {
  const rounded = Math.round(value * 10) / 10;
  const sign = rounded < 0 ? '−' : rounded > 0 ? '+' : '±';
  return `${sign}${numberIn(language, Math.abs(rounded))}`;
};
