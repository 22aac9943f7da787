import { ACCESS_MATRIX, type Row } from '../security/access-matrix.js';
import { walkAs } from '../security/walk-matrix.js';
import { type CallerName, World } from '../security/world.js';
import { startApp, type TestApp } from '../support/app.js';
import { Wire } from '../support/wire.js';

let app: TestApp;
let world: World;
const seen: string[] = [];
beforeAll(async () => {
  app = await startApp();
  world = await World.make(app);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  require('fs').writeFileSync('/tmp/prof/budget.txt', seen.join('\n'));
  await app.close();
});

const INSIDE: readonly CallerName[] = ['coach', 'admin', 'client'];
describe('budget', () => {
  it.each(ACCESS_MATRIX)('$route', async (row: Row) => {
    const [method] = row.route.split(' ');
    for (const name of INSIDE.filter((one) => row.outcomes[one] === 'ok')) {
      // the second time, as what is prepared on first use is there by then
      const sent = await row.send(world, name);
      const wire = Wire.listen();
      await walkAs(sent.as ?? world.caller(name), row.route, sent);
      await new Promise((r) => setImmediate(r));
      const q = wire.statements.filter(({ sql }) => !/^(begin|commit)/.test(sql)).length;
      seen.push(`${method} ${q} ${wire.trips} ${row.route} ${name}`);
      jest.restoreAllMocks();
    }
  });
});
