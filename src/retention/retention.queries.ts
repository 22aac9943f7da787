import type { ClientStatus } from '../clients/client.entity.js';
import { dataHeld } from '../clients/held-data.js';
import type { Tx } from '../database/tx.js';
import { FILE_YEARS_SQL } from '../practices/file-term.js';
import type { KeepingReason } from './retention.dto.js';

/** For so many days after it was closed a file stays, however long ago the last session was: a mistake can be undone. */
const AFTER_CLOSING_DAYS = 30;
/** What was refused is not asked again sooner. */
const ASKED_AGAIN_AFTER_DAYS = 365;

/** A file, when its term ends, and what keeps it. */
export interface FileInTerm {
  readonly clientId: string;
  readonly coachId: string;
  readonly name: string;
  readonly status: ClientStatus;
  readonly lastSessionOn: string | null;
  readonly termEndsOn: string;
  readonly goesOn: string | null;
  readonly keptBecause: KeepingReason | null;
  readonly sortsOn: string;
}

/**
 * Every file of the practice `$1` as it stands at `$2`: not those that were erased, which have no key. The days are
 * those of the practice.
 */
const FILES_IN_TERM = `
  select f.*, case when kept_because is null or kept_because = 'term' then due_on end as goes_on,
         case when kept_because is null or kept_because = 'term' then due_on else '2999-12-31' end as sorts_on
    from (
      select t.*,
             case when exists (select from retention_holds h where h.practice_id = $1 and h.client_id = t.id) then 'hold'
                  when ${dataHeld('$1', 't.id')} then 'restriction'
                  when exists (select from data_requests r
                                where r.practice_id = $1 and r.client_id = t.id and r.kind = 'erasure'
                                  and r.status in ('received', 'confirmed', 'approved', 'running')) then 'request'
                  when t.status <> 'closed' then 'open'
                  when t.due_on > t.today then 'term'
                  when exists (select from data_requests r
                                where r.practice_id = $1 and r.client_id = t.id and r.kind = 'erasure'
                                  and r.received_on > t.today - ${ASKED_AGAIN_AFTER_DAYS}
                                  and r.received_on >= t.term_ends_on) then 'refused'
             end as kept_because
        from (
          select d.*, greatest(d.term_ends_on, d.closed_on + ${AFTER_CLOSING_DAYS}) as due_on
            from (
              select c.id, c.coach_id, c.name, c.status, last.session_on,
                     (c.closed_at at time zone p.time_zone)::date as closed_on,
                     ($2::timestamptz at time zone p.time_zone)::date as today,
                     (coalesce(last.session_on, (c.created_at at time zone p.time_zone)::date)
                       + make_interval(years => ${FILE_YEARS_SQL}))::date as term_ends_on
                from clients c
                join practices p on p.id = c.practice_id
                join client_keys k on k.practice_id = c.practice_id and k.client_id = c.id
                left join lateral (
                  select (s.ends_at at time zone p.time_zone)::date as session_on from sessions s
                   where s.practice_id = c.practice_id and s.client_id = c.id and s.status in ('completed', 'no_show')
                   order by s.starts_at desc, s.id desc limit 1) as last on true
               where c.practice_id = $1) as d) as t) as f`;

const COLUMNS = `id as "clientId", coach_id as "coachId", name, status, session_on::text as "lastSessionOn",
  term_ends_on::text as "termEndsOn", goes_on::text as "goesOn", kept_because as "keptBecause",
  sorts_on::text as "sortsOn"`;

/** What goes first comes first; the whole practice is reckoned, a page is told. */
export function filesInTerm(
  tx: Tx,
  now: Date,
  { after, limit }: { after?: readonly string[]; limit: number },
): Promise<FileInTerm[]> {
  return tx.query(
    `select ${COLUMNS} from (${FILES_IN_TERM}) as files
      where $3::date is null or (sorts_on, id) > ($3::date, $4::uuid)
      order by sorts_on, id limit $5`,
    [tx.practiceId, now, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}

/** The files that nothing keeps any more. */
export function filesPastTerm(tx: Tx, now: Date): Promise<FileInTerm[]> {
  return tx.query(
    `select ${COLUMNS} from (${FILES_IN_TERM}) as files where kept_because is null order by id`,
    [tx.practiceId, now],
  );
}

/** Puts the erasure of a file on the list of the admin. @returns whether it was not there already */
export async function askForErasure(
  tx: Tx,
  { clientId, coachId }: FileInTerm,
  request: { id: string; receivedOn: string; dueOn: string; createdAt: Date },
): Promise<boolean> {
  const asked = await tx.query(
    `insert into data_requests (practice_id, id, client_id, coach_id, kind, status, received_on, due_on, created_at, version)
     values ($1, $2, $3, $4, 'erasure', 'received', $5, $6, $7, 1)
     on conflict do nothing returning id`,
    [tx.practiceId, request.id, clientId, coachId, request.receivedOn, request.dueOn, request.createdAt],
  );
  return asked.length > 0;
}

/**
 * Drops the sessions of erased files that ended before a day: nothing but dates, durations and prices was left of them.
 * @returns how many
 */
export async function dropFiscalRows(tx: Tx, endedBefore: Date): Promise<number> {
  const dropped = await tx.query(
    `delete from sessions s
      where s.practice_id = $1 and s.ends_at < $2
        and not exists (select from client_keys k where k.practice_id = $1 and k.client_id = s.client_id)
      returning s.id`,
    [tx.practiceId, endedBefore],
  );
  return dropped.length;
}

export async function countIntakeRequests(tx: Tx): Promise<number> {
  const [counted] = await tx.query<{ count: number }>(
    'select count(*)::int as count from intake_requests where practice_id = $1',
    [tx.practiceId],
  );
  return counted!.count;
}
