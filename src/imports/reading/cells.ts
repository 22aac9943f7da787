import parsePhoneNumber from 'libphonenumber-js/max';
import { Temporal } from 'temporal-polyfill';
import {
  isDay,
  isEmailAddress,
  isInstant,
  isNotBlank,
  isPhone,
  WELL_FORMED,
} from '../../common/field-values.js';
import { UUID } from '../../common/page.js';

/** A cell as the file has it: text in CSV, whatever JSON knows in JSON; never absent, never empty. */
export type Cell = unknown;

/** What a cell says, or nothing where that is not a value of its column. */
export type Reader<T> = (cell: Cell, timeZone: string) => T | undefined;

const ONE_LINE = /^[^\p{Control}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]*$/u;

const textOf = (cell: Cell): string | undefined => {
  if (typeof cell === 'string') return cell.trim();
  return typeof cell === 'number' ? String(cell) : undefined;
};

export const line =
  (longest: number): Reader<string> =>
  (cell) => {
    const text = textOf(cell);
    return text && text.length <= longest && ONE_LINE.test(text) ? text : undefined;
  };

/** Kept as it was written, but not blank. */
export const text =
  (longest: number): Reader<string> =>
  (cell) =>
    typeof cell === 'string' && isNotBlank(cell) && cell.length <= longest && WELL_FORMED.test(cell)
      ? cell
      : undefined;

export const uuid: Reader<string> = (cell) => {
  const id = textOf(cell)?.toLowerCase();
  return id && UUID.test(id) ? id : undefined;
};

export const mail: Reader<string> = (cell) => {
  const address = textOf(cell)?.toLowerCase();
  return isEmailAddress(address) ? address : undefined;
};

/** As it is dialled in the Netherlands, or in international form; kept in the latter. */
export const phone: Reader<string> = (cell) => {
  const written = textOf(cell);
  const number = written && parsePhoneNumber(written, 'NL')?.number;
  return isPhone(number) ? number : undefined;
};

/** @param words other words for the same codes, folded */
export const code =
  <C extends string>(codes: readonly C[], words: Readonly<Record<string, NoInfer<C>>> = {}): Reader<C> =>
  (cell) => {
    const said = textOf(cell)?.toLowerCase() ?? '';
    const word = said.replace(/[\s-]+/g, '_');
    // `constructor` is a word for nothing, though every object has one.
    return (
      codes.find((one) => one === said || one === word) ??
      (Object.hasOwn(words, word) ? words[word] : undefined)
    );
  };

export const whole =
  (least: number, most: number): Reader<number> =>
  (cell) => {
    const said = textOf(cell) ?? '';
    const number = Number(said);
    return /^\d{1,10}$/.test(said) && number >= least && number <= most ? number : undefined;
  };

/** Euros, with a point or a comma; kept in cents. */
export const euros: Reader<number> = (cell) => {
  const said = (textOf(cell) ?? '').replace(/^€\s*/, '').replace(',', '.');
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(said)) return undefined;
  const cents = Math.round(Number(said) * 100);
  return cents <= 10_000_000 ? cents : undefined;
};

const YES = ['true', 'ja', 'yes', '1', 'waar', 't'];
const NO = ['false', 'nee', 'no', '0', 'onwaar', 'f'];

export const flag: Reader<boolean> = (cell) => {
  if (typeof cell === 'boolean') return cell;
  const said = textOf(cell)?.toLowerCase() ?? '';
  if (YES.includes(said)) return true;
  return NO.includes(said) ? false : undefined;
};

const DUTCH_DAY = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})/;
const isoDay = (said: string): string =>
  said.replace(
    DUTCH_DAY,
    (_, day: string, month: string, year: string) =>
      `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );

export const day: Reader<string> = (cell) => {
  const said = isoDay(textOf(cell) ?? '');
  return isDay(said) ? said : undefined;
};

const BY_THE_CLOCK = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** With its offset, or by the clock of the practice; a day alone is its beginning. */
export const instant: Reader<Date> = (cell, timeZone) => {
  const said = isoDay(textOf(cell) ?? '');
  if (isInstant(said)) return new Date(said);
  const [, on, hour = '00', minute = '00', second = '00'] = BY_THE_CLOCK.exec(said) ?? [];
  if (!on || !isDay(on)) return undefined;
  try {
    // What the clock skips in March is not a time; what it shows twice in October is the first.
    const local = Temporal.PlainDateTime.from(`${on}T${hour.padStart(2, '0')}:${minute}:${second}`);
    return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return undefined;
  }
};
