import type { Client } from 'pg';
import {
  ADMINS,
  CLIENT_USERS_FROM,
  COACHES_FROM,
  EXERCISES,
  idSql,
  LARGE,
  PRACTICES,
  SESSIONS_PER_CLIENT,
  type Shape,
} from './shape.js';

/** Tables that the bench fills; what it makes in them is all they hold. */
export const FILLED = [
  'practices', 'users', 'logins', 'consent_texts', 'consents', 'clients', 'client_keys', 'sessions',
  'session_details', 'exercises', 'exercise_versions', 'assignments', 'assignment_messages', 'logs',
  'log_details', 'log_remarks', 'notes', 'note_bodies', 'note_shares',
]; // prettier-ignore

/**
 * Everything that is not sealed, in SQL, past the policies and with foreign keys at rest: the rows fit each other by how
 * they are made. `files` stays for the session, for those who seal.
 * @param on the day that the data are of
 */
export async function insertRows(superuser: Client, shape: Shape, on: string): Promise<void> {
  const { clients, coaches, otherClients, otherCoaches } = shape;
  const practice = idSql('practice', 'p', '0');
  const coachesOf = `case p when ${LARGE} then ${coaches} else ${otherCoaches} end`;
  const statements = [
    `create temp table files as
       select p, c, ${practice} as practice_id, ${idSql('client', 'p', 'c')} as client_id,
              ${idSql('user', 'p', `${COACHES_FROM} + c % (${coachesOf})`)} as coach_id,
              ${idSql('user', 'p', `${CLIENT_USERS_FROM} + c`)} as user_id, c / (${coachesOf}) as turn,
              case p when ${LARGE} then 5 else 10 end as assignments, case p when ${LARGE} then 7 else 5 end as logs,
              p <> ${LARGE} or c <= ${clients * 0.9} as noted
         from (select ${LARGE} as p, c from generate_series(1, ${clients}) c
               union all
               select 2 + i % ${PRACTICES - 1}, 1 + i / ${PRACTICES - 1} from generate_series(0, ${otherClients - 1}) i) f`,
    `insert into practices (id, slug, name, time_zone, language, assignment_limit, assignment_weeks, regime, created_at, version)
       select ${practice}, 'praktijk-' || p, 'Praktijk ' || p, 'Europe/Amsterdam', 'nl', 20, 4, 'coach', now(), 1
         from generate_series(1, ${PRACTICES}) p`,
    `insert into users (practice_id, id, name, email, language, roles, created_at, version)
       select ${practice}, ${idSql('user', 'p', 'u')}, 'Gebruiker ' || u, format('u%s@p%s.example', u, p), 'nl',
              array[role], now(), 1
         from generate_series(1, ${PRACTICES}) p,
              lateral (select u, 'admin' as role from generate_series(1, ${ADMINS}) u
                       union all
                       select ${COACHES_FROM} + u, 'coach' from generate_series(0, ${coachesOf} - 1) u) r`,
    `insert into users (practice_id, id, name, email, language, roles, created_at, version)
       select practice_id, user_id, 'Cliënt ' || c, format('c%s@p%s.example', c, p), 'nl', array['client'], now(), 1
         from files`,
    `insert into logins (practice_id, id, user_id, created_at, last_seen_at, authenticated_at)
       select practice_id, (left(id::text, 35) || '4')::uuid, id, now(), now(), now() from users`,
    `insert into consent_texts (practice_id, version, text_nl, text_en, published_at)
       select id, 1, 'Toestemming', 'Consent', now() from practices`,
    `insert into consents (practice_id, id, client_id, coach_id, text_version, channel, given_on, recorded_by, recorded_at)
       select practice_id, ${idSql('consent', 'p', 'c')}, client_id, coach_id, 1, 'paper', '${on}', coach_id, now() from files`,
    `insert into clients (practice_id, id, coach_id, user_id, name, language, status, consent_id, created_at, version)
       select practice_id, client_id, coach_id, user_id, md5(c::text), 'nl', 'active', ${idSql('consent', 'p', 'c')},
              now(), 1 from files`,
    // The last of a client's sessions is still to come, each coach's an hour after the one before.
    `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
                           occupied_from, occupied_until, price_cents, vat_percent, created_at, version)
       select practice_id, ${idSql('session', 'p', `s * ${clients} + c`)}, client_id, coach_id, coach_id, 'energizing',
              case when s = ${SESSIONS_PER_CLIENT - 1} then 'planned'
                   else (array['completed', 'completed', 'completed', 'cancelled', 'no_show'])[1 + (s + c) % 5] end,
              (array['in_person', 'video', 'phone'])[1 + c % 3], at, at + interval '1 hour', at, at + interval '1 hour',
              12500, 21, at, 1
         from generate_series(0, ${SESSIONS_PER_CLIENT - 1}) s, files,
              lateral (select '${on}T08:00Z'::timestamptz
                + case s when ${SESSIONS_PER_CLIENT - 1} then turn * interval '1 hour' + interval '1 day'
                         else (s - ${SESSIONS_PER_CLIENT}) * interval '14 days' - (c % 19997) * interval '1 minute' end as at) t
        order by s, c, p`,
    `insert into exercises (practice_id, id, status, published_version, created_at, version)
       select ${practice}, ${idSql('exercise', 'p', 'e')}, 'published', 1, now(), 1
         from generate_series(1, ${PRACTICES}) p, generate_series(1, ${EXERCISES}) e`,
    `insert into exercise_versions (practice_id, exercise_id, version, title_nl, title_en, purpose_nl, purpose_en, steps_nl,
                                    steps_en, technique, approach, moment, minutes, rhythm, written_at, published_at)
       select practice_id, id, 1, 'Schouders laten zakken', 'Dropping the shoulders', 'Ruimte om te ademen, midden op de dag.',
              'Room to breathe in the middle of the day.',
              array['Ga zitten zoals je zit.', 'Adem uit.', 'Laat je schouders zakken.', 'Blijf zo even.'],
              array['Sit as you sit.', 'Breathe out.', 'Let your shoulders drop.', 'Stay like that for a while.'],
              'relaxation', 'letting_go', 'any', 5, 'daily', now(), now() from exercises`,
    // Three of a client's assignments are of now; those before them have been completed.
    `insert into assignments (practice_id, id, client_id, coach_id, exercise_id, exercise_version, assigned_by, status, moment,
                              rhythm, times_per_day, weekdays, start_on, end_on, created_at, ended_at, version)
       select practice_id, ${idSql('assignment', 'p', 'c * 16 + a')}, client_id, coach_id,
              ${idSql('exercise', 'p', `1 + (c + a) % ${EXERCISES}`)}, 1, coach_id,
              case when a >= assignments - 3 then 'active' else 'completed' end,
              (array['morning', 'transition', 'before_sleep', 'any'])[1 + a % 4], 'scheduled', 2, '{1,2,3,4,5,6,7}',
              from_on, case when a >= assignments - 3 then date '${on}' + 3650 else from_on + 20 end, now(),
              case when a < assignments - 3 then from_on + 20 end, 1
         from generate_series(0, 9) a join files on a < assignments,
              lateral (select date '${on}' - 28 - case when a >= assignments - 3 then 0 else 30 * (assignments - a) end as from_on) t
        order by a, c, p`,
    `create temp table made_logs as
       select p, c, practice_id, client_id, coach_id, assignments - a as back, l,
              ${idSql('assignment', 'p', 'c * 16 + a')} as assignment_id,
              ${idSql('log', 'p', '(c * 16 + a) * 16 + l')} as id,
              date '${on}' - l * 2 - case when a >= assignments - 3 then 0 else 30 * (assignments - a) end as done_on,
              (array['numbers', 'all', 'private'])[1 + (c + l) % 3] as sharing
         from generate_series(6, 0, -1) l join files on l < logs join generate_series(0, 9) a on a < assignments`,
    `insert into logs (practice_id, client_id, id, coach_id, assignment_id, done_on, outcome, sharing, logged_at, version)
       select practice_id, client_id, id, coach_id, assignment_id, done_on, 'done', sharing,
              done_on + interval '18 hours', 1 from made_logs order by l desc, c, p`,
    `insert into log_details (practice_id, client_id, log_id, coach_id, sharing, minutes, tension_before, tension_after,
                              recovery_signals)
       select practice_id, client_id, id, coach_id, sharing, 5, 7, 4, '{yawning,deep_sigh}' from made_logs order by l desc, c, p`,
    `insert into notes (practice_id, id, client_id, coach_id, session_id, author_id, visibility, status, text_version,
                        created_at, updated_at, version)
       select practice_id, ${idSql('note', 'p', 'c')}, client_id, coach_id,
              ${idSql('session', 'p', `${clients * (SESSIONS_PER_CLIENT - 2)} + c`)}, coach_id, 'private', 'draft', 1,
              now(), now(), 1 from files where noted order by c, p`,
  ];
  for (const statement of statements) await superuser.query(statement);
}
