import { ACCESS_MATRIX, type Row } from '../security/access-matrix.js';
import { walkAs } from '../security/walk-matrix.js';
import { type CallerName, World } from '../security/world.js';
import { startApp, type TestApp } from '../support/app.js';
import { Wire } from '../support/wire.js';
import { budgetOf, EXCEPTIONS } from './budgets.js';

/**
 * What a request may ask of Postgres. A route that reads row by row, or waits where it could ask together, goes over
 * its budget and fails here, whoever adds it.
 */
let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startApp();
  world = await World.make(app);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => app.close());

describe('a request asks no more of the database than its budget', () => {
  it.each(inOrder(ACCESS_MATRIX))('$route', async (row) => {
    const { queries, trips } = budgetOf(row.route);
    const overspent: object[] = [];
    for (const name of servedIn(row)) {
      const spent = await spentBy(name, row);
      if (spent.queries > queries || spent.trips > trips) overspent.push({ name, ...spent });
    }
    expect(overspent).toEqual([]);
  });

  it('has a budget for what there is, and for nothing else', () => {
    const routes = ACCESS_MATRIX.map(({ route }) => route);
    expect(Object.keys(EXCEPTIONS).filter((route) => !routes.includes(route))).toEqual([]);
  });
});

/** What ends a consent comes last: nothing can be written in that file any more. */
function inOrder(rows: readonly Row[]): Row[] {
  const endsConsent = ({ route }: Row): boolean => /^DELETE .*consents|withdrawal$/.test(route);
  return [...rows.filter((row) => !endsConsent(row)), ...rows.filter(endsConsent)];
}

const KINDS: readonly CallerName[] = ['stranger', 'client', 'coach', 'admin'];

/** One caller of each kind that the route serves; a stranger alone, where it serves everybody alike. */
function servedIn(row: Row): CallerName[] {
  const served = KINDS.filter((name) => row.outcomes[name] === 'ok');
  return served[0] === 'stranger' ? ['stranger'] : served;
}

/** Counts one request, after the one before it has come to rest. */
async function spentBy(name: CallerName, row: Row): Promise<{ queries: number; trips: number }> {
  const sent = await row.send(world, name);
  await settled();
  const wire = Wire.listen();
  await walkAs(sent.as ?? world.caller(name), row.route, sent);
  await settled();
  jest.restoreAllMocks();
  const isQuery = ({ sql }: { sql: string }): boolean =>
    !/^(begin|commit|rollback|select actor\.enter)/.test(sql);
  return { queries: wire.statements.filter(isQuery).length, trips: wire.trips };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
