import {
  type ActivityCode,
  type ClassifiedTables,
  FIELD_CLASSES,
  type FieldClass,
  type TermCode,
} from './classified.js';
import { ACCOUNTABILITY } from './fields/accountability.js';
import { ACCOUNTS } from './fields/accounts.js';
import { FILES } from './fields/files.js';
import { HOMEWORK } from './fields/homework.js';
import { PRACTICE } from './fields/practice.js';

/** A column of the database, with what the register says of it. */
export interface Field {
  readonly table: string;
  readonly column: string;
  readonly class: FieldClass;
  readonly activity: ActivityCode;
  readonly kept: TermCode;
}

/**
 * Every table, by its name (of another schema than `public` with that before it). A test holds this against the
 * database: a column that nobody classified is one that nobody asked why it is kept.
 */
export const FIELD_CATALOGUE: ClassifiedTables = {
  ...FILES,
  ...HOMEWORK,
  ...ACCOUNTS,
  ...PRACTICE,
  ...ACCOUNTABILITY,
};

/** All columns, table by table and class by class. */
export const FIELDS: readonly Field[] = Object.entries(FIELD_CATALOGUE).flatMap(
  ([table, { activity, kept, columns }]) =>
    FIELD_CLASSES.flatMap((of) =>
      (columns[of]?.split(' ') ?? []).map((column) => ({ table, column, class: of, activity, kept })),
    ),
);
