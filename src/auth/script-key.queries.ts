import type { KeyScope } from '../common/actor.js';
import type { Tx } from '../database/tx.js';

/** A key that works, without its secret, which nobody has but its maker. */
export interface StandingKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Nothing until it was used. */
  readonly lastUsedAt: Date | null;
}

const MOST = 100;

/** The keys of a user that neither ended nor expired, newest first; or the one with this id. */
export function standingKeys(tx: Tx, userId: string, now: Date, id?: string): Promise<StandingKey[]> {
  return tx.query<StandingKey>(
    `select k.id, k.name, k.scopes, l.created_at as "createdAt", k.expires_at as "expiresAt",
            nullif(l.last_seen_at, l.created_at) as "lastUsedAt"
       from script_keys k
       join logins l on l.practice_id = k.practice_id and l.id = k.id
      where k.practice_id = $1 and k.user_id = $2 and l.ended_at is null and k.expires_at > $3
        and ($4::uuid is null or k.id = $4)
      order by k.id desc
      limit ${MOST}`,
    [tx.practiceId, userId, now, id ?? null],
  );
}
