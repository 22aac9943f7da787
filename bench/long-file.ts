import { connected } from '../src/database/embedded/prepare-database.js';
import type { Settings } from '../src/config/settings.js';
import { addDays } from '../src/common/day.js';
import type { Server } from './children.js';
import type { DataSet } from './data/data-set.js';
import { idOf, LARGE } from './data/shape.js';
import { median } from './median.js';
import { peopleOf, type Somebody } from './people.js';

/** How long a client waits for something of a file in which two years of days were logged. */
export interface LongFile {
  readonly what: string;
  readonly p50: number;
  readonly p95: number;
  readonly bytes: number;
}

const DAYS = 730;
/** Exercises that were logged each of these days. */
const EXERCISES = 3;
const ASKED = 100;

/** Their progress over all of it and over twelve weeks, as figures and as a picture; and their day, which everybody opens. */
export async function longFile(
  { shape, urls, on }: DataSet,
  settings: Settings,
  server: Server,
): Promise<LongFile[]> {
  const client = peopleOf(shape, settings).client[0]!;
  await lengthen(urls.superuser, client.clientId!, on);
  const years = `from=${addDays(on, -DAYS)}&to=${on}`;
  const weeks = `from=${addDays(on, -84)}&to=${on}`;
  const asked = {
    'the day': `/v1/me/homework?on=${on}`,
    'progress, 12 weeks': `/v1/me/progress?${weeks}`,
    'progress, 2 years': `/v1/me/progress?${years}`,
    'picture, 12 weeks': `/v1/me/progress.svg?${weeks}`,
    'picture, 2 years': `/v1/me/progress.svg?${years}`,
  };
  const measured: LongFile[] = [];
  for (const [what, path] of Object.entries(asked))
    measured.push({ what, ...(await timesOf(server, path, client)) });
  return measured;
}

/** One after the other: what one person waits, and not what a crowd does. */
async function timesOf({ port }: Server, path: string, { token }: Somebody) {
  const times: number[] = [];
  let bytes = 0;
  for (let i = 0; i < ASKED; i++) {
    const began = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    bytes = (await answer.arrayBuffer()).byteLength;
    times.push(performance.now() - began);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  }
  times.sort((a, b) => a - b);
  return { p50: median(times), p95: times[Math.floor(ASKED * 0.95)]!, bytes };
}

/** Gives one client two years of daily logs and weekly check-ins, past the policies, unless they are there. */
async function lengthen(superuser: string, clientId: string, on: string): Promise<void> {
  await connected(superuser, async (database) => {
    const file = [idOf('practice', LARGE, 0), clientId];
    const given = await database.query(
      'select from check_ins where practice_id = $1 and client_id = $2 limit 1',
      file,
    );
    if (given.rowCount) return;
    await database.query(`begin; set local session_replication_role = replica`);
    await database.query(
      `with exercise as (
         select v.*, row_number() over (order by v.exercise_id) as place
           from exercise_versions v where v.practice_id = $1 and v.published_at is not null limit ${EXERCISES}),
       given as (
         insert into assignments (practice_id, id, client_id, coach_id, exercise_id, exercise_version, assigned_by, status,
                                  moment, rhythm, times_per_day, weekdays, start_on, end_on, created_at, version)
           select c.practice_id, gen_random_uuid(), c.id, c.coach_id, e.exercise_id, e.version, c.coach_id, 'active', 'any',
                  'scheduled', 1, '{1,2,3,4,5,6,7}', $3::date - ${DAYS}, $3::date + 7, now() - interval '${DAYS} days', 1
             from clients c, exercise e where c.practice_id = $1 and c.id = $2
           returning practice_id, id, client_id, coach_id),
       logged as (
         insert into logs (practice_id, client_id, id, coach_id, assignment_id, done_on, outcome, sharing, logged_at, version)
           select practice_id, client_id, gen_random_uuid(), coach_id, id, $3::date - n,
                  case when n % 7 = 0 then 'skipped' else 'done' end, 'all', ($3::date - n)::timestamptz + interval '18 hours', 1
             from given, generate_series(1, ${DAYS}) n
           returning practice_id, client_id, id, coach_id, sharing, outcome, done_on)
       insert into log_details (practice_id, client_id, log_id, coach_id, sharing, minutes, tension_before, tension_after,
                                recovery_signals)
         select practice_id, client_id, id, coach_id, sharing, 5, 5 + extract(day from done_on)::int % 4,
                3 + extract(day from done_on)::int % 5, '{deep_sigh}' from logged where outcome = 'done'`,
      [...file, on],
    );
    await database.query(
      `insert into check_ins (practice_id, client_id, id, coach_id, day, sharing, tension, rest, stress_signals,
                              recovery_signals, checked_at, version)
         select practice_id, id, gen_random_uuid(), coach_id, $3::date - n * 7, 'all', 3 + n % 5, 4 + n % 4,
                '{shallow_sleep}', '{}', ($3::date - n * 7)::timestamptz, 1
           from clients, generate_series(1, ${Math.floor(DAYS / 7)}) n where practice_id = $1 and id = $2`,
      [...file, on],
    );
    await database.query('commit; analyze logs; analyze log_details; analyze check_ins');
  });
}
