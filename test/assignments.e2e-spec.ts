import { AssignmentWriter } from '../src/homework/assignments/assignment-writer.js';
import type {
  AssignmentPage,
  AssignmentView,
  OwnAssignmentPage,
  OwnAssignmentView,
} from '../src/homework/assignments/assignment.dto.js';
import { Client } from '../src/clients/client.entity.js';
import { Tenant } from '../src/database/tenant.js';
import { newId } from '../src/common/id.js';
import { taskOfJob } from '../src/jobs/jobs.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { assign, exerciseCalled, SITTING } from './support/homework.js';
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
let exerciseId: string;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  exerciseId = (await exerciseCalled(coach, 'Pause before acting')).id;
});
beforeEach(() => app.clock.set('2026-03-10T09:00:00Z'));
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const free = { kind: 'free' };
const scheduled = { kind: 'scheduled', timesPerDay: 2, weekdays: [1, 3, 5] };
const input = (more: object = {}) => ({
  exerciseId,
  moment: 'transition',
  rhythm: free,
  startOn: '2026-03-10',
  ...more,
});
const post = async (clientId: string, more: object = {}, headers = {}) =>
  coach.post(`/v1/clients/${clientId}/assignments`, input(more), headers);
const read = async (id: string): Promise<AssignmentView> => told(await coach.get(`/v1/assignments/${id}`));
const pointers = (answer: { json: () => { errors: { pointer: string }[] } }) =>
  answer.json().errors.map(({ pointer }) => pointer);

describe('giving an exercise', () => {
  it('tells the coach what was given, until four weeks from its start', async () => {
    const { id } = await openFile(coach);
    const answer = await post(id, { message: 'Kijk wat er gebeurt.', rhythm: scheduled });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/assignments/${answer.json().id}`);
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.json()).toMatchObject({
      clientId: id,
      exerciseId,
      exerciseVersion: 1,
      title: { nl: 'Pauze voor je iets doet', en: 'Pause before acting' },
      message: 'Kijk wat er gebeurt.',
      status: 'active',
      rhythm: scheduled,
      startOn: '2026-03-10',
      endOn: '2026-04-07',
    });
    expect(await read(answer.json().id)).toEqual(answer.json());
  });

  it('lasts as long as the practice says, unless the coach says otherwise', async () => {
    const elsewhere = await openPractice(app);
    told(await elsewhere.admin.patch('/v1/practice', { assignmentWeeks: 2 }));
    const { id } = await openFile(elsewhere.coach);
    expect(await assign(elsewhere.coach, id, { startOn: '2026-03-20' })).toMatchObject({
      endOn: '2026-04-03',
    });
    expect(await assign(elsewhere.coach, id, { startOn: '2026-03-20', endOn: '2026-03-20' })).toMatchObject({
      endOn: '2026-03-20',
    });
  });

  it('is done once by a request that is sent twice', async () => {
    const { id } = await openFile(coach);
    const key = { 'idempotency-key': 'assign-1' };
    const first = await post(id, { message: 'Een keer.' }, key);
    const second = await post(id, { message: 'Een keer.' }, key);
    expect([second.statusCode, second.json()]).toEqual([201, first.json()]);
    expect(told<AssignmentPage>(await coach.get(`/v1/clients/${id}/assignments`)).items).toHaveLength(1);
  });

  it('gives the version that is published now, which the client keeps', async () => {
    const { id: clientId } = await openFile(coach);
    const made = told<{ id: string }>(
      await coach.post('/v1/exercises', { ...SITTING, title: { nl: 'Een', en: 'One' } }),
    );
    expect(pointers(await post(clientId, { exerciseId: made.id }))).toEqual(['/exerciseId']);
    told(await coach.post(`/v1/exercises/${made.id}/publication`));
    const first = told<AssignmentView>(await post(clientId, { exerciseId: made.id }));
    told(await coach.patch(`/v1/exercises/${made.id}`, { title: { nl: 'Twee', en: 'Two' } }));
    expect(told(await post(clientId, { exerciseId: made.id }))).toMatchObject({ exerciseVersion: 1 });
    told(await coach.post(`/v1/exercises/${made.id}/publication`));
    expect(told(await post(clientId, { exerciseId: made.id }))).toMatchObject({ exerciseVersion: 2 });
    expect(await read(first.id)).toMatchObject({ exerciseVersion: 1, title: { en: 'One' } });
    told(await coach.post(`/v1/exercises/${made.id}/retirement`));
    expect(pointers(await post(clientId, { exerciseId: made.id }))).toEqual(['/exerciseId']);
    expect(await read(first.id)).toMatchObject({ status: 'active' });
  });

  it('waits for consent, and for an open file', async () => {
    const { id } = await openFile(coach, { consent: undefined });
    expect(problemOf(await post(id))).toBe('consent-required');
    const closed = await openFile(coach);
    await close(closed.id);
    expect(problemOf(await post(closed.id))).toBe('file-closed');
  });

  it('may name a session of this client, and no other', async () => {
    const { id } = await openFile(coach);
    const other = await openFile(coach);
    const sessionId = await planSession(id);
    expect(told(await post(id, { sessionId }))).toMatchObject({ sessionId });
    expect(pointers(await post(other.id, { sessionId }))).toEqual(['/sessionId']);
  });

  it.each([
    ['an end before the start', { endOn: '2026-03-09' }, '/endOn'],
    ['an exercise that is not there', { exerciseId: '0196f3a0-1111-7222-8333-444455556666' }, '/exerciseId'],
    ['no rhythm', { rhythm: undefined }, '/rhythm'],
    ['a rhythm that is nothing', { rhythm: null }, '/rhythm'],
    ['a rhythm that is a list', { rhythm: [null] }, '/rhythm'],
    ['a rhythm that is a word', { rhythm: 'free' }, '/rhythm'],
    ['an unknown rhythm', { rhythm: { kind: 'hourly' } }, '/rhythm/kind'],
    ['a rhythm by a name that objects have', { rhythm: { kind: 'constructor' } }, '/rhythm/kind'],
    ['a free rhythm with days', { rhythm: { kind: 'free', weekdays: [1] } }, '/rhythm/weekdays'],
    ['a free rhythm with times', { rhythm: { kind: 'free', timesPerDay: 1 } }, '/rhythm/timesPerDay'],
    ['a schedule without days', { rhythm: { kind: 'scheduled', timesPerDay: 1 } }, '/rhythm/weekdays'],
    ['a schedule on no day', { rhythm: { ...scheduled, weekdays: [] } }, '/rhythm/weekdays'],
    ['a schedule on an eighth day', { rhythm: { ...scheduled, weekdays: [8] } }, '/rhythm/weekdays'],
    ['a schedule twice on a day', { rhythm: { ...scheduled, weekdays: [1, 1] } }, '/rhythm/weekdays'],
    ['a schedule of 13 times', { rhythm: { ...scheduled, timesPerDay: 13 } }, '/rhythm/timesPerDay'],
    ['a day that does not exist', { startOn: '2026-02-30' }, '/startOn'],
    ['a message that is empty', { message: '' }, '/message'],
    ['a field that does not exist', { reminder: true }, '/reminder'],
  ])('is refused with %s', async (_, wrong, pointer) => {
    const { id } = await openFile(coach);
    const answer = await post(id, wrong);
    expect(answer.statusCode).toBe(422);
    expect(pointers(answer)).toContain(pointer);
  });
});

describe('few at a time', () => {
  it('refuses a fourth, and explains', async () => {
    const { id } = await openFile(coach);
    for (let i = 0; i < 3; i++) await assign(coach, id);
    const answer = await post(id);
    expect(answer.statusCode).toBe(409);
    expect(problemOf(answer)).toBe('too-many-assignments');
    expect(answer.json()).toMatchObject({ limit: 3, active: 3 });
    expect(answer.json().detail).toContain('less rather than');
    expect((await post(id, { overrideLimit: false })).statusCode).toBe(409);
    expect((await post(id, { overrideLimit: true })).statusCode).toBe(201);
  });

  it('does not count what rests, what has ended and what is past its last day', async () => {
    const { id } = await openFile(coach);
    const [resting, stopped, past] = [
      await assign(coach, id),
      await assign(coach, id),
      await assign(coach, id, { startOn: '2026-03-01', endOn: '2026-03-10' }),
    ];
    told(await coach.post(`/v1/assignments/${resting.id}/pause`));
    told(await coach.post(`/v1/assignments/${stopped.id}/stop`));
    await assign(coach, id);
    await assign(coach, id);
    expect((await post(id)).json()).toMatchObject({ active: 3 });
    // The last moment of its last day in Amsterdam, and the first after it.
    app.clock.set('2026-03-10T22:59:59Z');
    expect((await post(id)).statusCode).toBe(409);
    app.clock.set('2026-03-10T23:00:00Z');
    expect((await post(id)).statusCode).toBe(201);
    expect(past.status).toBe('active');
  });

  it('never stands in the way of going on', async () => {
    const client = await openFileWithAccount(app, coach);
    const resting = await assign(coach, client.clientId);
    told(await client.post(`/v1/me/assignments/${resting.id}/pause`));
    for (let i = 0; i < 3; i++) await assign(coach, client.clientId);
    expect(told(await client.post(`/v1/me/assignments/${resting.id}/resumption`))).toMatchObject({
      status: 'active',
    });
  });

  it('holds when several come at once', async () => {
    const { id } = await openFile(coach);
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(id)));
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(3);
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(3);
  });

  it('is as many as the practice says', async () => {
    const elsewhere = await openPractice(app);
    told(await elsewhere.admin.patch('/v1/practice', { assignmentLimit: 1 }));
    const { id } = await openFile(elsewhere.coach);
    await assign(elsewhere.coach, id);
    const answer = await elsewhere.coach.post(`/v1/clients/${id}/assignments`, {
      ...input(),
      exerciseId: (await exerciseCalled(elsewhere.coach, 'Pause before acting')).id,
    });
    expect(answer.json()).toMatchObject({ limit: 1, active: 1 });
  });
});

describe('changing an assignment', () => {
  it('keeps what is left out, and takes the words back with null', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId, { message: 'Eerst dit.' });
    const changed = told<AssignmentView>(
      await coach.patch(`/v1/assignments/${id}`, { rhythm: { ...scheduled, weekdays: [5, 1] } }),
    );
    expect(changed).toMatchObject({
      message: 'Eerst dit.',
      rhythm: { kind: 'scheduled', timesPerDay: 2, weekdays: [1, 5] },
      version: 2,
    });
    const other = told<AssignmentView>(await coach.patch(`/v1/assignments/${id}`, { message: 'Nu dit.' }));
    expect(other).toMatchObject({ message: 'Nu dit.', rhythm: { weekdays: [1, 5] }, version: 3 });
    const without = told<AssignmentView>(await coach.patch(`/v1/assignments/${id}`, { message: null }));
    expect(without).not.toHaveProperty('message');
    expect(await read(id)).toEqual(without);
    const again = told(await coach.patch(`/v1/assignments/${id}`, { rhythm: free, moment: 'morning' }));
    expect(again).toMatchObject({ rhythm: free, moment: 'morning' });
  });

  it('is not possible by who saw an older version', async () => {
    const { id: clientId } = await openFile(coach);
    const { id, version } = await assign(coach, clientId, { message: 'Eerst.' });
    const header = { 'if-match': `"${version}"` };
    expect((await coach.patch(`/v1/assignments/${id}`, { message: 'Een.' }, header)).statusCode).toBe(200);
    expect((await coach.patch(`/v1/assignments/${id}`, { message: 'Twee.' }, header)).statusCode).toBe(412);
    expect(await read(id)).toMatchObject({ message: 'Een.' });
  });

  it('keeps its end after its start', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId, { startOn: '2026-03-10', endOn: '2026-03-20' });
    expect(pointers(await coach.patch(`/v1/assignments/${id}`, { startOn: '2026-03-21' }))).toEqual([
      '/endOn',
    ]);
    expect((await coach.patch(`/v1/assignments/${id}`, { endOn: null })).statusCode).toBe(422);
    expect(told(await coach.patch(`/v1/assignments/${id}`, { endOn: '2026-03-10' }))).toMatchObject({
      endOn: '2026-03-10',
    });
  });

  it('is over once it has ended, and waits for consent', async () => {
    const client = await openFileWithAccount(app, coach);
    const [open, ended] = [await assign(coach, client.clientId), await assign(coach, client.clientId)];
    told(await coach.post(`/v1/assignments/${ended.id}/completion`));
    expect(problemOf(await coach.patch(`/v1/assignments/${ended.id}`, { moment: 'any' }))).toBe(
      'wrong-state',
    );
    await withdrawConsent(client);
    expect(problemOf(await coach.patch(`/v1/assignments/${open.id}`, { message: 'Nog iets.' }))).toBe(
      'consent-required',
    );
  });
});

describe('the states of an assignment', () => {
  it('rests, goes on and is completed', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId);
    const paused = told<AssignmentView>(await coach.post(`/v1/assignments/${id}/pause`));
    expect(paused).toMatchObject({ status: 'paused', pausedAt: '2026-03-10T09:00:00.000Z', version: 2 });
    const resumed = told<AssignmentView>(await coach.post(`/v1/assignments/${id}/resumption`));
    expect(resumed).toMatchObject({ status: 'active', version: 3 });
    expect(resumed).not.toHaveProperty('pausedAt');
    const done = told<AssignmentView>(await coach.post(`/v1/assignments/${id}/completion`));
    expect(done).toMatchObject({ status: 'completed', endedAt: '2026-03-10T09:00:00.000Z' });
    for (const step of ['pause', 'resumption', 'completion', 'stop']) {
      expect(problemOf(await coach.post(`/v1/assignments/${id}/${step}`))).toBe('wrong-state');
    }
  });

  it('keeps each of its pauses, and closes one that an end cut short', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId);
    await coach.post(`/v1/assignments/${id}/pause`);
    app.clock.set('2026-03-11T09:00:00Z');
    await coach.post(`/v1/assignments/${id}/resumption`);
    app.clock.set('2026-03-12T09:00:00Z');
    await coach.post(`/v1/assignments/${id}/pause`);
    app.clock.set('2026-03-13T09:00:00Z');
    expect(told(await coach.post(`/v1/assignments/${id}/stop`))).toMatchObject({ status: 'stopped' });
    const pauses = await rows(
      app,
      'select paused_at, resumed_at from assignment_pauses where assignment_id = $1 order by paused_at',
      [id],
    );
    expect(pauses.map((row) => Object.values(row).map((at) => (at as Date).getUTCDate()))).toEqual([
      [10, 11],
      [12, 13],
    ]);
  });

  it('moves once when it is asked twice at the same time', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId);
    const answers = await Promise.all([1, 2, 3].map(() => coach.post(`/v1/assignments/${id}/pause`)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
  });

  it('moves once by a request that is sent twice', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId);
    const key = { 'idempotency-key': 'pause-1' };
    expect((await coach.post(`/v1/assignments/${id}/pause`, {}, key)).statusCode).toBe(200);
    expect((await coach.post(`/v1/assignments/${id}/pause`, {}, key)).statusCode).toBe(200);
  });

  it('are all ended when the file is closed', async () => {
    const client = await openFileWithAccount(app, coach);
    const [active, resting, done] = [
      await assign(coach, client.clientId),
      await assign(coach, client.clientId),
      await assign(coach, client.clientId),
    ];
    told(await coach.post(`/v1/assignments/${resting.id}/pause`));
    told(await coach.post(`/v1/assignments/${done.id}/completion`));
    await app.get(Tenant).change(taskOfJob(practice.id, 'closure'), async (tx) => {
      const file = await tx.manager.findOneByOrFail(Client, { practiceId: practice.id, id: client.clientId });
      await app.get(AssignmentWriter).stopAllOpen(tx, file);
    });
    const states = await Promise.all([active, resting, done].map(async ({ id }) => (await read(id)).status));
    expect(states).toEqual(['stopped', 'stopped', 'completed']);
    expect(await read(resting.id)).not.toHaveProperty('pausedAt');
    expect((await client.get(`/v1/me/assignments/${active.id}`)).statusCode).toBe(200);
  });
});

describe('what a client was given', () => {
  it('is read in their language, with the words of their coach', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, client.clientId, { message: 'Voor jou.', rhythm: scheduled });
    const dutch = told<OwnAssignmentView>(
      await client.get(`/v1/me/assignments/${id}`, { 'accept-language': 'nl' }),
    );
    expect(dutch).toMatchObject({
      exercise: { title: 'Pauze voor je iets doet', minutes: 1, approach: 'letting_go' },
      message: 'Voor jou.',
      rhythm: scheduled,
    });
    const english = told<OwnAssignmentView>(await client.get(`/v1/me/assignments/${id}`));
    expect(english.exercise.steps[0]).toContain('Wait for one breath');
  });

  it('is listed page by page, newest first, and by state', async () => {
    const client = await openFileWithAccount(app, coach);
    const given: string[] = [];
    for (let i = 0; i < 3; i++) {
      app.clock.set(`2026-03-10T09:00:0${i}Z`);
      given.push((await assign(coach, client.clientId)).id);
    }
    const seen: string[] = [];
    for (let url: string | undefined = '/v1/me/assignments?limit=2'; url;) {
      const page: OwnAssignmentPage = told(await client.get(url));
      seen.push(...page.items.map(({ id }) => id));
      url = page.next && `/v1/me/assignments?limit=2&cursor=${page.next}`;
    }
    expect(seen).toEqual(given.reverse());
    told(await client.post(`/v1/me/assignments/${given[0]}/stop`));
    const byState = async (caller: Caller, url: string) =>
      told<AssignmentPage>(await caller.get(url)).items.map(({ id }) => id);
    expect(await byState(client, '/v1/me/assignments?status=stopped')).toEqual([given[0]]);
    expect(await byState(coach, `/v1/clients/${client.clientId}/assignments?status=active&limit=1`)).toEqual([
      given[1],
    ]);
  });

  it('rests, goes on and stops as they like, and is not theirs to complete', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, client.clientId);
    expect(told(await client.post(`/v1/me/assignments/${id}/pause`))).toMatchObject({ status: 'paused' });
    expect(told(await client.post(`/v1/me/assignments/${id}/resumption`))).toMatchObject({
      status: 'active',
    });
    expect(told(await client.post(`/v1/me/assignments/${id}/stop`))).toMatchObject({ status: 'stopped' });
    expect((await client.post(`/v1/me/assignments/${id}/completion`)).statusCode).toBe(404);
  });

  it('is nobody else’s', async () => {
    const [client, other] = [await openFileWithAccount(app, coach), await openFileWithAccount(app, coach)];
    const { id } = await assign(coach, client.clientId);
    for (const answer of [
      await other.get(`/v1/me/assignments/${id}`),
      await other.post(`/v1/me/assignments/${id}/pause`),
      await other.post(`/v1/me/assignments/${id}/resumption`),
      await other.post(`/v1/me/assignments/${id}/stop`),
    ]) {
      expect(answer.statusCode).toBe(404);
    }
    expect(told<OwnAssignmentPage>(await other.get('/v1/me/assignments')).items).toEqual([]);
  });
});

describe('who may', () => {
  it('read along: an admin, without the words', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId, { message: 'Alleen voor jou.' });
    const one = told<AssignmentView>(await practice.admin.get(`/v1/assignments/${id}`));
    const { items } = told<AssignmentPage>(await practice.admin.get(`/v1/clients/${clientId}/assignments`));
    for (const seen of [one, items[0]!]) {
      expect(seen).toMatchObject({ id, status: 'active' });
      expect(seen).not.toHaveProperty('message');
    }
  });

  it('write: no admin and no client', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, client.clientId);
    for (const caller of [practice.admin, client]) {
      const answers = [
        await caller.post(`/v1/clients/${client.clientId}/assignments`, input()),
        await caller.patch(`/v1/assignments/${id}`, { moment: 'any' }),
        ...(await Promise.all(
          ['pause', 'resumption', 'completion', 'stop'].map((step) =>
            caller.post(`/v1/assignments/${id}/${step}`),
          ),
        )),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(403));
    }
    expect((await client.get(`/v1/assignments/${id}`)).statusCode).toBe(403);
    expect((await client.get(`/v1/clients/${client.clientId}/assignments`)).statusCode).toBe(403);
    expect((await coach.get('/v1/me/assignments')).statusCode).toBe(403);
  });

  it('find it at all: no other coach, and nobody of another practice', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId);
    const elsewhere = await openPractice(app);
    for (const caller of [practice.otherCoach, elsewhere.coach]) {
      for (const answer of [
        await caller.get(`/v1/clients/${clientId}/assignments`),
        await caller.post(`/v1/clients/${clientId}/assignments`, input()),
        await caller.get(`/v1/assignments/${id}`),
        await caller.patch(`/v1/assignments/${id}`, { moment: 'any' }),
        await caller.post(`/v1/assignments/${id}/stop`),
      ]) {
        expect(answer.statusCode).toBe(404);
      }
    }
    expect((await elsewhere.admin.get(`/v1/assignments/${id}`)).statusCode).toBe(404);
  });

  it('read the words: the owner who is coach and admin, of their own clients alone', async () => {
    const owner = await addUser(app, practice.admin, {
      name: 'Els Eigenaar',
      email: `els@${practice.slug}.example`,
      roles: ['coach', 'admin'],
    });
    const { id: clientId } = await openFile(owner);
    const own = await assign(owner, clientId, { message: 'Van Els.' });
    const others = await assign(coach, (await openFile(coach)).id, { message: 'Van Coen.' });
    expect(told(await owner.get(`/v1/assignments/${own.id}`))).toMatchObject({ message: 'Van Els.' });
    expect(told(await owner.get(`/v1/assignments/${others.id}`))).not.toHaveProperty('message');
    expect((await owner.post(`/v1/assignments/${others.id}/pause`)).statusCode).toBe(404);
  });
});

describe('the words with an assignment', () => {
  it('are not to be read in the database', async () => {
    const { id: clientId } = await openFile(coach);
    const { id } = await assign(coach, clientId, { message: 'Zeer persoonlijk.' });
    const [row] = await rows(app, 'select message from assignment_messages where assignment_id = $1', [id]);
    expect((row!['message'] as Buffer).includes('persoonlijk')).toBe(false);
  });
});

async function close(clientId: string): Promise<void> {
  await rows(app, "update clients set status = 'closed', closed_at = now() where id = $1", [clientId]);
}

async function withdrawConsent(client: Caller): Promise<void> {
  const { items } = told<{ items: { id: string }[] }>(await client.get('/v1/me/consents'));
  await client.delete(`/v1/me/consents/${items[0]!.id}`);
}

async function planSession(clientId: string): Promise<string> {
  const id = newId(new Date());
  await rows(
    app,
    `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
         occupied_from, occupied_until, created_at, version)
       values ($1, $2, $3, $4, $4, 'energizing', 'planned', 'video', '2026-03-10T10:00Z', '2026-03-10T11:00Z',
         '2026-03-10T10:00Z', '2026-03-10T11:00Z', now(), 1)`,
    [practice.id, id, clientId, coach.id],
  );
  return id;
}
