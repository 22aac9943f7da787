import type { Person, Role } from '../common/actor.js';
import type { Tx } from '../database/tx.js';
import { Login } from './login.entity.js';
import type { OwnConsentStanding } from './user.dto.js';
import { User } from './user.entity.js';

/** Users by id, which is the order they were added in. */
export function usersPage(
  tx: Tx,
  { role, after, limit }: { role?: Role; after: string | number | null | undefined; limit: number },
): Promise<User[]> {
  const users = tx.manager
    .createQueryBuilder(User, 'u')
    .where('u.practiceId = :practiceId', { practiceId: tx.practiceId })
    .orderBy('u.id')
    .limit(limit);
  if (role) users.andWhere(':role = any (u.roles)', { role });
  if (after) users.andWhere('u.id > :after', { after });
  return users.getMany();
}

/** Keeps other holders waiting until this transaction ends, and nobody else: rows that name the practice come in. */
export async function holdPractice(tx: Tx): Promise<void> {
  await tx.query('select from practices where id = $1 for no key update', [tx.practiceId]);
}

export async function countOtherAdmins(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from users
      where practice_id = $1 and id <> $2 and 'admin' = any (roles) and disabled_at is null`,
    [tx.practiceId, userId],
  );
  return row?.count ?? 0;
}

export async function countClientsOf(tx: Tx, coachId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from clients where practice_id = $1 and coach_id = $2 and erased_at is null',
    [tx.practiceId, coachId],
  );
  return row?.count ?? 0;
}

/** What a script holds is a login too, but not one of a person. */
const NOT_A_KEY =
  'not exists (select from script_keys k where k.practice_id = l.practice_id and k.id = l.id)';

/** The logins of a person that still open something, newest first. */
export function loginsOf(
  tx: Tx,
  userId: string,
  { seenAfter, begunAfter }: { seenAfter: Date; begunAfter: Date },
): Promise<Login[]> {
  return tx.manager
    .createQueryBuilder(Login, 'l')
    .where('l.practiceId = :practiceId and l.userId = :userId', { practiceId: tx.practiceId, userId })
    .andWhere('l.endedAt is null')
    .andWhere('l.lastSeenAt > :seenAfter and l.createdAt > :begunAfter', { seenAfter, begunAfter })
    .andWhere(NOT_A_KEY)
    .orderBy('l.id', 'DESC')
    .limit(100)
    .getMany();
}

/** @returns how many logins ended */
export async function endOtherLoginsOf(tx: Tx, { userId, loginId }: Person, at: Date): Promise<number> {
  const ended = await tx.query(
    `update logins l set ended_at = $4, ended_because = 'revoked'
      where l.practice_id = $1 and l.user_id = $2 and l.id <> $3 and l.ended_at is null and ${NOT_A_KEY}
      returning l.id`,
    [tx.practiceId, userId, loginId, at],
  );
  return ended.length;
}

/** Ends the keys that a user made for scripts: they were made as what the user was, and is no longer. */
export async function endKeysOf(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx.query(
    `update logins set ended_at = $3, ended_because = 'roles'
      where practice_id = $1 and user_id = $2 and ended_at is null
        and id in (select id from script_keys where practice_id = $1 and user_id = $2)`,
    [tx.practiceId, userId, at],
  );
}

/** How the consent on a client's own file stands; files are no concern of users beyond that. */
export async function consentStanding(tx: Tx, clientId: string): Promise<OwnConsentStanding | undefined> {
  const [row] = await tx.query<{ given: number | null; current: number }>(
    `select a.text_version as given,
            (select max(version) from consent_texts where practice_id = $1) as current
       from clients c
       left join consents a on a.practice_id = c.practice_id and a.id = c.consent_id
      where c.practice_id = $1 and c.id = $2`,
    [tx.practiceId, clientId],
  );
  if (!row) return undefined;
  const { given, current } = row;
  return {
    inForce: given !== null,
    ...(given !== null && { textVersion: given }),
    currentTextVersion: current,
    newTextWaits: given !== null && given < current,
  };
}
