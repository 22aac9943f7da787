import { Transform, type TransformCallback } from 'node:stream';
import type { CellValue } from '../../documents/printed.js';
import type { Rows } from '../rows.js';

const LINE_FEED = 0x0a;

/** A table that a person reads has an end; what is longer is for a sheet. */
export const MOST_PRINTED_ROWS = 2_000;

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, CellValue>>;

/** More rows were chosen than a person reads on paper. */
export class TooManyRows extends Error {
  override readonly name = 'TooManyRows';
}

/** One JSON object a line becomes a document of all of them, once the last is there. */
export class PdfRows extends Transform implements Rows {
  private readonly lines: Row[] = [];
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly print: (rows: readonly Row[]) => Promise<Buffer>) {
    super();
  }

  get rows(): number {
    return this.lines.length;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const all = Buffer.concat([this.rest, chunk]);
    const end = all.lastIndexOf(LINE_FEED) + 1;
    this.rest = all.subarray(end);
    const lines = all.toString('utf8', 0, end).split('\n').slice(0, -1);
    for (const line of lines) this.lines.push(JSON.parse(line) as Row);
    done(this.rows > MOST_PRINTED_ROWS ? new TooManyRows() : null);
  }

  override _flush(done: TransformCallback): void {
    this.print(this.lines).then((bytes) => done(null, bytes), done);
  }
}
