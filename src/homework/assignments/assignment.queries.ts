import type { FileScope } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { JsonText } from '../../common/json-text.js';
import { Conditions } from '../../database/conditions.js';
import type { Tx } from '../../database/tx.js';
import type { AssignmentStatus } from './assignment.entity.js';

/** An assignment as its reader sees it, with the coach's words still sealed; null where there are none to read. */
export interface AssignmentRow<View> {
  readonly id: string;
  readonly clientId: string;
  readonly view: JsonText<View>;
  readonly message: Buffer | null;
  readonly messageVersion: number | null;
  readonly wrappedKey: Buffer | null;
}

/** Which assignments, from a place on. */
export interface AssignmentsAsked {
  readonly id?: string;
  readonly status?: AssignmentStatus;
  /** The session that they were given in. */
  readonly sessionId?: string;
  /** What was given in one go. */
  readonly givenTogether?: string;
  /** The assignment that the page before ended with. */
  readonly after?: string;
  readonly limit: number;
}

/**
 * Assignments, newest first, each with what opens its words: a page is one query. The words are for the file's coach
 * and for the client; an admin sees what was given and when.
 * @param view what the reader sees of each, as SQL (assignment.view.ts); `$reader` in it is the user who reads
 */
export async function assignmentRows<View>(
  tx: Tx,
  person: Person,
  { practiceId, coachId, clientId }: FileScope,
  view: string,
  { id, status, sessionId, givenTogether, after, limit }: AssignmentsAsked,
): Promise<AssignmentRow<View>[]> {
  const where = new Conditions()
    .and('a.practice_id = ?', practiceId)
    .and('a.client_id = ?', clientId)
    .and('a.coach_id = ?', coachId)
    .and('a.id = ?', id)
    .and('a.status = ?', status)
    .and('a.session_id = ?', sessionId)
    .and('a.given_together = ?', givenTogether)
    .and('a.id < ?', after);
  const reader = where.value(person.userId);
  const rows = await tx.query<Omit<AssignmentRow<View>, 'view'> & { view: string }>(
    `select a.id, a.client_id as "clientId", ${view.replaceAll('$reader', () => reader)} as view, m.message, m.version as "messageVersion",
            k.wrapped as "wrappedKey"
       from assignments a
       join exercise_versions e
         on e.practice_id = a.practice_id and e.exercise_id = a.exercise_id and e.version = a.exercise_version
       left join assignment_pauses p
         on p.practice_id = a.practice_id and p.assignment_id = a.id and p.resumed_at is null
       left join assignment_messages m
         on m.practice_id = a.practice_id and m.assignment_id = a.id
        and (a.coach_id = ${reader} or a.client_id = ${where.value(person.clientId ?? null)})
       left join client_keys k
         on k.practice_id = a.practice_id and k.client_id = a.client_id
      where ${where.sql}
      order by a.id desc
      limit ${where.value(limit)}`,
    where.values,
  );
  return rows.map((row) => ({ ...row, view: new JsonText<View>(row.view) }));
}

/** How many assignments a client has on their hands today: neither paused nor past their last day. */
export async function countActive(tx: Tx, clientId: string, today: string): Promise<number> {
  const [counted] = await tx.query<{ active: number }>(
    `select count(*)::int as active from assignments
      where practice_id = $1 and client_id = $2 and status = 'active' and end_on >= $3`,
    [tx.practiceId, clientId, today],
  );
  return counted!.active;
}

/** Whether a session is of this client; sessions are no concern of homework beyond that. */
export async function isSessionOf(tx: Tx, clientId: string, sessionId: string): Promise<boolean> {
  const found = await tx.query('select from sessions where practice_id = $1 and id = $2 and client_id = $3', [
    tx.practiceId,
    sessionId,
    clientId,
  ]);
  return found.length > 0;
}

/** Stops what is open in a file. @returns the ids of what was */
export async function stopOpenAssignments(tx: Tx, clientId: string, at: Date): Promise<string[]> {
  const stopped = await tx.query<{ id: string }>(
    `update assignments set status = 'stopped', ended_at = $3, version = version + 1
      where practice_id = $1 and client_id = $2 and status in ('active', 'paused')
      returning id`,
    [tx.practiceId, clientId, at],
  );
  await tx.query(
    `update assignment_pauses set resumed_at = greatest(paused_at, $3)
      where practice_id = $1 and client_id = $2 and resumed_at is null`,
    [tx.practiceId, clientId, at],
  );
  return stopped.map(({ id }) => id);
}
