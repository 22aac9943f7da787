import { Transform, type TransformCallback } from 'node:stream';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const CRLF = Buffer.from('\r\n');
/** By which Excel knows that a file is in UTF-8. */
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * Lines end in CRLF (RFC 4180), where Postgres writes LF. A line feed between quotes is part of a cell and
 * stays as it is; a doubled quote inside a cell closes and opens again, and so needs no care of its own.
 */
export class CsvRows extends Transform {
  private lines = 0;
  private isQuoted = false;

  constructor({ mark = false } = {}) {
    super();
    if (mark) this.push(BYTE_ORDER_MARK);
  }

  get rows(): number {
    return Math.max(0, this.lines - 1);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (!this.isQuoted && !chunk.includes(QUOTE)) {
      done(null, this.plain(chunk));
      return;
    }
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

  /** Where nothing is quoted each line feed ends a line; most of a large file is such. */
  private plain(chunk: Buffer): Buffer {
    const lines = Buffer.from(chunk.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
    this.lines += lines.length - chunk.length;
    return lines;
  }
}
