import type { FileCipher } from '../../src/common/cipher/file-cipher.js';
import { codesOf, MOMENTS } from '../../src/common/vocabulary.js';
import { expectedOn, isForDay, isPausedOn, planOf } from '../../src/homework/assignments/occurrences.js';
import type { ItemRow } from '../../src/homework/day/homework-day.queries.js';
import type { LogRow } from '../../src/homework/logs/log.queries.js';
import { keyOf, logAnswer, LOGS_JSON, logTables, openText } from './shared.js';
import type { Operation } from './operation.js';

/** What a client opens most: their day, with what was given and what was logged. */
export const clientDay: Operation = {
  name: 'client-day',
  title: "client's day",
  as: 'client',
  method: 'GET',
  route: '/v1/me/homework',
  tellsTheSame: true,
  wanted: { ofBound: 0.9 },
  request: (_, { on }) => ({ method: 'GET', path: `/v1/me/homework?on=${on}` }),

  async bound(bench, { person, query }) {
    const clientId = person.clientId!;
    const [[day], [key]] = (await bench.read(person, [
      { name: 'day', text: DAY, values: [person.practiceId, clientId, query['on'] ?? null, new Date()] },
      keyOf(person, clientId),
    ])) as [[{ on: string; timeZone: string; items: ItemRow[] }], [{ wrapped: Buffer }]];
    const file = bench.installationKey.unwrap(person.practiceId, clientId, key.wrapped);
    const items = day.items.flatMap((row) => itemOf(row, day.on, day.timeZone, file) ?? []);
    await bench.witness(person, { event: 'homework.read', clientId, rowCount: items.length });
    const awake = items.filter(({ isPaused }) => !isPaused);
    return {
      body: {
        on: day.on,
        moments: codesOf(MOMENTS).map((moment) => ({
          moment,
          items: awake.filter((item) => item.moment === moment).map(({ shown }) => shown),
        })),
        paused: items.filter(({ isPaused }) => isPaused).map(({ shown }) => shown),
      },
    };
  },
};

function itemOf(row: ItemRow, on: string, timeZone: string, file: FileCipher) {
  const pauses = row.pauses.map(({ pausedAt, resumedAt }) => ({
    pausedAt: new Date(pausedAt),
    resumedAt: resumedAt === null ? null : new Date(resumedAt),
  }));
  const plan = planOf(
    { ...row, endedAt: row.endedAt === null ? null : new Date(row.endedAt) },
    pauses,
    timeZone,
  );
  if (!isForDay(plan, on)) return undefined;
  const isPaused = isPausedOn(plan, on);
  const expected = isPaused ? undefined : expectedOn(plan, on);
  if (expected === 0 && row.logs.length === 0) return undefined;
  const { id, moment, exercise, message, messageVersion } = row;
  const { title, purpose, steps, cautions, minutes, approach } = exercise;
  const place = { column: 'assignment_messages.message', row: id, version: messageVersion! };
  const shown = {
    assignmentId: id,
    title,
    purpose,
    steps,
    ...(cautions && { cautions }),
    minutes,
    approach,
    ...(message !== null && { message: openText(file, place, message) }),
    ...(expected !== undefined && { expected }),
    done: row.logs.filter(({ outcome }: LogRow) => outcome !== 'skipped').length,
    logs: row.logs.map((log) => logAnswer(log, file)),
  };
  return { moment, isPaused, shown };
}

const DAY = `
  with asked as materialized (
    select time_zone, coalesce($3::date, ($4::timestamptz at time zone time_zone)::date) as day from practices where id = $1
  )
  select asked.day::text as "on", asked.time_zone as "timeZone", coalesce((
    select json_agg(json_build_object(
        'id', a.id, 'moment', a.moment, 'startOn', a.start_on, 'endOn', a.end_on, 'endedAt', a.ended_at,
        'rhythm', json_build_object('kind', a.rhythm, 'timesPerDay', a.times_per_day, 'weekdays', a.weekdays),
        'exercise', json_build_object('title', e.title_nl, 'purpose', e.purpose_nl, 'steps', e.steps_nl,
          'cautions', e.cautions_nl, 'minutes', e.minutes, 'approach', e.approach),
        'message', encode(m.message, 'base64'), 'messageVersion', m.version,
        'pauses', coalesce((
          select json_agg(json_build_object('pausedAt', p.paused_at, 'resumedAt', p.resumed_at) order by p.paused_at)
            from assignment_pauses p where p.practice_id = a.practice_id and p.assignment_id = a.id), '[]'),
        'logs', coalesce((
          select json_agg(${LOGS_JSON} order by l.logged_at, l.id) from ${logTables}
           where l.practice_id = a.practice_id and l.assignment_id = a.id and l.done_on = asked.day), '[]')
      ) order by a.id)
      from assignments a
      join exercise_versions e
        on e.practice_id = a.practice_id and e.exercise_id = a.exercise_id and e.version = a.exercise_version
      left join assignment_messages m on m.practice_id = a.practice_id and m.assignment_id = a.id
     where a.practice_id = $1 and a.client_id = $2 and asked.day between a.start_on and a.end_on
       and (a.ended_at is null or a.ended_at >= asked.day::timestamp at time zone asked.time_zone)
  ), '[]') as items
  from asked`;
