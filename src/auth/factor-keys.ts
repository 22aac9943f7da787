import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KEY_BYTES, open, seal } from '../common/cipher/cipher.js';
import { Settings } from '../config/settings.js';

/** The keys behind second factors, each made of the installation's key for one use (HKDF, RFC 5869). */
@Injectable()
export class FactorKeys {
  readonly #sealing: Buffer;
  readonly #codes: Buffer;
  readonly #challenges: Buffer;

  constructor({ installationKey }: Settings) {
    const derived = (use: string): Buffer =>
      Buffer.from(hkdfSync('sha256', installationKey, '', `ademruimte ${use}`, KEY_BYTES));
    this.#sealing = derived('second factors');
    this.#codes = derived('recovery codes');
    this.#challenges = derived('passkey challenges');
  }

  /** The secret of an authenticator app, as it may be stored: it opens for this one user only. */
  sealSecret(practiceId: string, userId: string, secret: string): Buffer {
    return seal(this.#sealing, place(practiceId, userId), Buffer.from(secret));
  }

  /** @throws CannotOpen when it was sealed for somebody else or by another installation */
  openSecret(practiceId: string, userId: string, sealed: Buffer): string {
    return open(this.#sealing, place(practiceId, userId), sealed).toString();
  }

  /** What is kept of a recovery code: without the installation's key it cannot be guessed at. */
  hashCode(practiceId: string, userId: string, code: string): Buffer {
    return createHmac('sha256', this.#codes)
      .update(`${place(practiceId, userId)}/${code}`)
      .digest();
  }

  signChallenge(content: Buffer, boundTo: string): Buffer {
    return createHmac('sha256', this.#challenges).update(content).update(boundTo).digest();
  }
}

/** Compares two hashes in a time that tells nothing about either. */
export const same = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

const place = (practiceId: string, userId: string): string =>
  ['second_factors', practiceId, userId].join('/');
