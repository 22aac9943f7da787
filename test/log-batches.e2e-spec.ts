import { randomUUID } from 'node:crypto';
import type { Response } from 'light-my-request';
import type { BatchedAnswer, BatchedAnswers, LogPage } from '../src/homework/logs/log.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { assign } from './support/homework.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let client: Caller;
let assignmentId: string;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
beforeEach(async () => {
  app.clock.set('2026-03-10T09:00:00Z');
  client = await openFileWithAccount(app, coach);
  ({ id: assignmentId } = await assign(coach, client.clientId, { startOn: '2026-03-01' }));
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const log = (more: object = {}) => ({
  id: randomUUID(),
  assignmentId,
  doneOn: '2026-03-10',
  outcome: 'done',
  ...more,
});
const send = (logs: object[], headers = {}) => client.post('/v1/me/logs/batch', { logs }, headers);
const items = (answer: Response): BatchedAnswer[] => told<BatchedAnswers>(answer).items;
const statuses = (answer: Response) => items(answer).map(({ status }) => status);
const kept = async () =>
  told<LogPage>(await client.get(`/v1/me/assignments/${assignmentId}/logs?limit=100`)).items;

describe('a batch of logs', () => {
  it('is answered log by log, in the order they were sent', async () => {
    const elsewhere = randomUUID();
    const [first, second, third] = [
      log(),
      log({ doneOn: '2026-03-08', remark: 'Ik zuchtte.' }),
      log({ doneOn: '2026-03-09', outcome: 'skipped' }),
    ];
    const answer = await send([
      first,
      log({ doneOn: '2026-03-01' }),
      second,
      log({ tensionAfter: 11 }),
      log({ assignmentId: elsewhere }),
      { nothing: 'of it' },
      third,
    ]);
    expect(statuses(answer)).toEqual([201, 422, 201, 422, 404, 422, 201]);
    const [one, tooOld, two, tooTense, unknown, unreadable] = items(answer);
    expect(one!.log).toMatchObject({ id: first.id, assignmentId, sharing: 'numbers', version: 1 });
    expect(two!.log).toMatchObject({ id: second.id, remark: 'Ik zuchtte.' });
    const pointers = (item?: BatchedAnswer) =>
      (item!.problem!.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers(tooOld)).toEqual(['/doneOn']);
    expect(pointers(tooTense)).toEqual(['/tensionAfter']);
    expect(unknown!.problem!.type).toBe('urn:ademruimte:problem:not-found');
    expect(pointers(unreadable)).toEqual(
      expect.arrayContaining(['/nothing', '/id', '/assignmentId', '/doneOn', '/outcome']),
    );
    expect((await kept()).map(({ id }) => id)).toEqual([first.id, third.id, second.id]);
  });

  it('may be sent again: what is the same stays, what differs is a correction that keeps what stood', async () => {
    const [same, changed] = [log({ remark: 'Rustig.' }), log({ minutes: 3, remark: 'Onrustig.' })];
    expect(statuses(await send([same, changed]))).toEqual([201, 201]);
    const again = items(await send([same, { ...changed, minutes: 5 }]));
    expect(again.map(({ status, log }) => [status, log!.version, log!.minutes])).toEqual([
      [200, 1, undefined],
      [200, 2, 5],
    ]);
    const stood = await rows(app, 'select log_id, version from log_corrections where client_id = $1', [
      client.clientId,
    ]);
    expect(stood).toEqual([{ log_id: changed.id, version: 1 }]);
  });

  it('takes one id twice as a first and its correction', async () => {
    const first = log();
    const answers = items(await send([first, { ...first, minutes: 9 }, { ...first, minutes: 9 }]));
    expect(answers.map(({ status, log }) => [status, log!.version])).toEqual([
      [201, 1],
      [200, 2],
      [200, 2],
    ]);
    expect(await kept()).toMatchObject([{ id: first.id, minutes: 9, version: 2 }]);
  });

  it('writes over nothing that changed since the version it names', async () => {
    const one = log();
    await send([one]);
    await send([{ ...one, minutes: 4, version: 1 }]);
    const late = items(await send([{ ...one, minutes: 8, version: 1 }, log({ version: 3 })]));
    expect(late.map(({ status }) => status)).toEqual([412, 412]);
    expect(await kept()).toMatchObject([{ minutes: 4 }]);
  });

  it('shares each log as it says, and what says nothing as the one before', async () => {
    const answers = items(
      await send([log(), log({ sharing: 'all' }), log(), log({ sharing: 'private' }), log()]),
    );
    expect(answers.map(({ log }) => log!.sharing)).toEqual(['numbers', 'all', 'all', 'private', 'private']);
    const seen = told<LogPage>(await coach.get(`/v1/assignments/${assignmentId}/logs`)).items;
    expect(seen).toHaveLength(3);
  });

  it('neither minds nor tells that another client uses the same ids', async () => {
    const one = log({ remark: 'Van de een.' });
    await send([one]);
    const other = await openFileWithAccount(app, coach);
    const theirs = await assign(coach, other.clientId, { startOn: '2026-03-01' });
    const answer = await other.post('/v1/me/logs/batch', {
      logs: [
        { ...one, assignmentId: theirs.id, remark: 'Van de ander.' },
        { ...one, id: randomUUID() },
      ],
    });
    expect(statuses(answer)).toEqual([201, 404]);
    expect(await kept()).toMatchObject([{ id: one.id, remark: 'Van de een.', version: 1 }]);
    const events = await rows(
      app,
      "select from audit_events where user_id = $1 and event = 'request.refused' and object_id = $2",
      [other.id, assignmentId],
    );
    expect(events).toHaveLength(1);
  });

  it('is not another batch by the same key', async () => {
    const one = log({ minutes: 1 });
    const key = { 'idempotency-key': randomUUID() };
    expect(statuses(await send([one, log({ outcome: 'never' })], key))).toEqual([201, 422]);
    const differently = await send([log()], key);
    expect([differently.statusCode, problemOf(differently)]).toEqual([422, 'repeat-differs']);
  });

  it('repeated after a correction leaves the correction', async () => {
    const logs = [log({ minutes: 1 })];
    const key = { 'idempotency-key': randomUUID() };
    await send(logs, key);
    const url = `/v1/me/assignments/${assignmentId}/logs/${logs[0]!.id}`;
    told(await client.put(url, { doneOn: '2026-03-10', outcome: 'done', minutes: 2 }));
    expect(items(await send(logs, key))).toMatchObject([{ status: 200, log: { minutes: 2, version: 2 } }]);
  });

  it('holds a hundred, in one transaction of few statements', async () => {
    const hundred = Array.from({ length: 100 }, () => log({ remark: 'Weer een.' }));
    expect(statuses(await send(hundred))).toEqual(hundred.map(() => 201));
    const tooMany = await send([...hundred, log()]);
    expect(tooMany.statusCode).toBe(422);
    expect(await kept()).toHaveLength(100);
    const events = await rows(
      app,
      "select from audit_events where client_id = $1 and event = 'log.written'",
      [client.clientId],
    );
    expect(events).toHaveLength(100);
  });

  it.each([
    ['no list', { logs: 'none' }],
    ['an empty list', { logs: [] }],
    ['what are no objects', { logs: [1, null] }],
    ['more than logs', { logs: [{}], streak: 3 }],
  ])('is refused whole with %s', async (_, body) => {
    expect((await client.post('/v1/me/logs/batch', body)).statusCode).toBe(422);
  });

  it('waits for consent, log by log', async () => {
    const { items: consents } = told<{ items: { id: string }[] }>(await client.get('/v1/me/consents'));
    await client.delete(`/v1/me/consents/${consents[0]!.id}`);
    const answers = items(await send([log(), log()]));
    expect(answers.map(({ problem }) => problem!.type)).toEqual([
      'urn:ademruimte:problem:consent-required',
      'urn:ademruimte:problem:consent-required',
    ]);
    expect(await kept()).toEqual([]);
  });
});
