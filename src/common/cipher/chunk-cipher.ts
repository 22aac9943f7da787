import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { CannotOpen } from './cipher.js';

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;
/** Plain bytes in a chunk; the last may hold fewer, or none. */
export const CHUNK_BYTES = 65_536;

/**
 * A file that is sealed while it is written, and opened from any place in it: AES-256-GCM over chunks of 64 KiB, each
 * with a tag of its own. The nonce of a chunk is its number, and whether it is the last (the STREAM construction of
 * Hoang, Reyhanitabar, Rogaway and Vizár), so that chunks cannot change places, nor the file be cut short. A key
 * must therefore seal one file and never another.
 */
export class ChunkCipher {
  /** Not even an inspection shows it. */
  readonly #key: Buffer;
  private readonly place: Buffer;

  /**
   * @param key 32 bytes
   * @param place associated data: what was sealed for one place does not open at another
   */
  constructor(key: Buffer, place: string | Buffer) {
    this.#key = key;
    this.place = Buffer.from(place);
  }

  seal(plain: Buffer, number: number, isLast: boolean): Buffer {
    const cipher = createCipheriv(ALGORITHM, this.#key, nonceOf(number, isLast));
    cipher.setAAD(this.place);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws CannotOpen */
  open(sealed: Buffer, number: number, isLast: boolean): Buffer {
    if (sealed.length < TAG_BYTES) throw new CannotOpen();
    const end = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonceOf(number, isLast));
    decipher.setAAD(this.place);
    decipher.setAuthTag(sealed.subarray(end));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
    } catch {
      throw new CannotOpen();
    }
  }
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** How many chunks so many plain bytes are: one at least, for an empty file says that it is whole too. */
export const chunksIn = (plainBytes: number): number => Math.max(1, Math.ceil(plainBytes / CHUNK_BYTES));

/** How large so many plain bytes are when they are sealed. */
export const sealedLength = (plainBytes: number): number => plainBytes + chunksIn(plainBytes) * TAG_BYTES;

/** Cuts what passes into chunks of one length; which of them is the last shows only at the end. */
abstract class Chunks extends Transform {
  private waiting: Buffer[] = [];
  private length = 0;
  private number = 0;

  constructor(private readonly chunkBytes: number) {
    super();
  }

  /** @throws CannotOpen where it opens */
  protected abstract turn(chunk: Buffer, number: number, isLast: boolean): Buffer;

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.waiting.push(bytes);
    this.length += bytes.length;
    // One byte more than a chunk must be there: what is exactly one may be the last.
    try {
      if (this.length > this.chunkBytes) this.turnWhole();
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.push(this.turn(Buffer.concat(this.waiting), this.number, true));
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  private turnWhole(): void {
    const all = Buffer.concat(this.waiting);
    let at = 0;
    for (; all.length - at > this.chunkBytes; at += this.chunkBytes) {
      this.push(this.turn(all.subarray(at, at + this.chunkBytes), this.number, false));
      this.number += 1;
    }
    this.waiting = [all.subarray(at)];
    this.length = all.length - at;
  }
}

/** Seals whatever passes. */
export class SealingChunks extends Chunks {
  constructor(private readonly cipher: ChunkCipher) {
    super(CHUNK_BYTES);
  }

  protected override turn(chunk: Buffer, number: number, isLast: boolean): Buffer {
    return this.cipher.seal(chunk, number, isLast);
  }
}

/** Opens a whole sealed file as it passes; fails with `CannotOpen`. */
export class OpeningChunks extends Chunks {
  constructor(private readonly cipher: ChunkCipher) {
    super(CHUNK_BYTES + TAG_BYTES);
  }

  protected override turn(chunk: Buffer, number: number, isLast: boolean): Buffer {
    return this.cipher.open(chunk, number, isLast);
  }
}

/** Reads so many bytes of a sealed file, from a place in it. */
export type ReadSealed = (from: number, length: number) => Promise<Buffer>;

/** A part of a file: from its first byte up to, and not including, the last. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * Opens a part of a sealed file, chunk by chunk.
 * @param plainBytes how long the whole file is, plain
 * @throws CannotOpen
 */
export async function* openChunks(
  cipher: ChunkCipher,
  read: ReadSealed,
  plainBytes: number,
  { from, until }: Span,
): AsyncGenerator<Buffer, void> {
  const chunks = chunksIn(plainBytes);
  for (let number = Math.floor(from / CHUNK_BYTES); number < chunks; number++) {
    const starts = number * CHUNK_BYTES;
    if (starts >= until && number > 0) return;
    const length = Math.min(CHUNK_BYTES, plainBytes - starts) + TAG_BYTES;
    const sealed = await read(number * (CHUNK_BYTES + TAG_BYTES), length);
    const plain = cipher.open(sealed, number, number === chunks - 1);
    yield plain.subarray(Math.max(0, from - starts), Math.max(0, until - starts));
  }
}
