import type { Language } from '../../common/language.js';
import type { Tx } from '../../database/tx.js';
import type { Rhythm } from '../assignments/rhythm.dto.js';
import type { Approach, Moment } from '../exercises/exercise.entity.js';
import type { PlayableMedium } from '../media/exercise-medium.dto.js';
import { PLAYABLE } from '../media/exercise-medium.queries.js';
import { LOG, type LogRow, LOGS } from '../logs/log.queries.js';

/** A day of a client as the database tells it. */
export interface DayRow {
  readonly on: string;
  readonly timeZone: string;
  /** What was given for this day, in the order it was given. */
  readonly items: readonly ItemRow[];
}

export interface ItemRow {
  readonly id: string;
  readonly moment: Moment;
  readonly rhythm: Rhythm;
  readonly startOn: string;
  readonly endOn: string;
  readonly endedAt: string | null;
  readonly exercise: {
    readonly title: string;
    readonly purpose: string;
    readonly steps: string[];
    readonly cautions: string | null;
    readonly minutes: number;
    readonly approach: Approach;
    readonly media: PlayableMedium | null;
  };
  /** Sealed, in base64. */
  readonly message: string | null;
  readonly messageVersion: number | null;
  readonly pauses: readonly { readonly pausedAt: string; readonly resumedAt: string | null }[];
  readonly logs: readonly LogRow[];
}

/**
 * A whole day in one round trip: the page that a client opens most. What had ended before the day began is left out
 * here; which of the rest the day expects is for the rules of `occurrences.ts`. The day is worked out apart: a policy
 * lets an index be asked for a value, and not for one that is still to be computed.
 * @param on the day, or today as `now` is in the practice's time zone
 * @param language one of two words, so that it may name a column
 */
export async function homeworkDay(
  tx: Tx,
  {
    clientId,
    on,
    now,
    language,
  }: { clientId: string; on: string | undefined; now: Date; language: Language },
): Promise<DayRow> {
  const [day] = await tx.query<DayRow>(
    `with asked as materialized (
       select time_zone, coalesce($3::date, ($4::timestamptz at time zone time_zone)::date) as day
         from practices where id = $1
     )
     select asked.day::text as "on", asked.time_zone as "timeZone", coalesce((
       select json_agg(json_build_object(
           'id', a.id, 'moment', a.moment, 'startOn', a.start_on, 'endOn', a.end_on, 'endedAt', a.ended_at,
           'rhythm', json_build_object('kind', a.rhythm, 'timesPerDay', a.times_per_day, 'weekdays', a.weekdays),
           'exercise', json_build_object('title', e.title_${language}, 'purpose', e.purpose_${language},
             'steps', e.steps_${language}, 'cautions', e.cautions_${language}, 'minutes', e.minutes,
             'approach', e.approach, 'media', ${PLAYABLE}),
           'message', encode(m.message, 'base64'), 'messageVersion', m.version,
           'pauses', coalesce((
             select json_agg(json_build_object('pausedAt', p.paused_at, 'resumedAt', p.resumed_at) order by p.paused_at)
               from assignment_pauses p where p.practice_id = a.practice_id and p.assignment_id = a.id), '[]'),
           'logs', coalesce((
             select json_agg(${LOG} order by l.logged_at, l.id)
               from ${LOGS}
              where l.practice_id = a.practice_id and l.assignment_id = a.id and l.done_on = asked.day), '[]')
         ) order by a.id)
         from assignments a
         join exercise_versions e
           on e.practice_id = a.practice_id and e.exercise_id = a.exercise_id and e.version = a.exercise_version
         left join assignment_messages m on m.practice_id = a.practice_id and m.assignment_id = a.id
        where a.practice_id = $1 and a.client_id = $2 and asked.day between a.start_on and a.end_on
          and (a.ended_at is null or a.ended_at >= asked.day::timestamp at time zone asked.time_zone)
     ), '[]') as items
     from asked`,
    [tx.practiceId, clientId, on ?? null, now],
  );
  return day!;
}
