import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CannotOpen, KEY_BYTES, open, seal } from '../common/cipher/cipher.js';
import { readWrappedKey, wrappingOf } from '../common/cipher/wrapped-key.js';
import type { KeyRing } from '../config/key-ring.js';
import { Settings } from '../config/settings.js';

/** The keys behind second factors, each made of a key of the installation for one use (HKDF, RFC 5869). */
@Injectable()
export class FactorKeys {
  readonly #ring: KeyRing;
  readonly #codes: Buffer;
  readonly #challenges: Buffer;

  constructor({ keyRing, installationKey }: Settings) {
    this.#ring = keyRing;
    this.#codes = derived(installationKey, 'recovery codes');
    this.#challenges = derived(installationKey, 'passkey challenges');
  }

  /** What every secret begins with that is sealed under the ring's current key. */
  get currentWrapping(): Buffer {
    return wrappingOf(this.#ring.current);
  }

  /** The secret of an authenticator app, as it may be stored: it opens for this one user only. */
  sealSecret(practiceId: string, userId: string, secret: string): Buffer {
    const sealed = seal(this.sealing(this.#ring.current), place(practiceId, userId), Buffer.from(secret));
    return Buffer.concat([this.currentWrapping, sealed]);
  }

  /** @throws CannotOpen when it was sealed for somebody else or by another installation */
  openSecret(practiceId: string, userId: string, stored: Buffer): string {
    const { ringKeyId, sealed } = readWrappedKey(stored);
    return open(this.sealing(ringKeyId ?? this.#ring.oldest), place(practiceId, userId), sealed).toString();
  }

  /** What is kept of a recovery code: without the installation's key it cannot be guessed at. */
  hashCode(practiceId: string, userId: string, code: string): Buffer {
    return createHmac('sha256', this.#codes)
      .update(`${place(practiceId, userId)}/${code}`)
      .digest();
  }

  private sealing(ringKeyId: string): Buffer {
    const key = this.#ring.key(ringKeyId);
    if (!key) throw new CannotOpen();
    return derived(key, 'second factors');
  }

  signChallenge(content: Buffer, boundTo: string): Buffer {
    return createHmac('sha256', this.#challenges).update(content).update(boundTo).digest();
  }
}

const derived = (key: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `ademruimte ${use}`, KEY_BYTES));

/** Compares two hashes in a time that tells nothing about either. */
export const same = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

const place = (practiceId: string, userId: string): string =>
  ['second_factors', practiceId, userId].join('/');
