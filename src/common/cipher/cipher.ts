import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** The ciphertext was altered, was moved from elsewhere, or was made with another key. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce.
 * Layout: 1 byte format, 12 bytes nonce, the ciphertext, 16 bytes tag.
 * @param key 32 bytes
 * @param place associated data: what opens here does not open anywhere else
 */
export function seal(key: Buffer, place: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(place));
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws CannotOpen */
export function open(key: Buffer, place: string, sealed: Buffer): Buffer {
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  if (sealed[0] !== FORMAT || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) throw new CannotOpen();
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce);
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(tag);
    const text = sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    throw new CannotOpen();
  }
}
