import { Injectable } from '@nestjs/common';
import type { FileCipher } from '../common/cipher/file-cipher.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import type { Client } from './client.entity.js';
import { ClientKey } from './client-key.entity.js';

/** The data keys of clients: one made with each file, opened for whoever may read that file. */
@Injectable()
export class ClientKeys {
  constructor(
    private readonly installationKey: InstallationKey,
    private readonly clock: Clock,
  ) {}

  async make(tx: Tx, { practiceId, id: clientId, coachId }: Client): Promise<void> {
    await tx.manager.insert(ClientKey, {
      practiceId,
      clientId,
      coachId,
      wrapped: this.installationKey.wrapNewKey(practiceId, clientId),
      createdAt: this.clock.now(),
    });
  }

  /** What seals and opens the texts of this file. */
  async open(tx: Tx, clientId: string): Promise<FileCipher> {
    const { wrapped } = await tx.manager.findOneByOrFail(ClientKey, { practiceId: tx.practiceId, clientId });
    return this.installationKey.unwrap(tx.practiceId, clientId, wrapped);
  }
}
