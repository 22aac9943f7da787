import type { FileScope } from '../clients/client-files.js';
import { JsonText } from '../common/json-text.js';
import { Conditions } from '../database/conditions.js';
import type { Tx } from '../database/tx.js';
import type { SessionSummary } from './session.dto.js';
import type { Session, SessionStatus } from './session.entity.js';
import type { ReasonedChange } from './session-reason.entity.js';
import { SESSION_SUMMARY } from './session.view.js';

/** Where a session is, sealed, and the wrapped key that opens it; all null where there is nothing to open. */
export interface SealedLocation {
  readonly location: Buffer | null;
  readonly version: number | null;
  readonly wrappedKey: Buffer | null;
}

export interface ListedSession extends SealedLocation {
  readonly id: string;
  readonly clientId: string;
  readonly summary: JsonText<SessionSummary>;
}

export interface SessionFilter {
  readonly clientId?: string;
  readonly status?: SessionStatus;
  /** Took place, and has no signed note. */
  readonly isUnsigned?: boolean;
  /** Starts at this instant or later. */
  readonly from?: Date;
  /** Starts before this instant. */
  readonly until?: Date;
  readonly after?: SessionPlace;
  readonly limit: number;
}

/** Where a session stands in a list that goes newest first. */
export interface SessionPlace {
  readonly startsAt: Date;
  readonly id: string;
}

/**
 * Sessions, newest first; each combination of scope and status has an index in this order. What seals and
 * what opens a location comes along, so that a page is one query.
 * @param reader the user who reads: locations are for the file's coach only
 */
export async function sessionsPage(
  tx: Tx,
  { practiceId, coachId }: FileScope,
  reader: string,
  { clientId, status, isUnsigned, from, until, after, limit }: SessionFilter,
): Promise<ListedSession[]> {
  const where = new Conditions()
    .and('s.practice_id = ?', practiceId)
    .and('s.coach_id = ?', coachId)
    .and('s.client_id = ?', clientId)
    .and('s.status = ?', status)
    .and('s.starts_at >= ?', from)
    .and('s.starts_at < ?', until)
    .and('(s.starts_at, s.id) < (?, ?)', after?.startsAt, after?.id);
  if (isUnsigned) where.and("s.status = 'completed' and not s.note_signed");
  const rows = await tx.query<Omit<ListedSession, 'summary'> & { summary: string }>(
    `select s.id, s.client_id as "clientId", ${SESSION_SUMMARY} as summary, d.location, d.version, k.wrapped as "wrappedKey"
       from sessions s
       left join lateral (
         select location, version from session_details
          where practice_id = s.practice_id and session_id = s.id and s.coach_id = ${where.value(reader)} limit 1) d on true
       left join lateral (
         select wrapped from client_keys
          where practice_id = s.practice_id and client_id = s.client_id and d.location is not null limit 1) k on true
      where ${where.sql}
      order by s.starts_at desc, s.id desc
      limit ${where.value(limit)}`,
    where.values,
  );
  return rows.map((row) => ({ ...row, summary: new JsonText(row.summary) }));
}

/** One session, with where it is and the newest reason why it changed, both sealed. */
export interface SessionRow extends ListedSession {
  readonly reasonId: string | null;
  readonly change: ReasonedChange;
  readonly reason: Buffer;
  readonly givenAt: Date;
}

/** @param reader the user who reads: the texts are for the file's coach only */
export async function sessionRow(
  tx: Tx,
  { practiceId, coachId }: FileScope,
  reader: string,
  id: string,
): Promise<SessionRow | undefined> {
  const [row] = await tx.query<Omit<SessionRow, 'summary'> & { summary: string }>(
    `select s.id, s.client_id as "clientId", ${SESSION_SUMMARY} as summary, d.location, d.version,
            r.id as "reasonId", r.change, r.reason, r.given_at as "givenAt", k.wrapped as "wrappedKey"
       from sessions s
       left join session_details d on d.practice_id = s.practice_id and d.session_id = s.id and s.coach_id = $3
       left join lateral (
         select id, change, reason, given_at from session_reasons
          where practice_id = s.practice_id and session_id = s.id and s.coach_id = $3
          order by id desc limit 1) r on true
       left join client_keys k
         on k.practice_id = s.practice_id and k.client_id = s.client_id
        and (d.location is not null or r.id is not null)
      where s.practice_id = $1 and s.id = $2 and ($4::uuid is null or s.coach_id = $4)`,
    [practiceId, id, reader, coachId ?? null],
  );
  return row && { ...row, summary: new JsonText<SessionSummary>(row.summary) };
}

/** Whether a note of this session was signed: what was signed about a session holds it where it is. */
export async function hasSignedNote(tx: Tx, { practiceId, id }: Session): Promise<boolean> {
  const [note] = await tx.query<{ signed: boolean }>(
    `select exists (
       select from notes where practice_id = $1 and session_id = $2 and status <> 'draft'
     ) as signed`,
    [practiceId, id],
  );
  return note!.signed;
}

/**
 * Waits until no other transaction is planning for this coach. Two that claim the same hour at once would
 * wait for each other inside the exclusion constraint; one after the other, the second is told why not.
 */
export async function awaitTurn(tx: Tx, coachId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `calendar ${tx.practiceId} ${coachId}`,
  ]);
}
