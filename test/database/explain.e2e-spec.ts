import { Client } from 'pg';
import { DataSource, type Logger } from 'typeorm';
import { AccessTokens } from '../../src/auth/access-tokens.js';
import type { Person, Role } from '../../src/common/actor.js';
import { LARGEST_PAGE_SIZE } from '../../src/common/page.js';
import { begin } from '../../src/database/actor-settings.js';
import { startApp, type TestApp } from '../support/app.js';
import { Caller, told } from '../support/caller.js';
import { Wire } from '../support/wire.js';
import { LONG_FILE, lengthenFile } from './long-file.js';
import { adminId, clientId, coachId, fillWithMany, loginId, practiceId } from './many-rows.js';

/** Each list of the API, as the one who reads it; a `+` reads its second page. */
const LISTS: readonly (readonly ['coach' | 'admin', string])[] = [
  ['coach', '/v1/clients'],
  ['coach', '/v1/clients +'],
  ['coach', '/v1/clients?status=active'],
  ['coach', '/v1/clients?status=active +'],
  ['admin', '/v1/clients'],
  ['admin', '/v1/clients +'],
  ['admin', '/v1/clients?status=prospect'],
  ['admin', '/v1/clients?status=prospect +'],
  ['coach', '/v1/sessions'],
  ['coach', '/v1/sessions +'],
  ['coach', '/v1/sessions?status=planned'],
  ['coach', '/v1/sessions?status=completed +'],
  ['coach', '/v1/sessions?from=2026-01-01&to=2026-02-01'],
  ['coach', `/v1/sessions?clientId=${clientId(1, 7)}`],
  ['coach', '/v1/sessions?unsigned=true'],
  ['coach', '/v1/sessions?unsigned=true +'],
  ['admin', '/v1/sessions?unsigned=true'],
  ['admin', '/v1/sessions?unsigned=true +'],
  ['coach', `/v1/clients/${clientId(1, 20)}/notes`],
  ['coach', `/v1/clients/${clientId(1, 20)}/notes/starting-point`],
  ['coach', '/v1/notes?q=adem'],
  ['coach', `/v1/notes?q=adem&clientId=${clientId(1, 20)}`],
  ['admin', '/v1/sessions'],
  ['admin', '/v1/sessions +'],
  ['admin', '/v1/sessions?status=no_show'],
  ['admin', '/v1/sessions?status=completed +'],
  ['admin', '/v1/sessions?from=2026-01-01&to=2026-02-01'],
  ['admin', `/v1/sessions?clientId=${clientId(1, 7)}`],
  ['admin', '/v1/users'],
  ['admin', '/v1/users +'],
  ['admin', '/v1/audit-events'],
  ['admin', '/v1/audit-events +'],
  ['admin', `/v1/audit-events?clientId=${clientId(1, 7)}`],
  ['admin', `/v1/audit-events?userId=${coachId(1, 1)}`],
  ['admin', `/v1/audit-events?userId=${coachId(1, 1)} +`],
  ['admin', '/v1/audit-events?from=2026-01-01&to=2026-02-01'],
];

interface Asked {
  readonly sql: string;
  readonly values: unknown[];
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

let app: TestApp;
let superuser: Client;
let serving: Client;
let asked: Asked[];

beforeAll(async () => {
  app = await startApp();
  superuser = new Client({ connectionString: app.database.superuser });
  serving = new Client({ connectionString: app.database.serving });
  await Promise.all([superuser.connect(), serving.connect()]);
  await fillWithMany(superuser);
  await lengthenFile(superuser);
  listenToQueries();
}, 60_000);
afterAll(async () => {
  await Promise.all([superuser.end(), serving.end()]);
  await app.close();
});

describe('among many rows a list is read along an index, a page at a time:', () => {
  it.each(LISTS)('%s %s', async (role, list) => {
    const reader = personOf(role);
    const queries = await queriesOf(callerFor(reader), list);
    expect(queries.length).toBeGreaterThan(0);
    for (const query of queries) {
      const plan = await planOf(reader, query);
      expect({ sql: query.sql, slow: slowIn(plan) }).toEqual({ sql: query.sql, slow: [] });
    }
  });
});

describe('the timeline of a file with thousands of everything', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['coach', ''],
    ['coach', ' +'],
    ['coach', '?kind=log'],
    ['coach', '?kind=assignment +'],
    ['coach', '?from=2024-02-01&to=2024-03-01'],
    ['admin', ''],
    ['admin', ' +'],
    ['admin', '?kind=log +'],
  ] as const)('is for %s%s a page of each kind, along an index', async (role, asks) => {
    const reader = personOf(role);
    const [query, isSecondPage] = asks.split(' ');
    const url = `/v1/clients/${LONG_FILE}/timeline${query}`;
    const caller = callerFor(reader);
    const { next } = told<{ next?: string }>(await caller.get(url));
    const wire = Wire.listen();
    told(await caller.get(isSecondPage ? `${url}${query ? '&' : '?'}cursor=${next!}` : url));
    const statements = wire.statements.filter(({ sql }) => /from clients f/.test(sql));
    jest.restoreAllMocks();
    expect(statements).toHaveLength(1);
    const plan = await planOf(reader, { sql: statements[0]!.sql, values: [...statements[0]!.values] });
    expect(branchesIn(plan).flatMap(slowIn)).toEqual([]);
    expect(branchesIn(plan).length).toBeGreaterThan(0);
  });
});

/** What is read of each kind: all that lies below the node where the kinds come together, or else the limits. */
function branchesIn(plan: Plan): Plan[] {
  const inner = plan.Plans ?? [];
  return /Append/.test(plan['Node Type'])
    ? inner
    : [...(isScan(plan) ? [plan] : []), ...inner.flatMap(branchesIn)];
}

const isScan = (plan: Plan): boolean => plan['Relation Name'] !== undefined;

/** A page, and the row too many that tells of a next one; none of the nodes needs to look at more. */
const A_PAGE = LARGEST_PAGE_SIZE + 1;

/** Nodes that look at whole tables, sort more than a page, or throw away most of what they read. */
function slowIn(plan: Plan): string[] {
  const rows = (plan['Actual Rows'] ?? 0) * (plan['Actual Loops'] ?? 1);
  const removed = plan['Rows Removed by Filter'] ?? 0;
  const node = `${plan['Node Type']} ${plan['Relation Name'] ?? ''}`.trim();
  const isSlow =
    (plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] !== 'practices' && rows + removed > A_PAGE) ||
    (/Sort/.test(plan['Node Type']) && rows > A_PAGE) ||
    rows > A_PAGE ||
    removed > 10 * A_PAGE;
  const inner = (plan.Plans ?? []).flatMap(slowIn);
  return isSlow ? [`${node}: ${rows} rows, ${removed} thrown away`, ...inner] : inner;
}

/** The statements with which the service answers a list: all reads, without the actor's own check. */
async function queriesOf(caller: Caller, list: string): Promise<Asked[]> {
  const [url, isSecondPage] = list.split(' ') as [string, string?];
  asked = [];
  const first = told<{ next?: string }>(await caller.get(url));
  if (isSecondPage) {
    asked = [];
    told(await caller.get(`${url}${url.includes('?') ? '&' : '?'}cursor=${first.next!}`));
  }
  return asked.filter(({ sql }) => /^\s*select/i.test(sql));
}

async function planOf(reader: Person, { sql, values }: Asked): Promise<Plan> {
  await serving.query(begin(reader, 'read only'));
  try {
    // As for a disk without a head to move; the default is for one with.
    await serving.query('set local random_page_cost = 1.1');
    const { rows } = await serving.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (analyze, format json) ${sql}`,
      values,
    );
    return rows[0]!['QUERY PLAN'][0].Plan;
  } finally {
    await serving.query('rollback');
  }
}

function personOf(role: Role & ('coach' | 'admin')): Person {
  const number = role === 'admin' ? 0 : 1;
  return {
    practiceId: practiceId(1),
    userId: role === 'admin' ? adminId(1) : coachId(1, number),
    loginId: loginId(1, number),
    roles: [role],
    origin: { requestId: practiceId(1) },
  };
}

function callerFor({ practiceId: practice, userId, loginId: login, roles }: Person): Caller {
  const accessToken = app.get(AccessTokens).mint({ sub: userId, practice, login, roles });
  const user = { id: userId, name: 'Lezer', roles: [...roles] };
  return new Caller(app, { accessToken, refreshToken: '', expiresIn: 600, user });
}

/** Every statement that goes to the database through TypeORM, with its values. */
function listenToQueries(): void {
  const silent = (): void => undefined;
  const logger: Logger = {
    logQuery: (sql, values) => void asked.push({ sql, values: (values as unknown[] | undefined) ?? [] }),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
  asked = [];
  const source = app.get(DataSource);
  source.logger = logger;
  Object.assign(source.options, { logging: true });
}
