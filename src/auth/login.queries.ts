import type { Tx } from '../database/tx.js';
import type { Login, LoginEnd } from '../users/login.entity.js';

/** A user's first login ever, one as seen before, or one on a device or from an address that was not seen before. */
export type Arrival = 'first' | 'known_device' | 'new_device';

/** A browser that was updated is still the same device: its version does not count. */
const KIND_OF_DEVICE = (text: string): string =>
  `regexp_replace(coalesce(${text}, ''), '[0-9]+([._][0-9]+)*', '', 'g')`;

/** How this login compares with the earlier ones of its user; ask before it is inserted. */
export async function arrivalOf(tx: Tx, { userId, device, address }: Login): Promise<Arrival> {
  const [before] = await tx.query<{ logins: number; known: boolean | null }>(
    `select count(*)::int as logins,
            bool_or(${KIND_OF_DEVICE('l.device')} = ${KIND_OF_DEVICE('$3::text')})
              and bool_or(l.address is not distinct from $4) as known
       from logins l
      where l.practice_id = $1 and l.user_id = $2
        and not exists (select from script_keys k where k.practice_id = l.practice_id and k.id = l.id)`,
    [tx.practiceId, userId, device, address],
  );
  if (!before || before.logins === 0) return 'first';
  return before.known ? 'known_device' : 'new_device';
}

/** @returns how many logins ended, keys among them */
export async function endLogins(
  tx: Tx,
  {
    userId,
    because,
    exceptLoginId,
    at,
  }: { userId: string; because: LoginEnd; exceptLoginId?: string; at: Date },
): Promise<number> {
  // Whoever begins a login of this user right now either committed it before, or waits until this is done.
  await tx.query('select from users where practice_id = $1 and id = $2 for update', [tx.practiceId, userId]);
  const ended = await tx.query(
    `update logins set ended_at = $3, ended_because = $4
      where practice_id = $1 and user_id = $2 and ended_at is null and id is distinct from $5::uuid
      returning id`,
    [tx.practiceId, userId, at, because, exceptLoginId ?? null],
  );
  return ended.length;
}
