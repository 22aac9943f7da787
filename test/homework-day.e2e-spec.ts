import { randomUUID } from 'node:crypto';
import type { HomeworkDay, HomeworkItem } from '../src/homework/day/homework-day.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign, DAILY, exerciseCalled } from './support/homework.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
// A Tuesday.
beforeEach(() => app.clock.set('2026-03-10T09:00:00Z'));
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const scheduled = (weekdays: number[], timesPerDay = 1) => ({ kind: 'scheduled', timesPerDay, weekdays });

const dayOf = async (client: Caller, on?: string, headers = {}): Promise<HomeworkDay> =>
  told(await client.get(`/v1/me/homework${on ? `?on=${on}` : ''}`, headers));
const itemsOf = ({ moments }: HomeworkDay): HomeworkItem[] => moments.flatMap(({ items }) => items);
const log = (client: Caller, assignmentId: string, body: object) =>
  client.put(`/v1/me/assignments/${assignmentId}/logs/${randomUUID()}`, { doneOn: '2026-03-10', ...body });

describe('the day', () => {
  it('goes from morning to sleep, each exercise at its moment', async () => {
    const client = await openFileWithAccount(app, coach);
    const more = { overrideLimit: true, rhythm: scheduled(DAILY) };
    for (const moment of ['any', 'before_sleep', 'morning', 'transition', 'morning']) {
      await assign(coach, client.clientId, { ...more, moment });
    }
    const day = await dayOf(client);
    expect(day.on).toBe('2026-03-10');
    expect(day.moments.map(({ moment, items }) => [moment, items.length])).toEqual([
      ['morning', 2],
      ['transition', 1],
      ['before_sleep', 1],
      ['any', 1],
    ]);
    expect(day.paused).toEqual([]);
  });

  it('of a client without homework is an empty day', async () => {
    const client = await openFileWithAccount(app, coach);
    const day = await dayOf(client);
    expect(day.on).toBe('2026-03-10');
    expect([itemsOf(day), day.paused]).toEqual([[], []]);
  });

  it('tells what an exercise is, in the language that is asked for, with the words of the coach', async () => {
    const client = await openFileWithAccount(app, coach);
    const exercise = await exerciseCalled(coach, 'Real rest: no screen, nothing to do');
    const { id } = await assign(coach, client.clientId, {
      exerciseId: exercise.id,
      rhythm: scheduled(DAILY, 2),
      message: 'Ook twee minuten is goed.',
    });
    const [dutch] = itemsOf(await dayOf(client, undefined, { 'accept-language': 'nl-NL,nl;q=0.9' }));
    expect(dutch).toEqual({
      assignmentId: id,
      title: exercise.title.nl,
      purpose: exercise.purpose.nl,
      steps: exercise.steps.map(({ nl }) => nl),
      cautions: exercise.cautions!.nl,
      minutes: 10,
      approach: 'letting_go',
      message: 'Ook twee minuten is goed.',
      expected: 2,
      done: 0,
      logs: [],
    });
    const [english] = itemsOf(await dayOf(client));
    expect(english).toMatchObject({ title: exercise.title.en, steps: exercise.steps.map(({ en }) => en) });
  });

  it('keeps the words of the version that was given', async () => {
    const { coach } = await openPractice(app);
    const client = await openFileWithAccount(app, coach);
    const { id: exerciseId, title } = await exerciseCalled(coach, 'Short walk in nature');
    await assign(coach, client.clientId, { exerciseId });
    told(await coach.patch(`/v1/exercises/${exerciseId}`, { title: { nl: 'Wandelen', en: 'Walking' } }));
    told(await coach.post(`/v1/exercises/${exerciseId}/publication`));
    told(await coach.post(`/v1/exercises/${exerciseId}/retirement`));
    expect(itemsOf(await dayOf(client))[0]!.title).toBe(title.en);
  });

  it('shows what was done, of this day alone, and a skipped time counts for nothing', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, client.clientId, { rhythm: scheduled(DAILY, 3) });
    await log(client, id, { outcome: 'done', minutes: 2, remark: 'Fijn.', sharing: 'private' });
    await log(client, id, { outcome: 'partly' });
    await log(client, id, { outcome: 'skipped' });
    await log(client, id, { outcome: 'done', doneOn: '2026-03-09' });
    const [item] = itemsOf(await dayOf(client));
    expect(item).toMatchObject({ expected: 3, done: 2 });
    expect(item!.logs).toHaveLength(3);
    expect(item!.logs).toContainEqual(expect.objectContaining({ minutes: 2, remark: 'Fijn.' }));
    expect(itemsOf(await dayOf(client, '2026-03-09'))[0]).toMatchObject({ done: 1 });
  });
});

describe('what is meant for a day', () => {
  it('is on its weekdays only, from its first day to its last', async () => {
    const client = await openFileWithAccount(app, coach);
    await assign(coach, client.clientId, {
      rhythm: scheduled([2, 4]),
      startOn: '2026-03-05',
      endOn: '2026-03-12',
    });
    const days = ['03', '05', '09', '10', '12', '17'];
    const shown = await Promise.all(days.map((day) => dayOf(client, `2026-03-${day}`)));
    expect(shown.map((day) => itemsOf(day).map(({ expected }) => expected))).toEqual([
      [],
      [1],
      [],
      [1],
      [1],
      [],
    ]);
  });

  it('is not counted where the rhythm is free', async () => {
    const client = await openFileWithAccount(app, coach);
    await assign(coach, client.clientId);
    expect(itemsOf(await dayOf(client))[0]).not.toHaveProperty('expected');
  });

  it('may be done on another day, and then is there', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, client.clientId, { rhythm: scheduled([1]) });
    expect(itemsOf(await dayOf(client))).toEqual([]);
    await log(client, id, { outcome: 'done' });
    expect(itemsOf(await dayOf(client))).toMatchObject([{ expected: 0, done: 1 }]);
  });

  it('rests apart from the day of a pause, and is back on the day it goes on', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, client.clientId, { rhythm: scheduled(DAILY) });
    told(await client.post(`/v1/me/assignments/${id}/pause`));
    const today = await dayOf(client);
    expect(itemsOf(today)).toEqual([]);
    expect(today.paused).toMatchObject([{ assignmentId: id, done: 0 }]);
    expect(today.paused[0]).not.toHaveProperty('expected');
    app.clock.set('2026-03-12T09:00:00Z');
    told(await client.post(`/v1/me/assignments/${id}/resumption`));
    const awake = await Promise.all(
      ['09', '10', '11', '12', '13'].map(
        async (day) => itemsOf(await dayOf(client, `2026-03-${day}`)).length,
      ),
    );
    expect(awake).toEqual([1, 0, 0, 1, 1]);
  });

  it('is over from the day on which it ended', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, client.clientId, { rhythm: scheduled(DAILY) });
    told(await client.post(`/v1/me/assignments/${id}/stop`));
    const shown = await Promise.all(
      ['09', '10', '11'].map(async (day) => itemsOf(await dayOf(client, `2026-03-${day}`)).length),
    );
    expect(shown).toEqual([1, 0, 0]);
  });
});

describe('today', () => {
  it('is the day of the practice, on both sides of midnight and of a clock change', async () => {
    const client = await openFileWithAccount(app, coach);
    const days: string[] = [];
    for (const now of [
      '2026-03-28T22:59:59Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T21:59:59Z',
      '2026-03-29T22:00:00Z',
    ]) {
      app.clock.set(now);
      days.push((await dayOf(client)).on);
    }
    expect(days).toEqual(['2026-03-28', '2026-03-29', '2026-03-29', '2026-03-30']);
  });

  it('is another day in a practice elsewhere', async () => {
    const elsewhere = await openPractice(app);
    told(await elsewhere.admin.patch('/v1/practice', { timeZone: 'Pacific/Auckland' }));
    const client = await openFileWithAccount(app, elsewhere.coach);
    app.clock.set('2026-03-10T11:30:00Z');
    expect((await dayOf(client)).on).toBe('2026-03-11');
  });

  it('cannot be a day that does not exist', async () => {
    const client = await openFileWithAccount(app, coach);
    const answer = await client.get('/v1/me/homework?on=2026-02-30');
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe('/on');
  });
});

describe('who may', () => {
  it('see a day: its client, and nobody else', async () => {
    const [client, other] = [await openFileWithAccount(app, coach), await openFileWithAccount(app, coach)];
    await assign(coach, client.clientId, { message: 'Voor jou.' });
    expect(itemsOf(await dayOf(client))).toHaveLength(1);
    expect(itemsOf(await dayOf(other))).toEqual([]);
    for (const caller of [coach, practice.admin]) {
      expect((await caller.get('/v1/me/homework')).statusCode).toBe(403);
    }
  });

  it('still read along: a client whose file is closed', async () => {
    const client = await openFileWithAccount(app, coach);
    await assign(coach, client.clientId, { message: 'Voor jou.' });
    await rows(app, "update clients set status = 'closed', closed_at = now() where id = $1", [
      client.clientId,
    ]);
    expect(itemsOf(await dayOf(client))).toMatchObject([{ message: 'Voor jou.' }]);
  });

  it('know of it: the log of who read', async () => {
    const client = await openFileWithAccount(app, coach);
    await dayOf(client);
    const events = await rows(
      app,
      "select row_count from audit_events where client_id = $1 and event = 'homework.read'",
      [client.clientId],
    );
    expect(events).toEqual([{ row_count: 0 }]);
  });
});
