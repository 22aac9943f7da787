import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { KEY_BYTES, open, seal } from './cipher.js';
import { FileCipher } from './file-cipher.js';

/** The installation's own key. It never touches a text: it only wraps the data keys of the clients. */
@Injectable()
export class InstallationKey {
  constructor(private readonly settings: Settings) {}

  /** A fresh data key for a client, as it may be stored: wrapped, and bound to that client. */
  wrapNewKey(practiceId: string, clientId: string): Buffer {
    return seal(this.settings.installationKey, this.address(practiceId, clientId), randomBytes(KEY_BYTES));
  }

  /** @throws CannotOpen when the key was wrapped for another client or by another installation */
  unwrap(practiceId: string, clientId: string, wrapped: Buffer): FileCipher {
    return new FileCipher(practiceId, clientId, this.unwrapKey(practiceId, clientId, wrapped));
  }

  /**
   * The bare data key, for a thread that opens many texts at once; whoever asks for it wipes it.
   * @throws CannotOpen
   */
  unwrapKey(practiceId: string, clientId: string, wrapped: Buffer): Buffer {
    return open(this.settings.installationKey, this.address(practiceId, clientId), wrapped);
  }

  private address(practiceId: string, clientId: string): string {
    return ['client_keys', practiceId, clientId].join('/');
  }
}
