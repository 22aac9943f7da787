import { fold } from '../../common/fold.js';
import type { Findings } from '../import-problems.js';
import type { Cell, Reader } from './cells.js';

/** One row of a file: where it stands, and its cells under the names that the file gives them. */
export interface RawRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** A file, taken apart. */
export interface RawFile {
  /** The columns as the file names them. */
  readonly columns: readonly string[];
  readonly rows: readonly RawRow[];
}

/** A column that a file may have: how its cells are read, and what else it may be called. */
export interface Field<T> {
  readonly read: Reader<T>;
  readonly names: readonly string[];
  readonly needed: boolean;
}

export const field = <T>(read: Reader<T>, ...names: string[]): Field<T> => ({ read, names, needed: false });
/** A column without which no row says enough. */
export const needed = <T>(read: Reader<T>, ...names: string[]): Field<T> => ({ read, names, needed: true });

export type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;

/** What a row says, under our own names. */
export type Said<F extends Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> } & { readonly row: number };

/** However it is written: `E-mail`, `e mail` and `email` are one name. */
const plain = (name: string): string => fold(name).replace(/[^a-z0-9]/g, '');

/** What the columns of this file are, by their names in it; what is wrong with the header is found. */
export function columnsIn<F extends Fields>(
  file: RawFile,
  fields: F,
  findings: Findings,
): Map<string, keyof F & string> {
  const known = new Map<string, keyof F & string>();
  for (const [name, { names }] of Object.entries(fields)) {
    for (const one of [name, ...names]) known.set(plain(one), name);
  }
  const found = new Map<string, keyof F & string>();
  file.columns.forEach((column, i) => {
    const name = known.get(plain(column));
    // A header may hold anything, also what belongs in a row: it is told by its place.
    if (!name || [...found.values()].includes(name)) findings.add(1, 'column_unknown', placeOf(i));
    else found.set(column, name);
  });
  const there = new Set(found.values());
  for (const [name, { needed }] of Object.entries(fields)) {
    if (needed && !there.has(name)) findings.add(1, 'column_missing', name);
  }
  return found;
}

/** The letters by which a spreadsheet calls a column. */
const placeOf = (i: number): string =>
  i < 26 ? String.fromCharCode(65 + i) : placeOf(Math.floor(i / 26) - 1) + placeOf(i % 26);

/** Reads every row, and finds what is missing or is not a value. */
export function readRows<F extends Fields>(
  file: RawFile,
  fields: F,
  timeZone: string,
  findings: Findings,
): Said<F>[] {
  const columns = columnsIn(file, fields, findings);
  return file.rows.map(({ row, cells }) => {
    const said: Record<string, unknown> = { row };
    for (const [column, name] of columns) {
      const { read, needed } = fields[name]!;
      const cell = cells[column];
      if (cell === undefined || cell === null || cell === '') {
        if (needed) findings.add(row, 'missing', name);
        continue;
      }
      const value = read(cell, timeZone);
      if (value === undefined) findings.add(row, 'invalid', name);
      else said[name] = value;
    }
    return said as Said<F>;
  });
}
