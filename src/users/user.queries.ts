import type { Role } from '../common/actor.js';
import type { Tx } from '../database/tx.js';
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
    'select count(*)::int as count from clients where practice_id = $1 and coach_id = $2',
    [tx.practiceId, coachId],
  );
  return row?.count ?? 0;
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
