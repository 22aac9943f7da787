import { Transform, type TransformCallback } from 'node:stream';

const LINE_FEED = 0x0a;

/** One JSON object a line becomes one array of objects. */
export class JsonRows extends Transform {
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
