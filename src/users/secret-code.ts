import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^([\w-]{22})\.([\w-]{43})$/;

/**
 * A secret that arrives before a practice is known: the practice's id and 256 random bits, both base64url.
 * Only the hash of the random part is stored; with that many bits a plain SHA-256 cannot be guessed.
 */
export interface SecretCode {
  readonly practiceId: string;
  readonly hash: Buffer;
}

/**
 * @param bits 32 bytes that nobody can guess
 * @returns the code to hand out once, and the hash to keep
 */
export function newSecretCode(practiceId: string, bits = randomBytes(32)): { code: string; hash: Buffer } {
  const secret = bits.toString('base64url');
  const practice = Buffer.from(practiceId.replaceAll('-', ''), 'hex').toString('base64url');
  return { code: `${practice}.${secret}`, hash: hashOf(secret) };
}

/** Reads a code that somebody sent; nothing when it is not one. */
export function parseSecretCode(code: string): SecretCode | undefined {
  const [, practice, secret] = SHAPE.exec(code) ?? [];
  if (!practice || !secret) return undefined;
  const hex = Buffer.from(practice, 'base64url').toString('hex');
  return {
    practiceId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    hash: hashOf(secret),
  };
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
