import type { Transform } from 'node:stream';
import type { Selection } from '../records/copy-statement.js';
import { CsvRows } from './csv-rows.js';
import { JsonRows } from './json-rows.js';
import { LineRows } from './line-rows.js';

/** What Postgres copied out, made into a file of its format; counts the rows that pass. */
export interface Rows extends Transform {
  readonly rows: number;
}

export type Made = Pick<Selection, 'format' | 'dialect'>;

/** The formats that are made of bytes as they pass; `FileFormats` knows the others. */
export function rowsAs({ format, dialect }: Made): Rows {
  switch (format) {
    case 'csv':
      return new CsvRows({ mark: dialect === 'excel-nl' });
    case 'ndjson':
      return new LineRows();
    case 'json':
      return new JsonRows();
    default:
      throw new Error(`${format} is not made of bytes as they pass`);
  }
}
