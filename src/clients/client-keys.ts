import { Injectable } from '@nestjs/common';
import type { FileCipher } from '../common/cipher/file-cipher.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import type { Client } from './client.entity.js';
import { ClientKey } from './client-key.entity.js';

/** The wrapping, which leads each key, is another than `$2`. */
const STALE = 'substring(wrapped from 1 for length($2::bytea)) <> $2::bytea';

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

  /** How many keys of a practice wait to be wrapped by the ring's current key. */
  async countStale(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::int as count from client_keys where practice_id = $1 and ${STALE}`,
      [tx.practiceId, this.installationKey.currentWrapping],
    );
    return row!.count;
  }

  /**
   * Wraps keys anew that another key of the ring wraps; the data keys themselves stay, and so does every text.
   * @returns how many it were; fewer than the limit when none is left
   */
  async rewrap(tx: Tx, limit: number): Promise<number> {
    const stale = await tx.query<{ clientId: string; wrapped: Buffer }>(
      `select client_id as "clientId", wrapped from client_keys
        where practice_id = $1 and ${STALE} order by client_id limit $3 for update`,
      [tx.practiceId, this.installationKey.currentWrapping, limit],
    );
    if (stale.length === 0) return 0;
    const anew = stale.map(({ clientId, wrapped }) =>
      this.installationKey.rewrap(tx.practiceId, clientId, wrapped),
    );
    await tx.query(
      `update client_keys k set wrapped = anew.wrapped
         from unnest($2::uuid[], $3::bytea[]) as anew (client_id, wrapped)
        where k.practice_id = $1 and k.client_id = anew.client_id`,
      [tx.practiceId, stale.map(({ clientId }) => clientId), anew],
    );
    return stale.length;
  }

  /** What seals and opens the texts of this file. */
  async open(tx: Tx, clientId: string): Promise<FileCipher> {
    const { wrapped } = await tx.manager.findOneByOrFail(ClientKey, { practiceId: tx.practiceId, clientId });
    return this.installationKey.unwrap(tx.practiceId, clientId, wrapped);
  }
}
