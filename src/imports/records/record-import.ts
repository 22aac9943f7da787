import type { Tx } from '../../database/tx.js';
import type { Findings } from '../import-problems.js';
import type { ImportFormat } from '../reading/read-file.js';
import type { RawFile } from '../reading/rows.js';

/** What a file is held against. */
export interface Held {
  readonly format: ImportFormat;
  /** Of the practice: a time without an offset is of its clock. */
  readonly timeZone: string;
  readonly now: Date;
  /** Who a coach of the file is here: an id of there to an id of here. */
  readonly coaches: Readonly<Record<string, string>>;
}

/** By which import, and on whose word. */
export interface BroughtBy {
  readonly importId: string;
  readonly requestedBy: string;
  readonly now: Date;
}

/** A kind of record that can be brought in. */
export interface RecordImport<Row> {
  /** Holds every row against what is on file, and changes nothing; finds all that is wrong. */
  check(tx: Tx, file: RawFile, held: Held, findings: Findings): Promise<Row[]>;

  /** Writes rows in which nothing was wrong. @returns whose files they went into */
  write(tx: Tx, rows: readonly Row[], by: BroughtBy): Promise<string[]>;
}
