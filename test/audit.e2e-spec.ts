import { randomUUID } from 'node:crypto';
import type { Response } from 'light-my-request';
import { Client } from 'pg';
import type { AuditEventPage } from '../src/audit/audit-log.dto.js';
import { Audit } from '../src/audit/audit.js';
import { addDays, startOfDay } from '../src/common/day.js';
import { Tenant } from '../src/database/tenant.js';
import { type TestApp, startApp } from './support/app.js';
import { problemOf, told } from './support/caller.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { Wire } from './support/wire.js';

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
afterEach(() => {
  app.clock.reset();
  jest.restoreAllMocks();
});
afterAll(() => app.close());

const requestIdOf = (answer: Response): string => String(answer.headers['x-request-id']);
const eventsOf = (answer: Response) =>
  rows(app, 'select * from audit_events where request_id = $1 order by id', [requestIdOf(answer)]);
const log = async (query = ''): Promise<AuditEventPage> =>
  told(await practice.admin.get(`/v1/audit-events?limit=100${query}`));

/** From here on the database refuses audit rows, until the test ends. */
async function whileTheLogIsShut<T>(work: () => Promise<T>): Promise<T> {
  await rows(app, 'revoke insert on audit_events from ademruimte_app');
  try {
    return await work();
  } finally {
    await rows(app, 'grant insert on audit_events to ademruimte_app');
  }
}

describe('a change', () => {
  it('is in the log with who, whose file, from where and in which request', async () => {
    const { id } = await openFile(practice.coach);
    const answer = await practice.coach.post(`/v1/clients/${id}/pause`);
    expect(await eventsOf(answer)).toEqual([
      expect.objectContaining({
        event: 'client.paused',
        outcome: 'done',
        user_id: practice.coach.id,
        roles: ['coach'],
        client_id: id,
        object_id: id,
        address: '127.0.0.1',
      }),
    ]);
  });

  it('that is rolled back is not in the log', async () => {
    const actor = {
      practiceId: practice.id,
      task: 'invitation',
      origin: { requestId: randomUUID() },
    } as const;
    const failed = app.get(Tenant).change(actor, (tx) => {
      app.get(Audit).record(tx, { event: 'nothing.happened' });
      return Promise.reject(new Error('too bad'));
    });
    await expect(failed).rejects.toThrow('too bad');
    expect(await rows(app, "select from audit_events where event = 'nothing.happened'")).toEqual([]);
  });

  it('does not happen when the log cannot be written', async () => {
    const { id } = await openFile(practice.coach);
    const answer = await whileTheLogIsShut(() => practice.coach.post(`/v1/clients/${id}/pause`));
    expect(answer.statusCode).toBe(500);
    expect(told(await practice.coach.get(`/v1/clients/${id}`))).toMatchObject({ status: 'active' });
  });
});

describe('a read', () => {
  it('is in the log before its answer is there', async () => {
    const { id } = await openFile(practice.coach);
    const answer = await practice.coach.get(`/v1/clients/${id}`);
    expect(await eventsOf(answer)).toEqual([
      expect.objectContaining({ event: 'client.read', client_id: id }),
    ]);
  });

  it('tells nothing when the log cannot be written', async () => {
    const { id, name } = await openFile(practice.coach, { name: 'Iemand Verborgen' });
    const answer = await whileTheLogIsShut(() => practice.coach.get(`/v1/clients/${id}`));
    expect([answer.statusCode, problemOf(answer)]).toEqual([500, 'unexpected']);
    expect(answer.body).not.toContain(name);
    expect((await practice.coach.get(`/v1/clients/${id}`)).statusCode).toBe(200);
  });

  it('of many at the same moment is written in a few statements, each row once', async () => {
    const { id } = await openFile(practice.coach);
    const wire = Wire.listen();
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => practice.coach.get(`/v1/clients/${id}`)),
    );
    const inserts = wire.statements.filter(({ sql }) => sql.includes('insert into audit_events')).length;
    jest.restoreAllMocks();
    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
    expect(inserts).toBeLessThan(40);
    const written = await rows(app, 'select from audit_events where request_id = any ($1)', [
      answers.map(requestIdOf),
    ]);
    expect(written).toHaveLength(60);
  });

  it('given in one go travels in one statement', async () => {
    const actor = {
      practiceId: practice.id,
      task: 'invitation',
      origin: { requestId: randomUUID() },
    } as const;
    const wire = Wire.listen();
    await Promise.all(
      Array.from({ length: 50 }, () => app.get(Audit).witness(actor, { event: 'test.witnessed' })),
    );
    expect(wire.statements.filter(({ sql }) => sql.includes('insert into audit_events'))).toHaveLength(1);
    jest.restoreAllMocks();
  });

  it('whose row is refused fails alone', async () => {
    const origin = { requestId: randomUUID() };
    const witness = (practiceId: string) =>
      app.get(Audit).witness({ practiceId, task: 'invitation', origin }, { event: 'test.shared' });
    const outcomes = await Promise.allSettled([
      witness(practice.id),
      witness(randomUUID()),
      witness(practice.id),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(
      await rows(app, 'select from audit_events where request_id = $1', [origin.requestId]),
    ).toHaveLength(2);
  });
});

describe('a refusal', () => {
  it.each([
    [
      'what is not there',
      404,
      () => practice.coach.get(`/v1/clients/${randomUUID()}`),
      'GET /v1/clients/:id',
    ],
    ['what is not for this role', 403, () => practice.coach.get('/v1/users'), 'GET /v1/users'],
  ])('of %s is in the log', async (_, status, ask, ground) => {
    const answer = await ask();
    expect(answer.statusCode).toBe(status);
    expect(await eventsOf(answer)).toEqual([
      expect.objectContaining({
        event: 'request.refused',
        outcome: 'refused',
        ground,
        user_id: practice.coach.id,
      }),
    ]);
  });

  it('of a file names that file', async () => {
    const { id } = await openFile(practice.coach);
    const answer = await practice.otherCoach.get(`/v1/clients/${id}`);
    expect(await eventsOf(answer)).toEqual([expect.objectContaining({ object_id: id, outcome: 'refused' })]);
  });

  it('of a login that was ended is in the log', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    await client.post('/v1/auth/logout');
    const answer = await client.get('/v1/me');
    expect(answer.statusCode).toBe(401);
    expect(await eventsOf(answer)).toEqual([expect.objectContaining({ user_id: client.id })]);
  });

  it('is told only when it is in the log', async () => {
    const answer = await whileTheLogIsShut(() => practice.coach.get('/v1/users'));
    expect(answer.statusCode).toBe(500);
  });
});

describe('the log', () => {
  it('holds no content: no name, address, question or password', async () => {
    const secrets = {
      name: 'Zeer Herkenbaar',
      email: 'herkenbaar@geheim.example',
      company: 'Geheim bv',
      question: 'Waarom huil ik elke ochtend?',
    };
    const client = await openFileWithAccount(app, practice.coach, secrets);
    await practice.coach.get(`/v1/clients/${client.clientId}`);
    await practice.coach.patch(`/v1/clients/${client.clientId}`, { question: 'Waarom slaap ik niet?' });
    await client.get('/v1/me/consents');
    const lines = await rows<{ line: string }>(
      app,
      'select a::text as line from audit_events a union all select s::text from security_events s',
    );
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.map(({ line }) => line).join()).not.toMatch(
      /herkenbaar|geheim|huil|slaap|wachtzin|Coen|praktijk-\d|@/i,
    );
  });

  it('can be added to and read, and nothing else, by the role that serves', async () => {
    const serving = new Client({ connectionString: app.database.serving });
    await serving.connect();
    try {
      for (const table of ['audit_events', 'security_events']) {
        for (const sql of [`update ${table} set event = 'x'`, `delete from ${table}`, `truncate ${table}`]) {
          await expect(serving.query(sql)).rejects.toMatchObject({ code: '42501' });
        }
      }
      // Without an actor there is nothing to read.
      for (const table of ['audit_events', 'audit_event_clients', 'audit_seals', 'security_events']) {
        expect((await serving.query(`select from ${table}`)).rowCount).toBe(0);
      }
    } finally {
      await serving.end();
    }
  });

  it('is read by the admin of its own practice only', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    for (const caller of [practice.coach, client]) {
      expect((await caller.get('/v1/audit-events')).statusCode).toBe(403);
    }
    const other = await openPractice(app);
    const { items } = told<AuditEventPage>(await other.admin.get('/v1/audit-events?limit=100'));
    expect(items.map(({ userId }) => userId)).not.toContain(practice.coach.id);
  });

  it('says that it was read', async () => {
    const answer = await practice.admin.get('/v1/audit-events?limit=3');
    expect(await eventsOf(answer)).toEqual([
      expect.objectContaining({ event: 'audit_events.listed', user_id: practice.admin.id, row_count: 3 }),
    ]);
  });

  it('comes newest first, page by page, each event once', async () => {
    const { id } = await openFile(practice.coach);
    for (let i = 0; i < 4; i += 1) await practice.coach.get(`/v1/clients/${id}`);
    const seen: string[] = [];
    for (let url: string | undefined = `/v1/audit-events?clientId=${id}&limit=2`; url;) {
      const page: AuditEventPage = told(await practice.admin.get(url));
      seen.push(
        ...page.items.filter(({ event }) => event !== 'audit_events.listed').map((event) => event.id),
      );
      url = page.next && `/v1/audit-events?clientId=${id}&limit=2&cursor=${page.next}`;
    }
    expect(seen.length).toBeGreaterThanOrEqual(6);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  it('is narrowed to one file, to one user, and to both', async () => {
    const { id } = await openFile(practice.coach);
    await practice.admin.get(`/v1/clients/${id}`);
    const [ofFile, ofUser, ofBoth] = [
      await log(`&clientId=${id}`),
      await log(`&userId=${practice.admin.id}`),
      await log(`&clientId=${id}&userId=${practice.admin.id}`),
    ];
    expect(ofFile.items.every(({ clientId }) => clientId === id)).toBe(true);
    expect(ofUser.items.every(({ userId }) => userId === practice.admin.id)).toBe(true);
    expect(ofBoth.items.map(({ event }) => event)).toContain('client.read');
    expect(
      ofBoth.items.every(({ clientId, userId }) => clientId === id && userId === practice.admin.id),
    ).toBe(true);
  });

  it.each([
    ['from=gisteren', '/from'],
    ['to=2026-02-30', '/to'],
    ['clientId=x', '/clientId'],
    ['limit=101', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['wie=ik', '/wie'],
  ])('refuses %s', async (query, pointer) => {
    const answer = await practice.admin.get(`/v1/audit-events?${query}`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer })]);
  });

  // In Amsterdam 29 March 2026 has 23 hours and 25 October 2026 has 25.
  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-10-26', 24],
  ])('counts %s as a day of %i hours', async (day, hours) => {
    const begins = startOfDay(day, 'Europe/Amsterdam').getTime();
    const ends = startOfDay(addDays(day, 1), 'Europe/Amsterdam').getTime();
    expect((ends - begins) / 3_600_000).toBe(hours);
    const origin = { requestId: randomUUID() };
    const actor = { practiceId: practice.id, task: 'invitation', origin } as const;
    const moments = { before: begins - 1, first: begins, last: ends - 1, after: ends };
    for (const [name, at] of Object.entries(moments)) {
      app.clock.set(new Date(at).toISOString());
      await app.get(Audit).witness(actor, { event: `test.${name}` });
    }
    app.clock.reset();
    const events = async (query: string) =>
      (await log(query)).items
        .filter(({ requestId }) => requestId === origin.requestId)
        .map(({ event }) => event);
    expect(await events(`&from=${day}&to=${day}`)).toEqual(['test.last', 'test.first']);
    expect(await events(`&to=${addDays(day, -1)}`)).toEqual(['test.before']);
    expect(await events(`&from=${addDays(day, 1)}&to=${addDays(day, 1)}`)).toEqual(['test.after']);
  });
});
