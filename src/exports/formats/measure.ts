import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

type Step = () => Promise<void>;
const nothing: Step = () => Promise.resolve();

/** Lets bytes pass, measures them, and has something done as they pass and before the last one is out. */
export class Measure extends Transform {
  bytes = 0;
  /** Of all bytes; known once they have passed. */
  sha256: string;
  private readonly hash = createHash('sha256');

  constructor(private readonly steps: { readonly passing?: Step; readonly passed?: Step } = {}) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    const { passing = nothing } = this.steps;
    passing().then(() => done(null, chunk), done);
  }

  override _flush(done: TransformCallback): void {
    this.sha256 = this.hash.digest('hex');
    const { passed = nothing } = this.steps;
    passed().then(() => done(), done);
  }
}
