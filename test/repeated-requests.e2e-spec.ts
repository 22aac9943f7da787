import type { Response } from 'light-my-request';
import { Client } from 'pg';
import { RepeatedRequests } from '../src/database/repeated-requests.js';
import { Tenant } from '../src/database/tenant.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import {
  addUser,
  openFile,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let leaver: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  leaver = await addUser(app, practice.admin, {
    name: 'Gaat',
    email: 'gaat@praktijk.example',
    roles: ['coach'],
  });
});
afterEach(() => {
  app.clock.reset();
  jest.restoreAllMocks();
});
afterAll(() => app.close());

interface Sent {
  readonly caller: Caller;
  readonly url: string;
  readonly body: object;
}

let keys = 0;
const newKey = () => ({ 'idempotency-key': `key-${++keys}` });
const sanne = { name: 'Sanne Bakker', language: 'nl' };

const filesOf = async (who: Caller) =>
  told<{ items: unknown[] }>(await who.get('/v1/clients?limit=100')).items.length;

/** What an answer says, its request number and date aside. */
const sayingOf = ({ statusCode, body, headers: { location, etag } }: Response) => ({
  statusCode,
  body: body && (JSON.parse(body) as object),
  location,
  etag,
});

describe('a request that is sent twice with one key', () => {
  const requests: [string, () => Sent | Promise<Sent>][] = [
    ['opens one file', () => ({ caller: coach, url: '/v1/clients', body: sanne })],
    [
      'adds one user',
      () => ({
        caller: practice.admin,
        url: '/v1/users',
        body: { name: 'Eenmaal', email: 'eenmaal@praktijk.example', roles: ['coach'] },
      }),
    ],
    [
      'records one consent',
      async () => ({
        caller: coach,
        url: `/v1/clients/${(await openFile(coach)).id}/consents`,
        body: { channel: 'paper', givenOn: '2026-01-05' },
      }),
    ],
    [
      "gives the client's own consent once",
      async () => ({ caller: await openFileWithAccount(app, coach), url: '/v1/me/consents', body: {} }),
    ],
    [
      'pauses once',
      async () => ({ caller: coach, url: `/v1/clients/${(await openFile(coach)).id}/pause`, body: {} }),
    ],
    [
      'invites once',
      async () => ({ caller: coach, url: `/v1/clients/${(await openFile(coach)).id}/invitation`, body: {} }),
    ],
    ['disables once', () => ({ caller: practice.admin, url: `/v1/users/${leaver.id}/disabling`, body: {} })],
    ['enables once', () => ({ caller: practice.admin, url: `/v1/users/${leaver.id}/enabling`, body: {} })],
  ];

  it.each(requests)('%s and says the same again', async (_, make) => {
    const { caller, url, body } = await make();
    const key = newKey();
    const first = await caller.post(url, body, key);
    expect(first.statusCode).toBeLessThan(300);
    const changes = await numberOfChanges();
    const second = await caller.post(url, body, key);
    expect(sayingOf(second)).toEqual(sayingOf(first));
    expect(await numberOfChanges()).toEqual(changes);
  });

  it('without a key is done twice', async () => {
    const before = await filesOf(coach);
    await coach.post('/v1/clients', sanne);
    await coach.post('/v1/clients', sanne);
    expect(await filesOf(coach)).toBe(before + 2);
  });

  it('tells how things stand now, where they have changed since', async () => {
    const key = newKey();
    const { id } = told<{ id: string }>(await coach.post('/v1/clients', sanne, key));
    told(await coach.patch(`/v1/clients/${id}`, { company: 'Sindsdien bv' }));
    const again = await coach.post('/v1/clients', sanne, key);
    expect(again.headers['etag']).toBe('"2"');
    expect(again.json()).toMatchObject({ id, company: 'Sindsdien bv' });
  });

  it('is the same request in whatever order its fields come', async () => {
    const key = newKey();
    const one = { name: 'A', language: 'nl', consent: { channel: 'paper', givenOn: '2026-01-05' } };
    const other = { consent: { givenOn: '2026-01-05', channel: 'paper' }, language: 'nl', name: 'A' };
    const first = await coach.post('/v1/clients', one, key);
    expect(sayingOf(await coach.post('/v1/clients', other, key))).toEqual(sayingOf(first));
  });

  it('is another request in another order of a list', async () => {
    const key = newKey();
    const file = { ...sanne, consent: { channel: 'paper', givenOn: '2026-01-05' } };
    await coach.post('/v1/clients', { ...file, stressors: ['money', 'loss'] }, key);
    const answer = await coach.post('/v1/clients', { ...file, stressors: ['loss', 'money'] }, key);
    expect([answer.statusCode, problemOf(answer)]).toEqual([422, 'repeat-differs']);
  });

  it('is remembered for a day, and then made anew', async () => {
    const key = newKey();
    const { id } = told<{ id: string }>(await coach.post('/v1/clients', sanne, key));
    app.clock.set(inHours(23.9));
    expect(told<{ id: string }>(await coach.post('/v1/clients', sanne, key)).id).toBe(id);
    app.clock.set(inHours(24.1));
    const anew = told<{ id: string }>(await coach.post('/v1/clients', { ...sanne, name: 'Nieuw' }, key));
    expect(anew.id).not.toBe(id);
    expect(told<{ id: string }>(await coach.post('/v1/clients', { ...sanne, name: 'Nieuw' }, key)).id).toBe(
      anew.id,
    );
  });
});

describe('a key', () => {
  it('is its owner’s alone', async () => {
    const key = newKey();
    const mine = told<{ id: string }>(await coach.post('/v1/clients', sanne, key));
    const theirs = await practice.otherCoach.post('/v1/clients', { ...sanne, name: 'Een ander' }, key);
    expect(theirs.statusCode).toBe(201);
    expect(theirs.json().id).not.toBe(mine.id);
  });

  it('counts for one address only', async () => {
    const [one, two] = [await openFile(coach), await openFile(coach)];
    const key = newKey();
    told(await coach.post(`/v1/clients/${one.id}/pause`, {}, key));
    expect(told(await coach.post(`/v1/clients/${two.id}/pause`, {}, key))).toMatchObject({ id: two.id });
    expect(told(await coach.post(`/v1/clients/${one.id}/resumption`, {}, key))).toMatchObject({
      status: 'active',
    });
  });

  it('tells nobody what they may no longer see', async () => {
    const key = newKey();
    const { id } = told<{ id: string }>(await coach.post('/v1/clients', sanne, key));
    await rows(
      app,
      `begin; update clients set coach_id = '${practice.otherCoach.id}' where id = '${id}';
       update client_keys set coach_id = '${practice.otherCoach.id}' where client_id = '${id}'; commit`,
    );
    expect((await coach.post('/v1/clients', sanne, key)).statusCode).toBe(404);
  });

  it.each(['', ' ', 'twee woorden', 'sleutél', 'x'.repeat(256)])('is not "%s"', async (key) => {
    const answer = await coach.post('/v1/clients', sanne, { 'idempotency-key': key });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([expect.objectContaining({ parameter: 'Idempotency-Key' })]);
  });

  it('is kept with a fingerprint of the body, and no word of it', async () => {
    const key = newKey();
    told(await coach.post('/v1/clients', { ...sanne, name: 'Onvindbare Naam' }, key));
    const kept = await rows<{ line: string }>(app, 'select r::text as line from repeated_requests r');
    expect(kept.map(({ line }) => line).join()).not.toContain('Onvindbare');
  });

  it('does nothing where nothing is made: a change may be sent again', async () => {
    const { id } = await openFile(coach);
    const key = newKey();
    told(await coach.patch(`/v1/clients/${id}`, { company: 'Een' }, key));
    expect(told(await coach.patch(`/v1/clients/${id}`, { company: 'Twee' }, key))).toMatchObject({
      company: 'Twee',
    });
  });

  it('is forgotten by the housekeeping of its own practice once it is a day old', async () => {
    const repeated = app.get(RepeatedRequests);
    told(await coach.post('/v1/clients', sanne, newKey()));
    const housekeeping = () =>
      app
        .get(Tenant)
        .change({ practiceId: practice.id, task: 'housekeeping', origin: { requestId: practice.id } }, (tx) =>
          repeated.forget(tx),
        );
    await housekeeping();
    expect((await rows(app, 'select from repeated_requests')).length).toBeGreaterThan(0);
    app.clock.set(inHours(72));
    await housekeeping();
    expect(await rows(app, 'select from repeated_requests where practice_id = $1', [practice.id])).toEqual(
      [],
    );
  });
});

describe('a first attempt', () => {
  it('that is still under way holds off the second, which then tells what it did', async () => {
    const key = newKey();
    const before = await filesOf(coach);
    const gate = new Client({ connectionString: app.database.superuser });
    await gate.connect();
    try {
      // A file names its coach, so this holds the first request inside its transaction.
      await gate.query('begin');
      await gate.query('select from users where id = $1 for update', [coach.id]);
      const first = coach.post('/v1/clients', sanne, key);
      await untilWaiting();
      const second = await coach.post('/v1/clients', sanne, key);
      expect([second.statusCode, problemOf(second)]).toEqual([409, 'repeat-in-flight']);
      expect(second.headers['retry-after']).toBe('1');
      await gate.query('rollback');
      expect((await first).statusCode).toBe(201);
      expect(sayingOf(await coach.post('/v1/clients', sanne, key))).toEqual(sayingOf(await first));
    } finally {
      await gate.end();
    }
    expect(await filesOf(coach)).toBe(before + 1);
  });

  it('among many at the same moment is the only one', async () => {
    const key = newKey();
    const before = await filesOf(coach);
    const answers = await Promise.all(Array.from({ length: 8 }, () => coach.post('/v1/clients', sanne, key)));
    expect(answers.every(({ statusCode }) => [201, 409].includes(statusCode))).toBe(true);
    expect(await filesOf(coach)).toBe(before + 1);
  });

  it('that was refused may be tried again, and corrected', async () => {
    const key = newKey();
    const question = { ...sanne, question: 'Hoe kom ik tot rust?' };
    expect(problemOf(await coach.post('/v1/clients', question, key))).toBe('consent-required');
    const consent = { channel: 'paper', givenOn: '2026-01-05' };
    expect((await coach.post('/v1/clients', { ...question, consent }, key)).statusCode).toBe(201);
  });

  it('that failed on our side leaves nothing, and may be tried again', async () => {
    const key = newKey();
    const before = await filesOf(coach);
    const broken = jest.spyOn(RepeatedRequests.prototype, 'keep').mockImplementationOnce((tx) => {
      tx.finally(() => tx.query('select 1 / 0'));
    });
    const first = await coach.post('/v1/clients', sanne, key);
    broken.mockRestore();
    expect([first.statusCode, problemOf(first)]).toEqual([500, 'unexpected']);
    expect(await filesOf(coach)).toBe(before);
    expect((await coach.post('/v1/clients', sanne, key)).statusCode).toBe(201);
    expect(await filesOf(coach)).toBe(before + 1);
  });
});

/** What a repeated change would add to. */
async function numberOfChanges(): Promise<object> {
  const [numbers] = await rows<object>(
    app,
    `select (select count(*) from clients) as files, (select count(*) from users) as users,
            (select count(*) from consents) as consents, (select count(*) from jobs.job) as jobs,
            (select count(*) from audit_events where event not like '%.read') as events`,
  );
  return numbers!;
}

/** Until somebody waits for a lock in this database. */
async function untilWaiting(): Promise<void> {
  const waiting = () =>
    rows(app, "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
  while ((await waiting()).length === 0);
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
