import { Injectable } from '@nestjs/common';
import type { Repeat } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { repeatDiffers, repeatInFlight } from '../common/problems.js';
import type { Tx } from './tx.js';

const KEPT_HOURS = 24;

/**
 * Remembers which request made what, per user, route and key, for a day: the id of what it made and an
 * HMAC of the body, never the body or the answer. The row commits together with the change, so that only
 * what was done is remembered; a refusal did nothing and may be tried again.
 */
@Injectable()
export class RepeatedRequests {
  constructor(private readonly clock: Clock) {}

  /**
   * @returns the id of what the same request made before, or nothing when it is new
   * @throws Problem 409 while the first is in flight, 422 when the body differs
   */
  async claim(tx: Tx, userId: string, { key, route, fingerprint }: Repeat): Promise<string | undefined> {
    // Asked together: what is found is what had been committed by the time that the lock was ours.
    const [[claim], [earlier]] = await Promise.all([
      tx.query<{ claimed: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as claimed', [
        [tx.practiceId, userId, route, key].join(' '),
      ]),
      tx.query<{ resource_id: string; fingerprint: Buffer }>(
        `select resource_id, fingerprint from repeated_requests
          where practice_id = $1 and user_id = $2 and route = $3 and key = $4 and made_at > $5`,
        [tx.practiceId, userId, route, key, this.forgottenBefore()],
      ),
    ]);
    if (!claim?.claimed) throw repeatInFlight();
    if (earlier && !earlier.fingerprint.equals(fingerprint)) throw repeatDiffers();
    return earlier?.resource_id;
  }

  /** Remembers what the request made, when this transaction commits. */
  keep(tx: Tx, userId: string, { key, route, fingerprint }: Repeat, resourceId: string): void {
    const madeAt = this.clock.now();
    tx.finally(() =>
      tx.query(
        `insert into repeated_requests (practice_id, user_id, route, key, fingerprint, resource_id, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint repeated_requests_pkey do update
            set fingerprint = excluded.fingerprint, resource_id = excluded.resource_id, made_at = excluded.made_at`,
        [tx.practiceId, userId, route, key, fingerprint, resourceId, madeAt],
      ),
    );
  }

  /** Drops what is older than a day in the practice of this transaction. */
  async forget(tx: Tx): Promise<void> {
    await tx.query('delete from repeated_requests where practice_id = $1 and made_at <= $2', [
      tx.practiceId,
      this.forgottenBefore(),
    ]);
  }

  private forgottenBefore(): Date {
    return new Date(this.clock.now().getTime() - KEPT_HOURS * 3_600_000);
  }
}
