import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** A key of its own for each use of one secret (HKDF, RFC 5869). */
export function derived(secret: Buffer, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `ademruimte ${use}`, 32)));
}
