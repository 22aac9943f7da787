import { JsonText } from '../../common/json-text.js';
import { Conditions } from '../../database/conditions.js';
import { instant, object } from '../../database/json.js';
import type { Tx } from '../../database/tx.js';
import type { ExerciseSetView } from './exercise-set.dto.js';

const VIEW = object({
  id: 's.id',
  name: 's.name',
  items: 'i.items',
  createdAt: instant('s.created_at'),
  version: 's.version',
});

/** Sets in the order they were made, each with its exercises as they are published now. */
export async function setViews(
  tx: Tx,
  { id, after, limit }: { id?: string; after?: string; limit: number },
): Promise<JsonText<ExerciseSetView>[]> {
  const where = new Conditions()
    .and('s.practice_id = ?', tx.practiceId)
    .and('s.id = ?', id)
    .and('s.id > ?', after);
  const rows = await tx.query<{ view: string }>(
    `select ${VIEW} as view
       from exercise_sets s
      cross join lateral (
        select json_agg(json_strip_nulls(json_build_object(
                 'exerciseId', i.exercise_id,
                 'moment', i.moment,
                 'rhythm', json_build_object('kind', i.rhythm, 'timesPerDay', i.times_per_day, 'weekdays', i.weekdays),
                 'title', json_build_object('nl', v.title_nl, 'en', v.title_en),
                 'available', e.status = 'published')) order by i.place) as items
          from exercise_set_items i
          join exercises e on e.practice_id = i.practice_id and e.id = i.exercise_id
          join exercise_versions v
            on v.practice_id = e.practice_id and v.exercise_id = e.id and v.version = e.published_version
         where i.practice_id = s.practice_id and i.set_id = s.id
      ) i
      where ${where.sql}
      order by s.id
      limit ${where.value(limit)}`,
    where.values,
  );
  return rows.map(({ view }) => new JsonText<ExerciseSetView>(view));
}
