import { createHash, type KeyObject } from 'node:crypto';
import { derived } from './derived-key.js';

const ID_BYTES = 9;

/** One key of the ring that access tokens are verified with, under the name that their header calls it by (`kid`). */
export class TokenKey {
  private constructor(
    readonly id: string,
    /** Parsed once: from a text the key would be made anew for every token. */
    readonly key: KeyObject,
  ) {}

  /** @param secret 32 bytes, base64url */
  static of(secret: string): TokenKey {
    const bytes = Buffer.from(secret, 'base64url');
    return new TokenKey(idOf(derived(bytes, 'access token key id')), derived(bytes, 'access tokens'));
  }
}

/** The same on every instance, and telling nothing of the key. */
function idOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export())
    .digest('base64url')
    .slice(0, (ID_BYTES * 4) / 3);
}
