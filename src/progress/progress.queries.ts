import type { Tx } from '../database/tx.js';
import type { Rhythm } from '../homework/assignments/rhythm.dto.js';
import type {
  ProgressBaseline,
  ProgressLogs,
  ProgressSession,
  ProgressWeek,
  Relief,
  TensionChange,
} from './progress.dto.js';

/** How many days a client's own baseline lasts. */
export const BASELINE_DAYS = 28;

/** Where figures are asked for: a transaction, of whatever kind. */
export type Asks = Pick<Tx, 'practiceId' | 'query'>;

/** Whose progress, over which days; without days, twelve weeks up to today. */
export interface ProgressAsked {
  readonly clientId: string;
  /** Whose file it must be; nobody's in particular when left out. */
  readonly coachId?: string;
  /** Whether only what the client shares with the coach counts. */
  readonly isShared: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly now: Date;
}

/** An assignment of these days: what its rhythm asks is for the rules of `occurrences.ts`. */
export interface GivenRow {
  readonly exerciseId: string;
  readonly rhythm: Rhythm;
  readonly startOn: string;
  readonly endOn: string;
  readonly endedAt?: string;
  readonly pauses: readonly { readonly pausedAt: string; readonly resumedAt?: string }[];
}

export interface ExerciseRow {
  readonly exerciseId: string;
  readonly title: { readonly nl: string; readonly en: string };
  readonly logs: ProgressLogs;
  readonly tension?: TensionChange;
  readonly relief: Omit<Relief, 'logs'>;
  /** Of the occurrences that were asked for up to yesterday: how many were met, and how many skipped. */
  readonly met: number;
  readonly skipped: number;
}

/** A client's progress as the database adds it up. */
export interface ProgressRow {
  readonly from: string;
  readonly to: string;
  readonly yesterday: string;
  readonly timeZone: string;
  readonly given: readonly GivenRow[];
  readonly exercises: readonly ExerciseRow[];
  readonly sessions: readonly ProgressSession[];
  readonly weeks: readonly ProgressWeek[];
  readonly baseline?: ProgressBaseline;
}

const list = (item: string, order: string, from: string): string =>
  `coalesce((select json_agg(${item} order by ${order}) from ${from}), '[]')`;

const mean = (of: string): string => `round(avg(${of}), 2)`;

/** Tension before and after, which stand in pairs or not at all; null where none does. */
const TENSION = `case when count(after) > 0 then json_build_object(
  'count', count(after), 'before', ${mean('before')}, 'after', ${mean('after')}, 'change', ${mean('after - before')},
  'spread', round(stddev_samp(after - before), 2)) end`;

/** Check-ins taken together; null where there are none. */
const CHECK_INS = `case when count(*) > 0 then json_build_object(
  'count', count(*), 'tension', ${mean('tension')}, 'stressSignals', ${mean('cardinality(stress_signals)')},
  'conditions', json_build_object('safety', ${mean('safety')}, 'rest', ${mean('rest')}, 'presence', ${mean('presence')},
    'acceptance', ${mean('acceptance')}, 'naturalRhythm', ${mean('natural_rhythm')})) end`;

/** Both, or neither: a log of what was skipped tells nothing of the exercise. */
const paired = (row: string, isTold = 'true'): string => `
  case when ${isTold} and ${row}.tension_after is not null then ${row}.tension_before end as before,
  case when ${isTold} and ${row}.tension_before is not null then ${row}.tension_after end as after`;

/** The numbers of the logs `l` in these days; said here and not left to the policies, which let a client see their own. */
const logsBetween = (first: string, last: string): string => `
  logs l
  left join log_details n on n.practice_id = l.practice_id and n.client_id = l.client_id and n.log_id = l.id
 where l.practice_id = $1 and l.client_id = $2 and (not $4 or l.sharing <> 'private')
   and l.done_on between ${first} and ${last}`;

const checkInsBetween = (first: string, last: string): string => `
  check_ins k
 where k.practice_id = $1 and k.client_id = $2 and (not $4 or k.sharing <> 'private')
   and k.day between ${first} and ${last}`;

/** Sessions `s` of this client in which tension was noted. */
const OBSERVED = `
  sessions s
  join observations o on o.practice_id = s.practice_id and o.session_id = s.id
 where s.practice_id = $1 and s.client_id = $2 and num_nonnulls(o.tension_before, o.tension_after) > 0`;

/** A weekday is asked for where its assignment runs and does not rest, each day as it ends (occurrences.ts). */
const IS_ASKED = `
  d.rhythm = 'scheduled' and extract(isodow from d.done_on)::smallint = any (d.weekdays)
  and d.done_on between d.start_on and d.end_on and (d.ended_on is null or d.done_on < d.ended_on)
  and not exists (
    select from assignment_pauses r
     where r.practice_id = $1 and r.assignment_id = d.assignment_id and (r.paused_at at time zone f.zone)::date <= d.done_on
       and (r.resumed_at is null or d.done_on < (r.resumed_at at time zone f.zone)::date))`;

/**
 * All figures of a client's progress in one query, added up where the rows are: logs and check-ins along the indexes of
 * their days, sessions along that of the client's.
 * @returns nothing where the file is not to be found
 */
export async function progressOf(
  tx: Asks,
  { clientId, coachId, isShared, from, to, now }: ProgressAsked,
): Promise<ProgressRow | undefined> {
  const [row] = await tx.query<{ progress: ProgressRow }>(
    `with asked as materialized (
       select p.time_zone as zone, t.today, u.last, coalesce($5::date, u.last - 83) as first
         from clients c
         join practices p on p.id = c.practice_id
         cross join lateral (select ($7::timestamptz at time zone p.time_zone)::date as today) t
         cross join lateral (select coalesce($6::date, greatest(t.today, $5::date)) as last) u
        where c.practice_id = $1 and c.id = $2 and ($3::uuid is null or c.coach_id = $3)
     ),
     seen as materialized (
       select l.*, a.exercise_id, a.exercise_version, a.rhythm, a.times_per_day, a.weekdays, a.start_on, a.end_on,
              (a.ended_at at time zone f.zone)::date as ended_on
         from asked f
         cross join lateral (
           select l.practice_id, l.assignment_id, l.done_on, l.outcome, ${paired('n', "l.outcome <> 'skipped'")}
             from ${logsBetween('f.first', 'f.last')}) l
         join assignments a on a.practice_id = l.practice_id and a.id = l.assignment_id
     ),
     looked as materialized (
       select date_trunc('week', k.day::timestamp)::date as week, k.*
         from asked f cross join lateral (select k.* from ${checkInsBetween('f.first', 'f.last')}) k
     ),
     given as materialized (
       select a.*
         from asked f cross join assignments a
        where a.practice_id = $1 and a.client_id = $2 and a.start_on <= f.last and a.end_on >= f.first
          and (a.ended_at is null or (a.ended_at at time zone f.zone)::date > greatest(f.first, a.start_on))
     ),
     days as (
       select assignment_id, exercise_id, done_on, rhythm, times_per_day, weekdays, start_on, end_on, ended_on,
              count(*) filter (where outcome = 'skipped') as skipped,
              count(*) filter (where outcome = 'done') + 0.5 * count(*) filter (where outcome = 'partly') as met
         from seen
        group by assignment_id, exercise_id, done_on, rhythm, times_per_day, weekdays, start_on, end_on, ended_on
     ),
     met as (
       select d.exercise_id, least(d.skipped, d.times_per_day) as skipped,
              least(d.met, d.times_per_day - least(d.skipped, d.times_per_day)) as met
         from days d cross join asked f
        where d.done_on < f.today and ${IS_ASKED}
     ),
     -- Put one under another, not joined: nobody has to guess how many of each there are.
     exercises as materialized (
       select exercise_id, max(version) as version, coalesce(sum(met), 0) as met, coalesce(sum(missed), 0) as skipped,
              json_build_object('done', count(*) filter (where outcome = 'done'),
                'partly', count(*) filter (where outcome = 'partly'),
                'skipped', count(*) filter (where outcome = 'skipped')) as logs,
              ${TENSION} as tension,
              json_build_object('lower', count(*) filter (where after < before),
                'same', count(*) filter (where after = before), 'higher', count(*) filter (where after > before)) as relief
         from (select exercise_id, exercise_version as version, outcome, before, after, null::numeric as met,
                      null::numeric as missed from seen
               union all
               select exercise_id, exercise_version, null, null, null, null, null from given
               union all
               select exercise_id, null, null, null, null, met, skipped from met) told
        group by exercise_id
     ),
     begun as materialized (
       select b.first, b.first + ${BASELINE_DAYS - 1} as last
         from asked f
         cross join lateral (select least(
           (select min(l.done_on) from logs l
             where l.practice_id = $1 and l.client_id = $2 and (not $4 or l.sharing <> 'private')),
           (select min(k.day) from check_ins k
             where k.practice_id = $1 and k.client_id = $2 and (not $4 or k.sharing <> 'private')),
           (select (s.starts_at at time zone f.zone)::date from ${OBSERVED} order by s.starts_at limit 1)) as first) b
        where b.first is not null
     ),
     signals as (
       select week, json_agg(json_build_object('code', code, 'times', times) order by times desc, code) as signals
         from (select week, code, count(*) as times from looked, unnest(stress_signals) code group by week, code) counted
        group by week
     ),
     weeks as (
       select week, e.tension, i.told, coalesce(n.signals, '[]') as signals
         from (select date_trunc('week', done_on::timestamp)::date as week, ${TENSION} as tension
                 from seen where after is not null group by 1) e
         full join (select week, ${CHECK_INS} as told from looked group by week) i using (week)
         left join signals n using (week)
     )
     select json_strip_nulls(json_build_object(
         'from', f.first, 'to', f.last, 'yesterday', f.today - 1, 'timeZone', f.zone,
         'given', ${list(
           `json_build_object('exerciseId', g.exercise_id, 'startOn', g.start_on, 'endOn', g.end_on, 'endedAt', g.ended_at,
             'rhythm', json_build_object('kind', g.rhythm, 'timesPerDay', g.times_per_day, 'weekdays', g.weekdays),
             'pauses', coalesce((select json_agg(json_build_object('pausedAt', r.paused_at, 'resumedAt', r.resumed_at)
                 order by r.paused_at) from assignment_pauses r where r.practice_id = $1 and r.assignment_id = g.id), '[]'))`,
           'g.id',
           'given g',
         )},
         'exercises', ${list(
           `json_build_object('exerciseId', e.exercise_id, 'title', json_build_object('nl', v.title_nl, 'en', v.title_en),
             'logs', e.logs, 'tension', e.tension, 'relief', e.relief, 'met', e.met, 'skipped', e.skipped)`,
           'v.title_nl, e.exercise_id',
           `exercises e join exercise_versions v
             on v.practice_id = $1 and v.exercise_id = e.exercise_id and v.version = e.version`,
         )},
         'sessions', ${list(
           `json_build_object('id', s.id, 'on', (s.starts_at at time zone f.zone)::date, 'kind', s.kind,
             'before', s.tension_before, 'after', s.tension_after, 'change', s.tension_after - s.tension_before)`,
           's.starts_at, s.id',
           `(select s.id, s.kind, s.starts_at, o.tension_before, o.tension_after from ${OBSERVED}
               and s.starts_at >= f.first::timestamp at time zone f.zone
               and s.starts_at < (f.last + 1)::timestamp at time zone f.zone) s`,
         )},
         'weeks', ${list(
           `json_build_object('from', w.week, 'exercises', w.tension, 'checkIns', w.told, 'stressSignals', w.signals)`,
           'w.week',
           'weeks w',
         )},
         'baseline', (
           select json_build_object('from', b.first, 'to', b.last,
               'exercises', (select ${TENSION} from (select ${paired('n', "l.outcome <> 'skipped'")}
                 from ${logsBetween('b.first', 'b.last')}) t),
               'sessions', (select ${TENSION} from (select ${paired('o')} from ${OBSERVED}
                 and s.starts_at >= b.first::timestamp at time zone f.zone
                 and s.starts_at < (b.last + 1)::timestamp at time zone f.zone) t),
               'checkIns', (select ${CHECK_INS} from ${checkInsBetween('b.first', 'b.last')}))
             from begun b))) as progress
       from asked f`,
    [tx.practiceId, clientId, coachId ?? null, isShared, from ?? null, to ?? null, now],
  );
  return row?.progress;
}

/**
 * The last day of which anything is told, and the first of the days before it.
 * @param most how many days before it, at most
 * @returns nothing where nothing is told
 */
export async function daysTold(
  tx: Asks,
  { clientId, isShared, most }: Pick<ProgressAsked, 'clientId' | 'isShared'> & { readonly most: number },
): Promise<{ readonly from: string; readonly to: string } | undefined> {
  const [row] = await tx.query<{ from: string | null; to: string }>(
    `with told as (
       select l.done_on as day from logs l
        where l.practice_id = $1 and l.client_id = $2 and (not $3 or l.sharing <> 'private')
       union all
       select k.day from check_ins k
        where k.practice_id = $1 and k.client_id = $2 and (not $3 or k.sharing <> 'private')
       union all
       select (s.starts_at at time zone p.time_zone)::date from practices p, ${OBSERVED} and p.id = $1
     )
     select min(day)::text as "from", max(day)::text as "to"
       from told where day > (select max(day) from told) - $4::integer`,
    [tx.practiceId, clientId, isShared, most],
  );
  return row?.from ? { from: row.from, to: row.to } : undefined;
}
