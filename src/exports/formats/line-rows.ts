import { Transform, type TransformCallback } from 'node:stream';

const LINE_FEED = 0x0a;

/** One JSON object a line, as Postgres wrote it (newline-delimited JSON). */
export class LineRows extends Transform {
  rows = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) this.rows += 1;
    done(null, chunk);
  }
}
