import { Transform, type TransformCallback } from 'node:stream';
import type { Rows } from '../formats/rows.js';
import { type DossierParts, noParts } from './dossier-parts.js';
import type { PartLine } from './opened-dossier.js';

const LINE_FEED = 0x0a;

/** Lines of an opened file become one file of all its parts, once the last is there: a dossier is one row. */
export class DossierRows extends Transform implements Rows {
  rows = 0;
  private readonly parts: DossierParts = noParts();
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly make: (parts: DossierParts) => Promise<Buffer>) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const all = Buffer.concat([this.rest, chunk]);
    const end = all.lastIndexOf(LINE_FEED) + 1;
    this.rest = all.subarray(end);
    for (const line of all.toString('utf8', 0, end).split('\n').slice(0, -1)) {
      const { part, row } = JSON.parse(line) as PartLine;
      (this.parts[part] as object[]).push(row);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    this.make(this.parts).then((bytes) => {
      this.rows = 1;
      done(null, bytes);
    }, done);
  }
}
