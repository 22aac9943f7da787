import { Injectable } from '@nestjs/common';
import type { FileCipher } from '../../common/cipher/file-cipher.js';
import { InstallationKey } from '../../common/cipher/installation-key.js';
import type { Tx } from '../../database/tx.js';

/** What seals the texts of several files at once. */
@Injectable()
export class FileCiphers {
  constructor(private readonly installationKey: InstallationKey) {}

  async of(tx: Tx, clientIds: readonly string[]): Promise<Map<string, FileCipher>> {
    const { practiceId } = tx;
    const keys = await tx.query<{ clientId: string; wrapped: Buffer }>(
      'select client_id as "clientId", wrapped from client_keys where practice_id = $1 and client_id = any ($2::uuid[])',
      [practiceId, clientIds],
    );
    return new Map(
      keys.map(({ clientId, wrapped }) => [
        clientId,
        this.installationKey.unwrap(practiceId, clientId, wrapped),
      ]),
    );
  }
}
