import { Client, escapeLiteral } from 'pg';
import { AccessTokens } from '../../src/auth/access-tokens.js';
import type { Person, Role } from '../../src/common/actor.js';
import { LARGEST_PAGE_SIZE } from '../../src/common/page.js';
import { begin } from '../../src/database/actor-settings.js';
import { PLANNER } from '../../src/database/data-source.js';
import { startApp, type TestApp } from '../support/app.js';
import { Caller, told } from '../support/caller.js';
import { type Statement, Wire } from '../support/wire.js';
import { CLIENT_USER, EXERCISES, LONG_FILE, lengthenFile, TIMES } from './long-file.js';
import { clientId, coachId, fillWithMany, loginId, practiceId, userId } from './many-rows.js';

/** Each list of the API, as the one who reads it; a `+` reads its second page. */
const LISTS: readonly (readonly [Role, string])[] = [
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
  ['coach', '/v1/articles'],
  ['coach', '/v1/intake-requests'],
  ['coach', '/v1/intake-requests?status=new'],
  ['coach', `/v1/clients/${LONG_FILE}/readings`],
  ['client', '/v1/me/readings'],
  ['coach', '/v1/notes?q=adem'],
  ['coach', `/v1/notes?q=adem&clientId=${clientId(1, 40)}`],
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
  ['admin', '/v1/data-requests'],
  ['admin', '/v1/data-requests +'],
  ['admin', '/v1/exports'],
  ['coach', `/v1/clients/${LONG_FILE}/assignments`],
  ['coach', `/v1/clients/${LONG_FILE}/assignments +`],
  ['coach', `/v1/clients/${LONG_FILE}/assignments?status=stopped +`],
  ['coach', `/v1/clients/${LONG_FILE}/consents`],
  ['coach', `/v1/clients/${LONG_FILE}/consents +`],
  ['coach', `/v1/sessions?clientId=${LONG_FILE} +`],
  ['coach', `/v1/clients/${LONG_FILE}/notes +`],
  ['coach', `/v1/clients/${LONG_FILE}/check-ins`],
  ['coach', `/v1/clients/${LONG_FILE}/check-ins +`],
  ['client', '/v1/me/check-ins'],
  ['client', '/v1/me/check-ins +'],
  ['client', '/v1/me/sessions'],
  ['client', '/v1/me/sessions +'],
  ['client', '/v1/me/assignments'],
  ['client', '/v1/me/assignments +'],
  ['client', '/v1/me/consents +'],
  ['client', '/v1/me/notes'],
  ['client', '/v1/me/access-log'],
];

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

beforeAll(async () => {
  app = await startApp();
  superuser = new Client({ connectionString: app.database.superuser });
  serving = new Client({ connectionString: app.database.serving, options: PLANNER });
  await Promise.all([superuser.connect(), serving.connect()]);
  await fillWithMany(superuser);
  await lengthenFile(superuser);
}, 180_000);
afterAll(async () => {
  await Promise.all([superuser.end(), serving.end()]);
  await app.close();
});

afterEach(() => jest.restoreAllMocks());

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

describe('the catalogue', () => {
  it.each(['/v1/exercises', '/v1/exercises +'])('is read whole at most: %s', async (list) => {
    const reader = personOf('coach');
    const [query, ...others] = await queriesOf(callerFor(reader), list);
    expect(others).toEqual([]);
    expect(slowIn(await planOf(reader, query!), EXERCISES)).toEqual([]);
  });
});

describe('the progress of a file with thousands of everything', () => {
  it.each([
    ['coach', `/v1/clients/${LONG_FILE}/progress`, ''],
    ['client', '/v1/me/progress', ''],
    ['coach', `/v1/clients/${LONG_FILE}/progress`, '?from=2024-01-01&to=2025-12-31'],
    ['client', '/v1/me/progress', '?from=2024-01-01&to=2025-12-31'],
  ] as const)('is for %s: %s%s added up along the indexes of this file', async (role, url, range) => {
    const reader = personOf(role);
    const [query, ...others] = (await queriesOf(callerFor(reader), `${url}${range}`)).filter(({ sql }) =>
      sql.includes('with asked'),
    );
    expect(others).toEqual([]);
    // All of a file is in order before it is grouped; of any other file nothing is read.
    const isOrdered = (node: string): boolean => /^(Sort|Incremental Sort)/.test(node);
    // Its assignments and its logs are put one under another.
    const most = 2 * THE_FILE;
    const slow = slowIn(await planOf(reader, query!), most);
    expect(slow.filter((node) => !isOrdered(node) || rowsOf(node) > most)).toEqual([]);
  });
});

describe('the timeline of a file with thousands of everything', () => {
  it.each([
    ['coach', ''],
    ['coach', ' +'],
    ['coach', '?kind=log'],
    ['coach', '?kind=assignment +'],
    ['coach', '?from=2024-02-01&to=2024-03-01'],
    ['admin', ''],
    ['admin', ' +'],
    ['admin', '?kind=log +'],
  ] as const)('is for %s%s at most the file, along an index', async (role, asks) => {
    const reader = personOf(role);
    const [asked, isSecondPage] = asks.split(' ');
    const url = `/v1/clients/${LONG_FILE}/timeline${asked}`;
    const page = isSecondPage ? ' +' : '';
    const [query, ...others] = (await queriesOf(callerFor(reader), `${url}${page}`)).filter(({ sql }) =>
      sql.includes('from clients f'),
    );
    expect(others).toEqual([]);
    const plan = await planOf(reader, query!);
    expect(slowIn(plan, THE_FILE)).toEqual([]);
  });
});

/** A page, and the row too many that tells of a next one; none of the nodes needs to look at more. */
const A_PAGE = LARGEST_PAGE_SIZE + 1;

/** Where a kind is read to its end after all, it is that of one file and no more. */
const THE_FILE = TIMES + A_PAGE;

/** Tables with a handful of rows per practice, which are read whole wherever that is faster. */
const SMALL = ['practices', 'exercises', 'exercise_versions'];

const rowsOf = (node: string): number => Number(/: ([\d.]+) rows/.exec(node)![1]);

/** Nodes that look at whole tables, sort more than a page, or throw away most of what they read. */
function slowIn(plan: Plan, most = A_PAGE): string[] {
  const rows = (plan['Actual Rows'] ?? 0) * (plan['Actual Loops'] ?? 1);
  const removed = plan['Rows Removed by Filter'] ?? 0;
  const node = `${plan['Node Type']} ${plan['Relation Name'] ?? ''}`.trim();
  const isSlow =
    (plan['Node Type'] === 'Seq Scan' &&
      !SMALL.includes(plan['Relation Name']!) &&
      rows + removed > A_PAGE) ||
    (/Sort/.test(plan['Node Type']) && rows > A_PAGE) ||
    (plan['Node Type'] !== 'Materialize' && rows > most) ||
    removed > 10 * most;
  const inner = (plan.Plans ?? []).flatMap((one) => slowIn(one, most));
  return isSlow ? [`${node}: ${rows} rows, ${removed} thrown away`, ...inner] : inner;
}

/** The statements that read a list, without the proof of who reads it and the witness of it. */
async function queriesOf(caller: Caller, list: string): Promise<Statement[]> {
  const [url, isSecondPage] = list.split(' ') as [string, string?];
  const wire = Wire.listen();
  const { next } = told<{ next?: string }>(await caller.get(url));
  if (isSecondPage) {
    wire.forget();
    told(await caller.get(`${url}${url.includes('?') ? '&' : '?'}cursor=${next!}`));
  }
  jest.restoreAllMocks();
  const isNoRead = /actor\.enter|insert into|update /i;
  return wire.statements.filter(({ sql }) => /^\s*(select|with)/i.test(sql) && !isNoRead.test(sql));
}

async function planOf(reader: Person, { sql, values }: Statement): Promise<Plan> {
  await serving.query(begin(reader, 'read only'));
  try {
    // As a prepared statement is planned that was asked often: without knowing for whom.
    await serving.query('set local plan_cache_mode = force_generic_plan');
    await serving.query(`prepare asked as ${sql}`);
    const { rows } = await serving.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (analyze, format json) execute asked (${values.map(literal).join(', ')})`,
    );
    return rows[0]!['QUERY PLAN'][0].Plan;
  } finally {
    await serving.query('rollback; deallocate all');
  }
}

function personOf(role: Role): Person {
  const number = { admin: 0, coach: 1, client: CLIENT_USER }[role];
  return {
    practiceId: practiceId(1),
    userId: userId(1, number),
    loginId: loginId(1, number),
    roles: [role],
    ...(role === 'client' && { clientId: LONG_FILE }),
    origin: { requestId: practiceId(1) },
  };
}

function callerFor({
  practiceId: practice,
  userId: id,
  loginId: login,
  roles,
  clientId: file,
}: Person): Caller {
  const accessToken = app.get(AccessTokens).mint({ sub: id, practice, login, roles, client: file });
  const user = { id, name: 'Lezer', roles: [...roles] };
  return new Caller(app, { accessToken, refreshToken: '', expiresIn: 600, user });
}

const literal = (value: unknown): string =>
  value == null
    ? 'null'
    : escapeLiteral(
        value instanceof Date
          ? value.toISOString()
          : Array.isArray(value)
            ? `{${value.join(',')}}`
            : typeof value === 'string'
              ? value
              : JSON.stringify(value),
      );
