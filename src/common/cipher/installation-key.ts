import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { CannotOpen, KEY_BYTES, open, seal } from './cipher.js';
import { FileCipher } from './file-cipher.js';
import { readWrappedKey, wrappingOf } from './wrapped-key.js';

/**
 * The installation's own keys. They never touch a text: they only wrap the data keys of the clients. A wrapped key
 * names the key of the ring that it needs, so that old and new ones are open side by side.
 */
@Injectable()
export class InstallationKey {
  constructor(private readonly settings: Settings) {}

  /** A fresh data key for a client, or for the practice itself, as it may be stored: wrapped, and bound to its owner. */
  wrapNewKey(practiceId: string, clientId?: string): Buffer {
    return this.wrap(address(practiceId, clientId), randomBytes(KEY_BYTES));
  }

  /** @throws CannotOpen when the key was wrapped for another owner or by another installation */
  unwrap(practiceId: string, clientId: string | undefined, wrapped: Buffer): FileCipher {
    return new FileCipher(practiceId, clientId, this.unwrapKey(practiceId, clientId, wrapped));
  }

  /**
   * The bare data key, for a thread that opens many texts at once; whoever asks for it wipes it.
   * @throws CannotOpen
   */
  unwrapKey(practiceId: string, clientId: string | undefined, wrapped: Buffer): Buffer {
    return this.dataKey(address(practiceId, clientId), wrapped);
  }

  /** A fresh key for a file that is not of one client, as it may be stored: wrapped, and bound to that file. */
  wrapNewFileKey(practiceId: string, fileId: string): Buffer {
    return this.wrap(fileAddress(practiceId, fileId), randomBytes(KEY_BYTES));
  }

  /** @throws CannotOpen when the key was wrapped for another file or by another installation */
  unwrapFileKey(practiceId: string, fileId: string, wrapped: Buffer): Buffer {
    return this.dataKey(fileAddress(practiceId, fileId), wrapped);
  }

  /**
   * The same data key under the ring's current key.
   * @throws CannotOpen
   */
  rewrap(practiceId: string, clientId: string | undefined, wrapped: Buffer): Buffer {
    const place = address(practiceId, clientId);
    return this.wrap(place, this.dataKey(place, wrapped));
  }

  /** What every data key begins with that the ring's current key wraps. */
  get currentWrapping(): Buffer {
    return wrappingOf(this.settings.keyRing.current);
  }

  private wrap(place: string, dataKey: Buffer): Buffer {
    const { keyRing } = this.settings;
    return Buffer.concat([this.currentWrapping, seal(keyRing.key(keyRing.current)!, place, dataKey)]);
  }

  private dataKey(place: string, wrapped: Buffer): Buffer {
    const { ringKeyId, sealed } = readWrappedKey(wrapped);
    const { keyRing } = this.settings;
    const key = keyRing.key(ringKeyId ?? keyRing.oldest);
    if (!key) throw new CannotOpen();
    return open(key, place, sealed);
  }
}

const address = (practiceId: string, clientId?: string): string =>
  (clientId === undefined ? ['practice_keys', practiceId] : ['client_keys', practiceId, clientId]).join('/');

const fileAddress = (practiceId: string, fileId: string): string =>
  ['file_keys', practiceId, fileId].join('/');
