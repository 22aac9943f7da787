import { Temporal } from 'temporal-polyfill';
import { invalidInput } from './problems.js';

/** One page of a list: the rows, and where the next page begins; `next` is absent on the last one. */
export interface Page<T> {
  items: T[];
  next?: string;
}

export const DEFAULT_PAGE_SIZE = 25;
export const LARGEST_PAGE_SIZE = 100;

/** What a sort value looks like. */
interface Shape {
  test(value: string): boolean;
}

/** A place in a sorted list: the sort values of the last row that was seen. */
export type Position = readonly (string | number)[];

/** A position as an opaque `?cursor=`. It names values the reader has seen already, so it needs no secret. */
export function toCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * The position behind a `?cursor=`.
 * @param shape what each sort value must look like, in order
 * @throws Problem 422 `invalid-input` when it is not a cursor of this list
 */
export function fromCursor(cursor: string, shape: readonly Shape[]): Position {
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    position = undefined;
  }
  const fits =
    Array.isArray(position) &&
    position.length === shape.length &&
    position.every((value, i) => typeof value === 'string' && shape[i]?.test(value));
  if (!fits) {
    throw invalidInput([
      {
        parameter: 'cursor',
        detail: { nl: 'Dit is geen plaats in deze lijst.', en: 'This is not a place in this list.' },
      },
    ]);
  }
  return position as Position;
}

/**
 * A page out of `limit + 1` rows: the row too many only tells that there is a next page.
 * @param place the sort values of a row
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => Position,
  show: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(show),
    ...(rows.length > limit && last && { next: toCursor(place(last)) }),
  };
}

/** Sort values as they appear in a cursor. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const DAY = shape(/^[12]\d{3}-\d{2}-\d{2}$/, (value) => Temporal.PlainDate.from(value));

/** A pattern whose matches must also be there: no calendar has a 30th of February. */
function shape(pattern: RegExp, read: (value: string) => unknown): Shape {
  const exists = (value: string): boolean => {
    try {
      return read(value) !== undefined;
    } catch {
      return false;
    }
  };
  return { test: (value) => pattern.test(value) && exists(value) };
}
