import { escapeLiteral } from 'pg';
import type { Tx } from '../../database/tx.js';
import { KEPT_BACK } from '../data-request.queries.js';
import { DROPPED_OF_FILE, DROPPED_OF_USER } from './erased-rows.js';

/** Whose rows may go in this transaction: the policies let the task reach nobody else's. */
export async function aimAt(
  tx: Tx,
  { clientId, userId = '' }: { clientId: string; userId?: string },
): Promise<void> {
  await tx.query(`set local app.erased_client = ${escapeLiteral(clientId)}`);
  await tx.query(`set local app.erased_user = ${escapeLiteral(userId)}`);
}

/** The erasures whose grace is over and that nothing keeps back, and those that a crash left half way. */
export function dueErasures(tx: Tx, today: string): Promise<{ id: string }[]> {
  return tx.query(
    `select r.id from data_requests r
      where r.practice_id = $1 and r.kind = 'erasure'
        and (r.status = 'running' or (r.status = 'approved' and r.erases_on <= $2 and not ${KEPT_BACK}))
      order by r.id`,
    [tx.practiceId, today],
  );
}

/** @returns whose erasure begins, or goes on; nothing where it was called off, or is kept back, since */
export async function beginErasure(tx: Tx, id: string, today: string): Promise<string | undefined> {
  const [begun] = await tx.query<{ clientId: string }>(
    `update data_requests r set status = 'running', version = version + 1
      where r.practice_id = $1 and r.id = $2 and r.kind = 'erasure' and r.status = 'approved' and r.erases_on <= $3
        and not ${KEPT_BACK}
      returning r.client_id as "clientId"`,
    [tx.practiceId, id, today],
  );
  if (begun) return begun.clientId;
  const [running] = await tx.query<{ clientId: string }>(
    `select client_id as "clientId" from data_requests where practice_id = $1 and id = $2 and status = 'running'`,
    [tx.practiceId, id],
  );
  return running?.clientId;
}

/** The rows of the file, save the skeleton that the tax office asks for. */
export async function dropFile(tx: Tx, clientId: string): Promise<void> {
  const values = [tx.practiceId, clientId];
  for (const table of DROPPED_OF_FILE) {
    await tx.query(`delete from ${table} where practice_id = $1 and client_id = $2`, values);
  }
  // What neither took place nor was to be paid tells the tax office nothing.
  await tx.query(
    `delete from sessions where practice_id = $1 and client_id = $2
        and status not in ('completed', 'no_show') and (status = 'planned' or price_cents is null)`,
    values,
  );
}

/** What is left of the file: an id, whose coach it was, and when. */
export async function leaveTombstone(tx: Tx, clientId: string, at: Date): Promise<void> {
  await tx.query(
    `update clients
        set name = 'Gewist dossier', email = null, phone = null, company = null, language = 'nl', user_id = null,
            consent_id = null, invited_at = null, status = 'closed', closed_at = coalesce(closed_at, $3), erased_at = $3,
            version = version + 1
      where practice_id = $1 and id = $2`,
    [tx.practiceId, clientId, at],
  );
}

/** That it was erased stays on record; what else was asked, and every consent, goes. */
export async function closeRequests(tx: Tx, clientId: string, at: Date): Promise<void> {
  const values = [tx.practiceId, clientId];
  await tx.query(
    `update data_requests
        set status = case when status in ('refused', 'cancelled') then status else 'completed' end,
            closed_at = coalesce(closed_at, $3), consent_id = null, details = null, answer = null,
            extended_on = null, extension_reason = null, version = version + 1
      where practice_id = $1 and client_id = $2 and kind = 'erasure'`,
    [...values, at],
  );
  await tx.query(
    `delete from data_requests where practice_id = $1 and client_id = $2 and kind <> 'erasure'`,
    values,
  );
  await tx.query('delete from consents where practice_id = $1 and client_id = $2', values);
}

/** How they signed in. Who is also a coach or an admin is a client no more, and stays the rest. */
export async function dropUser(tx: Tx, userId: string): Promise<void> {
  const values = [tx.practiceId, userId];
  const [user] = await tx.query<{ roles: string[] }>(
    'select roles from users where practice_id = $1 and id = $2 for update',
    values,
  );
  if (user && user.roles.some((role) => role !== 'client')) {
    await tx.query(
      `update users set roles = array_remove(roles, 'client'), version = version + 1 where practice_id = $1 and id = $2`,
      values,
    );
    return;
  }
  await tx.query(
    `delete from refresh_tokens t using logins l
      where t.practice_id = $1 and l.practice_id = $1 and l.user_id = $2 and t.login_id = l.id`,
    values,
  );
  for (const table of [...DROPPED_OF_USER, 'logins']) {
    await tx.query(`delete from ${table} where practice_id = $1 and user_id = $2`, values);
  }
  await tx.query('delete from users where practice_id = $1 and id = $2', values);
}

/**
 * Drops the jobs that name any of these: mails that wait, and what was done and is kept for a while. It is asked before the rows
 * go by which one knows them. The erasing itself names a practice alone.
 */
export async function dropJobs(tx: Tx, clientId: string, userId: string | null): Promise<void> {
  const named = await tx.query<{ id: string }>(
    `select id from data_requests where practice_id = $1 and client_id = $2
     union all select id from consents where practice_id = $1 and client_id = $2
     union all select id from exports where practice_id = $1 and client_id = $2
     union all select id from logins where practice_id = $1 and user_id = $3
     union all select id from address_changes where practice_id = $1 and user_id = $3`,
    [tx.practiceId, clientId, userId],
  );
  const ids = [clientId, ...(userId ? [userId] : []), ...named.map(({ id }) => id)];
  for (const table of ['jobs.job', 'jobs.archive']) {
    await tx.query(
      `delete from ${table} j
        where j.data ->> 'practiceId' = $1
          and exists (select from jsonb_each_text(j.data) d where d.key <> 'practiceId' and d.value = any ($2::text[]))`,
      [tx.practiceId, ids],
    );
  }
}
