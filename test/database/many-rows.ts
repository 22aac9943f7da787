import type { Client } from 'pg';

/** A large practice among others, as rows that look like those of real ones. */
export interface ManyRows {
  readonly practices: number;
  readonly clientsPerPractice: number;
  readonly coachesPerPractice: number;
  readonly sessionsPerClient: number;
  readonly auditEventsPerClient: number;
}

export const ENOUGH: ManyRows = {
  practices: 5,
  clientsPerPractice: 4_000,
  coachesPerPractice: 20,
  sessionsPerClient: 50,
  auditEventsPerClient: 10,
};

/** An id that says which row of which table of which practice it is; rising, as ours rise with time. */
const ID = (table: number, practice: string, row: string): string =>
  `format('%s-%s-7%s-8000-00000000000${table}', left(lpad(to_hex(${row}), 12, '0'), 8), right(lpad(to_hex(${row}), 12, '0'), 4),
          lpad(to_hex(${practice}), 3, '0'))::uuid`;

/** Milliseconds of an event: the rows of the log lie in the months that it has. */
const IN_ITS_MONTH = `(extract(epoch from date_trunc('month', now(), 'UTC') + e * interval '1 month') * 1000)::bigint + c`;

export const practiceId = (practice: number): string => uuid(1, practice, 0);
/** The admin is number 0, then come the coaches. */
export const userId = (practice: number, user: number): string => uuid(2, practice, user);
export const coachId = userId;
export const clientId = (practice: number, client: number): string => uuid(3, practice, client);
export const loginId = (practice: number, user: number): string => uuid(4, practice, user);

/** Fills the database past its policies, in one statement per table, and tells the planner. */
export async function fillWithMany(superuser: Client, size: ManyRows = ENOUGH): Promise<void> {
  const { practices, clientsPerPractice, coachesPerPractice, sessionsPerClient, auditEventsPerClient } = size;
  const inPractices = `from generate_series(1, ${practices}) p`;
  const clients = `${inPractices}, generate_series(1, ${clientsPerPractice}) c`;
  const coachOf = ID(2, 'p', `1 + c % ${coachesPerPractice}`);
  await superuser.query(`
    set session_replication_role = replica;
    set synchronous_commit = off;
    insert into practices (id, slug, name, time_zone, language, assignment_limit, assignment_weeks, regime, created_at, version)
      select ${ID(1, 'p', '0')}, 'praktijk-' || p, 'Praktijk ' || p, 'Europe/Amsterdam', 'nl', 3, 4, 'coach', now(), 1 ${inPractices};
    insert into users (practice_id, id, name, email, language, roles, created_at, version)
      select ${ID(1, 'p', '0')}, ${ID(2, 'p', 'u')}, 'Gebruiker ' || u, format('u%s@p%s.example', u, p), 'nl',
             case u when 0 then array['admin'] else array['coach'] end, now(), 1
        ${inPractices}, generate_series(0, ${coachesPerPractice}) u;
    insert into users (practice_id, id, name, email, language, roles, created_at, version)
      select ${ID(1, 'p', '0')}, ${ID(2, 'p', '65536 + c')}, 'Cliënt ' || c, format('c%s@p%s.example', c, p), 'nl',
             array['client'], now(), 1 ${clients};
    insert into logins (practice_id, id, user_id, created_at, last_seen_at, authenticated_at)
      select practice_id, ${ID(4, 'p', 'u')}, id, now(), now(), now()
        ${inPractices}, generate_series(0, ${coachesPerPractice}) u
        join users on true where practice_id = ${ID(1, 'p', '0')} and id = ${ID(2, 'p', 'u')};
    insert into clients (practice_id, id, coach_id, user_id, name, language, status, created_at, closed_at, version)
      select ${ID(1, 'p', '0')}, ${ID(3, 'p', 'c')}, ${coachOf}, ${ID(2, 'p', '65536 + c')},
             md5(c::text), 'nl', (array['active', 'active', 'active', 'closed', 'prospect'])[1 + c % 5], now(),
             case c % 5 when 3 then now() end, 1 ${clients};
    insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
                          occupied_from, occupied_until, price_cents, vat_percent, created_at, note_signed, version)
      select ${ID(1, 'p', '0')}, ${ID(5, 'p', `s * ${clientsPerPractice} + c`)}, ${ID(3, 'p', 'c')}, ${coachOf}, ${coachOf},
             'energizing', (array['completed', 'completed', 'cancelled', 'no_show'])[1 + (s + c) % 4], 'in_person',
             at, at + interval '1 hour', at, at + interval '1 hour', 12500, 21, now(),
             (s + c / 20) % 5 <> 0, 1
        ${clients}, generate_series(1, ${sessionsPerClient}) s,
             lateral (select '2024-01-01T08:00Z'::timestamptz + s * interval '7 days' + c * interval '13 minutes' as at) t order by s, c, p;
    insert into audit_events (practice_id, id, at, event, outcome, user_id, roles, client_id, request_id)
      select ${ID(1, 'p', '0')}, ${ID(6, 'p', IN_ITS_MONTH)}, now(), 'client.read', 'done',
             ${coachOf}, array['coach'], ${ID(3, 'p', 'c')}, ${ID(6, 'p', `e * ${clientsPerPractice} + c`)}
        ${clients}, generate_series(1, ${auditEventsPerClient}) e order by e, c, p;
    insert into audit_event_clients (practice_id, client_id, id, at, event, user_id, roles)
      select practice_id, client_id, overlay(id::text placing '7' from 36)::uuid, at, 'clients.listed', user_id, roles from audit_events;
    insert into notes (practice_id, id, client_id, coach_id, author_id, visibility, status, text_version, created_at,
                       updated_at, version)
      select ${ID(1, 'p', '0')}, ${ID(7, 'p', `n * ${clientsPerPractice} + c`)}, ${ID(3, 'p', 'c')}, ${coachOf}, ${coachOf},
             'private', 'draft', 1, now(), now(), 1
        ${clients}, generate_series(1, 2) n order by n, c, p;
    -- Of a coach before: to be known, and not to be opened.
    insert into note_bodies (practice_id, note_id, version, client_id, coach_id, body, written_by, written_at)
      select practice_id, id, 1, client_id, coach_id, '', author_id, now() from notes;
    reset session_replication_role;
    analyze notes; analyze note_bodies;
    analyze practices; analyze users; analyze logins; analyze clients; analyze sessions; analyze audit_events; analyze audit_event_clients`);
}

function uuid(table: number, practice: number, row: number): string {
  const [place, at] = [practice.toString(16).padStart(3, '0'), row.toString(16).padStart(12, '0')];
  return `${at.slice(0, 8)}-${at.slice(8)}-7${place}-8000-00000000000${table}`;
}
