import type { Operation } from './operation.js';
import { cursorOf, isoSql, keyOf, openText } from './shared.js';

const PAGE = 25;

interface OwnAssignment {
  readonly id: string;
  readonly message: string | null;
  readonly messageVersion: number | null;
  readonly shown: object;
}

/** What a client was given, newest first, in their language. */
export const assignments: Operation = {
  name: 'assignments',
  title: "client's assignments",
  as: 'client',
  method: 'GET',
  route: '/v1/me/assignments',
  tellsTheSame: true,
  request: () => ({ method: 'GET', path: '/v1/me/assignments' }),

  async bound(bench, { person }) {
    const clientId = person.clientId!;
    const [[row], [key]] = (await bench.read(person, [
      { name: 'assignments', text: ASSIGNMENTS, values: [person.practiceId, clientId, PAGE + 1] },
      keyOf(person, clientId),
    ])) as [[{ items: OwnAssignment[] }], [{ wrapped: Buffer }]];
    const shown = row.items.slice(0, PAGE);
    const file = bench.installationKey.unwrap(person.practiceId, clientId, key.wrapped);
    await bench.witness(person, { event: 'assignments.listed', clientId, rowCount: shown.length });
    return {
      body: {
        items: shown.map(({ id, message, messageVersion, shown }) => {
          const place = { column: 'assignment_messages.message', row: id, version: messageVersion! };
          return message === null ? shown : { ...shown, message: openText(file, place, message) };
        }),
        ...(row.items.length > PAGE && { next: cursorOf(shown.at(-1)!.id) }),
      },
    };
  },
};

const ASSIGNMENTS = `
  select coalesce(json_agg(json_build_object(
      'id', a.id, 'message', encode(m.message, 'base64'), 'messageVersion', m.version,
      'shown', json_strip_nulls(json_build_object(
        'id', a.id,
        'exercise', json_build_object('title', e.title_nl, 'purpose', e.purpose_nl, 'steps', e.steps_nl,
          'cautions', e.cautions_nl, 'technique', e.technique, 'approach', e.approach, 'minutes', e.minutes),
        'sessionId', a.session_id, 'status', a.status, 'moment', a.moment,
        'rhythm', case a.rhythm when 'free' then json_build_object('kind', 'free')
                  else json_build_object('kind', a.rhythm, 'timesPerDay', a.times_per_day, 'weekdays', a.weekdays) end,
        'startOn', a.start_on, 'endOn', a.end_on, 'pausedAt', ${isoSql('p.paused_at')},
        'endedAt', ${isoSql('a.ended_at')}, 'version', a.version))) order by a.id desc), '[]') as items
    from (select * from assignments where practice_id = $1 and client_id = $2 order by id desc limit $3) a
    join exercise_versions e
      on e.practice_id = a.practice_id and e.exercise_id = a.exercise_id and e.version = a.exercise_version
    left join assignment_messages m on m.practice_id = a.practice_id and m.assignment_id = a.id
    left join assignment_pauses p on p.practice_id = a.practice_id and p.assignment_id = a.id and p.resumed_at is null`;
