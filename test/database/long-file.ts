import type { Client } from 'pg';
import { clientId, loginId, practiceId, userId } from './many-rows.js';

/** One file of the large practice, of its first coach, in which everything happened thousands of times. */
export const LONG_FILE = clientId(1, 20);
/** The number of the user who is the client of that file. */
export const CLIENT_USER = 65536 + 20;
export const TIMES = 3_000;
/** In the catalogue of its practice. */
export const EXERCISES = 300;
/** In every other file of its practice it happened a few times. */
const TIMES_ELSEWHERE = 20;

/** Fills these files past the policies, half of their logs private, and tells the planner. */
export async function lengthenFile(superuser: Client): Promise<void> {
  const times = `from (
    select practice_id, c.id as client_id, coach_id, gen_random_uuid() as id, n,
           '2024-01-01T08:00Z'::timestamptz + n * interval '5 hours' as at
      from clients c,
           generate_series(1, case when c.id = '${LONG_FILE}' then ${TIMES} else ${TIMES_ELSEWHERE} end) n
     where practice_id = '${practiceId(1)}' order by n, c.id) t`;
  await superuser.query(`
    set session_replication_role = replica;
    set synchronous_commit = off;
    insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
                          occupied_from, occupied_until, created_at, version)
      select practice_id, id, client_id, coach_id, coach_id, 'energizing', 'completed', 'video', at, at + interval '1 hour',
             at, at + interval '1 hour', at, 1 ${times};
    insert into observations (practice_id, session_id, client_id, coach_id, tension_before, recovery_signals,
                              transition_moments, observed_by, updated_at, version)
      select practice_id, id, client_id, coach_id, 5, '{}', '{}', coach_id, created_at, 1
        from sessions where practice_id = '${practiceId(1)}';
    insert into notes (practice_id, id, client_id, coach_id, author_id, visibility, status, text_version, created_at,
                       updated_at, version)
      select practice_id, id, client_id, coach_id, coach_id, 'private', 'draft', 1, at, at, 1 ${times};
    insert into note_bodies (practice_id, note_id, version, client_id, coach_id, body, written_by, written_at, coach_reader_id)
      select practice_id, id, 1, client_id, coach_id, '', author_id, created_at, coach_id from notes
       where created_at < '2026-01-01';
    insert into logins (practice_id, id, user_id, created_at, last_seen_at, authenticated_at)
      select practice_id, '${loginId(1, CLIENT_USER)}', id, now(), now(), now()
        from users where practice_id = '${practiceId(1)}' and id = '${userId(1, CLIENT_USER)}';
    insert into consent_texts (practice_id, version, text_nl, text_en, published_at)
      values ('${practiceId(1)}', 1, 'Ik stem toe.', 'I consent.', now());
    insert into exercise_versions (practice_id, exercise_id, version, title_nl, title_en, purpose_nl, purpose_en,
                                   steps_nl, steps_en, technique, approach, moment, minutes, rhythm, written_at, published_at)
      select '${practiceId(1)}', gen_random_uuid(), 1, 'Zitten', 'Sitting', '-', '-', '{Zit.}', '{Sit.}', 'rest', 'letting_go',
             'any', 4, 'free', now(), now() from generate_series(1, ${EXERCISES});
    insert into exercises (practice_id, id, status, published_version, created_at, version)
      select practice_id, exercise_id, 'published', 1, now(), 1 from exercise_versions;
    insert into data_requests (practice_id, id, client_id, coach_id, kind, status, received_on, due_on, created_at, version)
      select practice_id, id, client_id, coach_id, 'access', 'received', at::date, at::date + 30, at, 1 ${times} where n = 1;
    insert into assignments (practice_id, id, client_id, coach_id, exercise_id, exercise_version, assigned_by, status,
                             moment, rhythm, start_on, end_on, created_at, ended_at, version)
      select t.practice_id, t.id, t.client_id, t.coach_id, e.exercise_id, 1, t.coach_id, 'stopped', 'any', 'free',
             t.at::date, t.at::date + 28, t.at, t.at + interval '1 day', 1
        ${times}
        join (select exercise_id, row_number() over () as place from exercise_versions
               where practice_id = '${practiceId(1)}') e on e.place = 1 + t.n % ${EXERCISES};
    insert into assignment_pauses (practice_id, id, assignment_id, client_id, coach_id, paused_at, resumed_at)
      select practice_id, gen_random_uuid(), id, client_id, coach_id, created_at + interval '1 hour',
             created_at + interval '2 hours' from assignments;
    insert into logs (practice_id, client_id, id, coach_id, assignment_id, done_on, outcome, sharing, logged_at, version)
      select practice_id, client_id, gen_random_uuid(), coach_id, id, created_at::date, 'done',
             case when row_number() over () % 2 = 0 then 'private' else 'numbers' end, created_at, 1
        from assignments;
    insert into log_details (practice_id, client_id, log_id, coach_id, sharing, minutes, recovery_signals)
      select practice_id, client_id, id, coach_id, sharing, 4, '{}' from logs;
    insert into check_ins (practice_id, client_id, id, coach_id, day, sharing, tension, rest, stress_signals,
                           recovery_signals, checked_at, version)
      select practice_id, client_id, id, coach_id, '2018-01-01'::date + n,
             case when n % 2 = 0 then 'private' else 'numbers' end, n % 11, n % 11, '{shallow_sleep}', '{}', at, 1 ${times};
    insert into consents (practice_id, id, client_id, coach_id, text_version, channel, given_on, recorded_by, recorded_at,
                          withdrawn_at, withdrawn_by, withdrawn_on, withdrawal_channel)
      select practice_id, id, client_id, coach_id, 1, 'paper', at::date, coach_id, at, at + interval '1 hour', coach_id,
             at::date, 'paper' ${times};
    insert into file_transfers (practice_id, id, client_id, coach_id, from_coach_id, to_coach_id, reason,
                                private_notes_go_along, decided_by, decided_at)
      select practice_id, id, client_id, coach_id, gen_random_uuid(), coach_id, '\\x00', false, coach_id, at ${times};
    reset session_replication_role;
    analyze sessions; analyze observations; analyze notes; analyze note_bodies; analyze exercise_versions; analyze exercises; analyze data_requests; analyze assignments;
    analyze assignment_pauses; analyze logs; analyze log_details; analyze check_ins; analyze consents; analyze file_transfers`);
}
