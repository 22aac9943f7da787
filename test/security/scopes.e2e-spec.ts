import { escapeIdentifier } from 'pg';
import { connected } from '../../src/database/embedded/prepare-database.js';
import { startApp, type TestApp } from '../support/app.js';
import { ACCESS_MATRIX } from './access-matrix.js';
import { walk } from './walk-matrix.js';
import { World } from './world.js';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startApp();
  await openTheOtherLock(app.database.superuser);
  world = await World.make(app);
});
afterAll(() => app.close());

describe('every route, called by everybody, with the policies of the database off', () => {
  it.each(ACCESS_MATRIX)('$route', async (row) => {
    const { outcomes, leaked } = await walk(world, row);
    expect({ outcomes, leaked }).toEqual({ outcomes: row.outcomes, leaked: [] });
  });
});

/** What is left is what the service asks for by itself. */
async function openTheOtherLock(superuserUrl: string): Promise<void> {
  await connected(superuserUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity",
    );
    for (const { name } of rows) {
      await client.query(`alter table ${escapeIdentifier(name)} disable row level security`);
    }
  });
}
