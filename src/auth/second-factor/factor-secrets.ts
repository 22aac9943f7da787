import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/tx.js';
import { FactorKeys } from '../factor-keys.js';

/** The wrapping, which leads each secret, is another than `$2`. */
const STALE = 'substring(sealed_secret from 1 for length($2::bytea)) <> $2::bytea';

/** The secrets of authenticator apps, when another key of the installation takes over. */
@Injectable()
export class FactorSecrets {
  constructor(private readonly keys: FactorKeys) {}

  /** How many secrets of a practice wait to be sealed under the ring's current key. */
  async countStale(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::int as count from second_factors where practice_id = $1 and ${STALE}`,
      [tx.practiceId, this.keys.currentWrapping],
    );
    return row!.count;
  }

  /**
   * Seals anew what is sealed under another key of the ring.
   * @returns how many it were; fewer than the limit when none is left
   */
  async reseal(tx: Tx, limit: number): Promise<number> {
    const stale = await tx.query<{ userId: string; sealed: Buffer }>(
      `select user_id as "userId", sealed_secret as sealed from second_factors
        where practice_id = $1 and ${STALE} order by user_id limit $3 for update`,
      [tx.practiceId, this.keys.currentWrapping, limit],
    );
    if (stale.length === 0) return 0;
    const anew = stale.map(({ userId, sealed }) =>
      this.keys.sealSecret(tx.practiceId, userId, this.keys.openSecret(tx.practiceId, userId, sealed)),
    );
    await tx.query(
      `update second_factors f set sealed_secret = anew.sealed
         from unnest($2::uuid[], $3::bytea[]) as anew (user_id, sealed)
        where f.practice_id = $1 and f.user_id = anew.user_id`,
      [tx.practiceId, stale.map(({ userId }) => userId), anew],
    );
    return stale.length;
  }
}
