import { isEmail } from 'class-validator';
import parsePhoneNumber from 'libphonenumber-js/max';
import { Temporal } from 'temporal-polyfill';

/** What the values of fields are brought to before they are checked, and what they are checked for (fields.ts). */

/** Postgres stores no NUL, and half a surrogate pair is not a character: it would come back as another one. */
export const WELL_FORMED = /^[^\0\p{Surrogate}]*$/u;

export function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

export function lowerCased({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

export function composed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.normalize('NFC') : value;
}

/** A quoted local part may hold spaces and line breaks, which no address of a person has. */
export function isNotBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

export function isEmailAddress(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21\x23-\x7e]{1,254}$/.test(value) && isEmail(value);
}

const VISIBLE_ASCII = /^https:\/\/[\x21-\x7e]+$/;

/** With a host, and without a name and password in it. */
export function isHttpsAddress(value: unknown): boolean {
  if (typeof value !== 'string' || !VISIBLE_ASCII.test(value) || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return protocol === 'https:' && username === '' && password === '';
}

export function isDay(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(value) &&
    parses(() => Temporal.PlainDate.from(value))
  );
}

const RFC_3339 = /^(19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

export function isInstant(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    RFC_3339.test(value) &&
    parses(() => Temporal.Instant.from(value)) &&
    !Number.isNaN(Date.parse(value))
  );
}

export function isTimeZone(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(value) &&
    parses(() => new Intl.DateTimeFormat('en', { timeZone: value }))
  );
}

export function isPhone(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.startsWith('+') &&
    parsePhoneNumber(value)?.isValid() === true &&
    /^\+\d+$/.test(value)
  );
}

function parses(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
