import { Transform, type TransformCallback } from 'node:stream';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
};

/** What Postgres copied out, made into a file of its format; counts the rows that pass. */
export interface Rows extends Transform {
  readonly rows: number;
}

export const rowsAs = (format: ExportFormat): Rows => (format === 'csv' ? new CsvRows() : new JsonRows());

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const CRLF = Buffer.from('\r\n');

/**
 * Lines end in CRLF (RFC 4180), where Postgres writes LF. A line feed between quotes is part of a cell and
 * stays as it is; a doubled quote inside a cell closes and opens again, and so needs no care of its own.
 */
class CsvRows extends Transform implements Rows {
  private lines = 0;
  private isQuoted = false;

  get rows(): number {
    return Math.max(0, this.lines - 1);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const parts: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (chunk[at] === QUOTE) this.isQuoted = !this.isQuoted;
      if (chunk[at] !== LINE_FEED || this.isQuoted) continue;
      parts.push(chunk.subarray(start, at), CRLF);
      start = at + 1;
      this.lines += 1;
    }
    done(null, Buffer.concat([...parts, chunk.subarray(start)]));
  }
}

/** One JSON object a line becomes one array of objects. */
class JsonRows extends Transform implements Rows {
  rows = 0;
  /** What stands between what was written and the next object. */
  private before = '[\n';

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const parts: Buffer[] = [];
    let start = 0;
    while (start < chunk.length) {
      const lineFeed = chunk.indexOf(LINE_FEED, start);
      const end = lineFeed === -1 ? chunk.length : lineFeed;
      if (end > start) {
        parts.push(Buffer.from(this.before), chunk.subarray(start, end));
        this.before = '';
      }
      if (lineFeed !== -1) {
        this.rows += 1;
        this.before = ',\n';
      }
      start = end + 1;
    }
    done(null, Buffer.concat(parts));
  }

  override _flush(done: TransformCallback): void {
    done(null, this.rows === 0 ? '[]\n' : '\n]\n');
  }
}
