import { connected } from '../src/database/embedded/prepare-database.js';
import type { DataSet } from './data/data-set.js';
import { idOf, LARGE, SESSIONS_PER_CLIENT } from './data/shape.js';
import type { World } from './operations/operation.js';
import { cursorOf } from './operations/shared.js';

/** So many different pages lie around nine tenths of the list. */
const DEEP_PAGES = 1_000;

export async function worldOf({ shape, urls, on }: DataSet): Promise<World> {
  const deep = Math.round(shape.clients * SESSIONS_PER_CLIENT * 0.9) - DEEP_PAGES / 2;
  const places = await connected(urls.superuser, (client) =>
    client.query<{ starts_at: Date; id: string }>(
      `select starts_at, id from sessions where practice_id = $1
        order by starts_at desc, id desc offset $2 limit $3`,
      [idOf('practice', LARGE, 0), deep, DEEP_PAGES],
    ),
  );
  const deepCursors = places.rows.map(({ starts_at, id }) => cursorOf(String(starts_at.getTime()), id));
  return { shape, on, deepCursors };
}
