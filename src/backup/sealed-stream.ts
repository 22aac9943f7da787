import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { BackupUnreadable } from './backup.errors.js';
import type { FileHeader } from './backup-file.js';

const ALGORITHM = 'aes-256-gcm';
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/**
 * A key of this file's own: so the nonces may simply count. Data and key store of one backup have different ones.
 * @param backupKey 32 bytes
 */
export function fileKey(backupKey: Buffer, { salt, part }: FileHeader): Buffer {
  const use = `ademruimte backup ${part}`;
  return Buffer.from(hkdfSync('sha256', backupKey, Buffer.from(salt, 'base64url'), use, 32));
}

/**
 * AES-256-GCM over chunks of 64 KiB (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): each
 * is sealed with its number, the last one says that it is, and the head of the file is bound to them all. So a chunk
 * that was changed, left out, put elsewhere or cut off at the end does not open.
 */
export class Sealing extends Transform {
  private readonly nonces = new Nonces();
  private held = Buffer.alloc(0);

  constructor(
    private readonly key: Buffer,
    private readonly head: Buffer,
  ) {
    super();
  }

  override _transform(bytes: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.held = Buffer.concat([this.held, bytes]);
    // One byte more than a chunk: then it is not the last.
    while (this.held.length > CHUNK_BYTES) {
      this.push(this.sealed(this.held.subarray(0, CHUNK_BYTES), false));
      this.held = this.held.subarray(CHUNK_BYTES);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    this.push(this.sealed(this.held, true));
    done();
  }

  private sealed(plain: Buffer, isLast: boolean): Buffer {
    const cipher = createCipheriv(ALGORITHM, this.key, this.nonces.next(isLast));
    cipher.setAAD(this.head);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }
}

/** The way back; fails with `BackupUnreadable`. */
export class Opening extends Transform {
  private readonly nonces = new Nonces();
  private held = Buffer.alloc(0);

  constructor(
    private readonly key: Buffer,
    private readonly head: Buffer,
  ) {
    super();
  }

  override _transform(bytes: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.held = Buffer.concat([this.held, bytes]);
    try {
      while (this.held.length > CHUNK_BYTES + TAG_BYTES) {
        this.push(this.opened(this.held.subarray(0, CHUNK_BYTES + TAG_BYTES), false));
        this.held = this.held.subarray(CHUNK_BYTES + TAG_BYTES);
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.push(this.opened(this.held, true));
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  private opened(sealed: Buffer, isLast: boolean): Buffer {
    if (sealed.length < TAG_BYTES) throw new BackupUnreadable('It ends too early.');
    const decipher = createDecipheriv(ALGORITHM, this.key, this.nonces.next(isLast));
    decipher.setAAD(this.head);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    try {
      return Buffer.concat([
        decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)),
        decipher.final(),
      ]);
    } catch {
      throw new BackupUnreadable('It was altered or cut off, or BACKUP_KEY is not the one it was made with.');
    }
  }
}

/** The number of a chunk, and whether it is the last. */
class Nonces {
  private count = 0n;

  next(isLast: boolean): Buffer {
    const nonce = Buffer.alloc(NONCE_BYTES);
    nonce.writeBigUInt64BE(this.count, 3);
    nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
    this.count += 1n;
    return nonce;
  }
}
