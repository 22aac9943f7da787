import { ClientKey } from '../clients/client-key.entity.js';
import type { FileScope } from '../clients/client-files.js';
import type { Tx } from '../database/tx.js';
import { Session, type SessionStatus } from './session.entity.js';
import { SessionDetails } from './session-details.entity.js';

/** Where a session is, sealed, and the wrapped key that opens it; all null where the reader may not know. */
export interface SealedLocation {
  readonly location: Buffer | null;
  readonly version: number | null;
  readonly wrappedKey: Buffer | null;
}

export interface ListedSession {
  readonly session: Session;
  readonly sealed: SealedLocation;
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
 */
export async function sessionsPage(
  tx: Tx,
  { practiceId, coachId }: FileScope,
  { clientId, status, isUnsigned, from, until, after, limit }: SessionFilter,
): Promise<ListedSession[]> {
  const sessions = tx.manager
    .createQueryBuilder(Session, 's')
    .leftJoin(SessionDetails, 'd', 'd.practiceId = s.practiceId and d.sessionId = s.id')
    .leftJoin(
      ClientKey,
      'k',
      'k.practiceId = s.practiceId and k.clientId = s.clientId and d.location is not null',
    )
    .addSelect('d.location', 'location')
    .addSelect('d.version', 'version')
    .addSelect('k.wrapped', 'wrappedKey')
    .where('s.practiceId = :practiceId', { practiceId })
    .orderBy('s.startsAt', 'DESC')
    .addOrderBy('s.id', 'DESC')
    .limit(limit);
  if (coachId) sessions.andWhere('s.coachId = :coachId', { coachId });
  if (clientId) sessions.andWhere('s.clientId = :clientId', { clientId });
  if (isUnsigned) sessions.andWhere("s.status = 'completed' and not s.noteSigned");
  if (status) sessions.andWhere('s.status = :status', { status });
  if (from) sessions.andWhere('s.startsAt >= :from', { from });
  if (until) sessions.andWhere('s.startsAt < :until', { until });
  if (after) sessions.andWhere('(s.startsAt, s.id) < (:startsAt, :id)', { ...after });
  const { entities, raw } = await sessions.getRawAndEntities<SealedLocation>();
  return entities.map((session, row) => ({ session, sealed: raw[row]! }));
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
