import { dataHeld } from '../clients/held-data.js';
import { JsonText } from '../common/json-text.js';
import { Conditions } from '../database/conditions.js';
import type { Tx } from '../database/tx.js';
import type { DataRequestView } from './data-request.dto.js';
import type { DataRequestStatus } from './data-request.entity.js';
import { DATA_REQUEST_VIEW } from './data-request.view.js';

/** Where a request stands in the list of an admin: what is due first comes first. */
export interface DuePlace {
  readonly dueOn: string;
  readonly id: string;
}

/** The requests of a practice, along `data_requests_due` or its like by status. */
export function requestsByDueDate(
  tx: Tx,
  { status, after, limit }: { status?: DataRequestStatus; after?: DuePlace; limit: number },
): Promise<JsonText<DataRequestView>[]> {
  const where = new Conditions()
    .and('r.practice_id = ?', tx.practiceId)
    .and('r.status = ?', status)
    .and('(r.due_on, r.id) > (?::date, ?::uuid)', after?.dueOn, after?.id);
  return told(tx, where, 'r.due_on, r.id', limit);
}

/** The requests of one file, newest first. */
export function requestsOfFile(
  tx: Tx,
  clientId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<JsonText<DataRequestView>[]> {
  const where = new Conditions()
    .and('r.practice_id = ?', tx.practiceId)
    .and('r.client_id = ?', clientId)
    .and('r.id < ?', after);
  return told(tx, where, 'r.id desc', limit);
}

async function told(
  tx: Tx,
  where: Conditions,
  order: string,
  limit: number,
): Promise<JsonText<DataRequestView>[]> {
  const rows = await tx.query<{ view: string }>(
    `select ${DATA_REQUEST_VIEW} as view from data_requests r
      where ${where.sql} order by ${order} limit ${where.value(limit)}`,
    where.values,
  );
  return rows.map(({ view }) => new JsonText(view));
}

/** A consent that somebody gave or withdrew, and how the file stands by now. */
export interface FollowedConsent {
  readonly id: string;
  readonly clientId: string;
  readonly coachId: string;
  readonly withdrawnOn: string | null;
  /** Whether it is the one in force. */
  readonly inForce: boolean;
  /** Whether the client has given consent anew since, in the portal. */
  readonly givenAgain: boolean;
  readonly regime: 'coach' | 'care_provider';
}

/** Reads a consent once nobody else is following one of this practice: what is read stands until the end. */
export async function followedConsent(tx: Tx, consentId: string): Promise<FollowedConsent | undefined> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`consents ${tx.practiceId}`]);
  const [consent] = await tx.query<FollowedConsent>(
    `select a.id, a.client_id as "clientId", a.coach_id as "coachId", a.withdrawn_on::text as "withdrawnOn",
            c.consent_id is not distinct from a.id as "inForce",
            coalesce(n.channel = 'portal' and n.id <> a.id, false) as "givenAgain", p.regime
       from consents a
       join clients c on c.practice_id = a.practice_id and c.id = a.client_id
       join practices p on p.id = a.practice_id
       left join consents n on n.practice_id = c.practice_id and n.id = c.consent_id
      where a.practice_id = $1 and a.id = $2`,
    [tx.practiceId, consentId],
  );
  return consent;
}

/**
 * Puts a request to erase on file, unless this withdrawal brought one already or one of the client is open.
 * @returns whether one was put there
 */
export async function openErasureRequest(
  tx: Tx,
  { id: consentId, clientId, coachId }: FollowedConsent,
  request: { id: string; receivedOn: string; dueOn: string; createdAt: Date },
): Promise<boolean> {
  const opened = await tx.query(
    `insert into data_requests (practice_id, id, client_id, coach_id, kind, status, consent_id, received_on, due_on,
                                created_at, version)
     values ($1, $2, $3, $4, 'erasure', 'received', $5, $6, $7, $8, 1)
     on conflict do nothing returning id`,
    [
      tx.practiceId,
      request.id,
      clientId,
      coachId,
      consentId,
      request.receivedOn,
      request.dueOn,
      request.createdAt,
    ],
  );
  return opened.length > 0;
}

/** Cancels what a withdrawal asked for, while nobody has taken it up. @returns the ids of what was */
export async function cancelUntouchedErasures(tx: Tx, clientId: string, at: Date): Promise<string[]> {
  const cancelled = await tx.query<{ id: string }>(
    `update data_requests
        set status = 'cancelled', closed_at = $3, closed_because = 'consent_given_again', version = version + 1
      where practice_id = $1 and client_id = $2 and kind = 'erasure' and status = 'received'
        and consent_id is not null
      returning id`,
    [tx.practiceId, clientId, at],
  );
  return cancelled.map(({ id }) => id);
}

/** Something keeps the file of a request `r` from being erased: its client's wish to be left alone, or a hold of the practice. */
export const KEPT_BACK = `(${dataHeld('r.practice_id', 'r.client_id')}
  or exists (select from retention_holds h where h.practice_id = r.practice_id and h.client_id = r.client_id))`;

export async function isKeptBack(tx: Tx, clientId: string): Promise<boolean> {
  const [row] = await tx.query<{ kept: boolean }>(
    `select ${KEPT_BACK} as kept from (select $1::uuid as practice_id, $2::uuid as client_id) r`,
    [tx.practiceId, clientId],
  );
  return row!.kept;
}
