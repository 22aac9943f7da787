import { startApp, type TestApp } from '../support/app.js';
import { ACCESS_MATRIX } from './access-matrix.js';
import { walk } from './walk-matrix.js';
import { World } from './world.js';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startApp();
  world = await World.make(app);
});
afterAll(() => app.close());

describe('every route, called by everybody', () => {
  it.each(ACCESS_MATRIX)('$route', async (row) => {
    const { outcomes, unaudited, leaked } = await walk(world, row);
    expect(outcomes).toEqual(row.outcomes);
    expect({ unaudited, leaked }).toEqual({ unaudited: [], leaked: [] });
  });
});
