import type { Tx } from '../database/tx.js';

/** What one person did of one kind on one day. */
export interface AccessLogRow {
  on: string;
  firstAt: Date;
  lastAt: Date;
  lastId: string;
  times: number;
  event: string;
  isCoach: boolean;
  isAdmin: boolean;
  task: string | null;
  name: string | null;
  onBehalfOf: string | null;
}

interface Selection {
  readonly clientId: string;
  readonly userId: string;
  readonly from?: string;
  readonly to?: string;
  readonly now: Date;
  /** Day and last event of the last line of the page before. */
  readonly after?: readonly [string, string];
  readonly limit: number;
}

const DAYS_SHOWN = 91;
const LONGEST_DAYS = 5 * 366;

/**
 * Newest day first, each along the index of the file's events and that of the lists it stood in, until the page is
 * full: the days run from the last back, and only as many as a page needs are looked at. What the client did
 * themselves is left out: it says nothing about who else looked.
 */
export function accessLogPage(
  tx: Tx,
  { clientId, userId, from, to, now, after, limit }: Selection,
): Promise<AccessLogRow[]> {
  const of = (table: string): string => `
    select id, at, event, user_id, roles, task, on_behalf_of from ${table}
     where practice_id = $1 and client_id = $2
       and id >= audit_log.first_id(day at time zone time_zone)
       and id < audit_log.first_id((day + interval '1 day') at time zone time_zone)
       and user_id is distinct from $3 and on_behalf_of is distinct from $3`;
  return tx.query(
    `with asked as materialized (
       select time_zone, last, greatest(coalesce($4::date, last - ${DAYS_SHOWN}), last - ${LONGEST_DAYS}) as first
         from (select time_zone,
                      least(coalesce($5::date, 'infinity'), ($6::timestamptz at time zone time_zone)::date,
                            coalesce($7::date, 'infinity')) as last
                 from practices where id = $1) as p)
     select day::date::text as "on", "firstAt", "lastAt", "lastId", times, event, "isCoach", "isAdmin", task,
            lookup.staff_name(user_id) as name, lookup.staff_name(on_behalf_of) as "onBehalfOf"
       from asked,
            lateral generate_series(last::timestamp, first::timestamp, interval '-1 day') as day,
            lateral (
              select event, user_id, task, on_behalf_of, count(*)::int as times, min(at) as "firstAt", max(at) as "lastAt",
                     max(id::text) as "lastId", bool_or('coach' = any (roles)) as "isCoach",
                     bool_or('admin' = any (roles)) as "isAdmin"
                from (${of('audit_events')} union all ${of('audit_event_clients')}) as events
               group by event, user_id, task, on_behalf_of
              having $8::text is null or max(id::text) < $8
               order by max(id::text) desc) as done
      limit $9`,
    [tx.practiceId, clientId, userId, from, to, now, after?.[0], after?.[1], limit],
  );
}
