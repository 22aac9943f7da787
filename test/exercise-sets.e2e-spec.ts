import type { AssignmentPage, OwnAssignmentPage } from '../src/homework/assignments/assignment.dto.js';
import type { AssignedSet, ExerciseSetPage, ExerciseSetView } from '../src/homework/sets/exercise-set.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { assign, exerciseCalled, SITTING } from './support/homework.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let pausing: object;
let breathing: object;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  pausing = {
    exerciseId: (await exerciseCalled(coach, 'Pause before acting')).id,
    moment: 'transition',
    rhythm: { kind: 'free' },
  };
  breathing = {
    exerciseId: (await exerciseCalled(coach, 'Deep belly breathing')).id,
    moment: 'morning',
    rhythm: { kind: 'scheduled', timesPerDay: 2, weekdays: [1, 3, 5] },
  };
});
afterAll(() => app.close());

const make = async (
  items: object[] = [pausing, breathing],
  name = 'Eerste weken',
): Promise<ExerciseSetView> => told(await coach.post('/v1/exercise-sets', { name, items }));
const give = (clientId: string, setId: string, more: object = {}, headers = {}) =>
  coach.post(
    `/v1/clients/${clientId}/set-assignments`,
    { setId, startOn: '2026-03-28', endOn: '2026-04-20', ...more },
    headers,
  );
const given = async (clientId: string) =>
  told<AssignmentPage>(await coach.get(`/v1/clients/${clientId}/assignments`)).items;
/** An exercise of its own, so that no other test misses it. */
const anExercise = async (): Promise<string> => {
  const { id } = told<{ id: string }>(await coach.post('/v1/exercises', SITTING));
  told(await coach.post(`/v1/exercises/${id}/publication`));
  return id;
};

describe('a set', () => {
  it('holds exercises in order, each as it is meant there', async () => {
    const answer = await coach.post('/v1/exercise-sets', { name: 'Rust', items: [breathing, pausing] });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/exercise-sets/${answer.json().id}`);
    expect(answer.json()).toMatchObject({
      name: 'Rust',
      items: [
        { ...breathing, title: { en: 'Deep belly breathing' }, available: true },
        { ...pausing, title: { nl: 'Pauze voor je iets doet' }, available: true },
      ],
      version: 1,
    });
    expect(told(await practice.admin.get(`/v1/exercise-sets/${answer.json().id}`))).toEqual(answer.json());
  });

  it('changes, but not under who saw an older version', async () => {
    const { id, version } = await make();
    const seen = { 'if-match': `"${version}"` };
    const changed = await coach.patch(`/v1/exercise-sets/${id}`, { items: [breathing] }, seen);
    expect(changed.json()).toMatchObject({ name: 'Eerste weken', items: [breathing], version: 2 });
    expect((await coach.patch(`/v1/exercise-sets/${id}`, { name: 'Later' }, seen)).statusCode).toBe(412);
    expect(told(await coach.patch(`/v1/exercise-sets/${id}`, { name: 'Later' }))).toMatchObject({
      name: 'Later',
      items: [breathing],
      version: 3,
    });
    expect((await coach.delete(`/v1/exercise-sets/${id}`, seen)).statusCode).toBe(412);
  });

  it('names each exercise that is not in the catalogue', async () => {
    const draft = told<{ id: string }>(await coach.post('/v1/exercises', SITTING)).id;
    const elsewhere = await exerciseCalled((await openPractice(app)).coach, 'Deep belly breathing');
    const items = [pausing, { ...pausing, exerciseId: draft }, { ...pausing, exerciseId: elsewhere.id }];
    const answer = await coach.post('/v1/exercise-sets', { name: 'Rust', items });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/items/1/exerciseId',
      '/items/2/exerciseId',
    ]);
  });

  it.each([
    ['without exercises', { items: [] }, '/items'],
    ['without a name', { name: ' ' }, '/name'],
    ['of no known rhythm', { items: [{ rhythm: { kind: 'hourly' } }] }, '/items/0/rhythm'],
  ])('is refused %s', async (_, { items, ...wrong }: { items?: object[]; name?: string }, pointer) => {
    const answer = await coach.post('/v1/exercise-sets', {
      name: 'Rust',
      items: (items ?? [{}]).map((item) => ({ ...pausing, ...item })),
      ...wrong,
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toContain(pointer);
  });

  it('holds no more than a handful', async () => {
    const items = Array.from({ length: 11 }, () => pausing);
    expect((await coach.post('/v1/exercise-sets', { name: 'Veel', items })).statusCode).toBe(422);
  });

  it('is listed page by page, in its own practice only', async () => {
    const elsewhere = await openPractice(app);
    const { id } = await make();
    expect(told<ExerciseSetPage>(await elsewhere.coach.get('/v1/exercise-sets')).items).toEqual([]);
    expect((await elsewhere.coach.get(`/v1/exercise-sets/${id}`)).statusCode).toBe(404);
    expect((await elsewhere.admin.delete(`/v1/exercise-sets/${id}`)).statusCode).toBe(404);
    const seen: string[] = [];
    for (let url: string | undefined = '/v1/exercise-sets?limit=1'; url;) {
      const page: ExerciseSetPage = told(await coach.get(url));
      seen.push(...page.items.map((set) => set.id));
      url = page.next && `/v1/exercise-sets?limit=1&cursor=${page.next}`;
    }
    expect(seen).toContain(id);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('giving a set', () => {
  it('gives each exercise as the set means it, in one go', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id: setId } = await make();
    const answer = await give(client.clientId, setId, { message: 'Begin waar je wilt.' });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/set-assignments/${answer.json().id}`);
    const { assignments } = answer.json<AssignedSet>();
    expect(assignments).toMatchObject([
      { ...pausing, exerciseVersion: 1, startOn: '2026-03-28', endOn: '2026-04-20', status: 'active' },
      { ...breathing, exerciseVersion: 1, startOn: '2026-03-28', endOn: '2026-04-20', status: 'active' },
    ]);
    expect(assignments.map(({ message }) => message)).toEqual(['Begin waar je wilt.', undefined]);
    expect(told(await coach.get(`/v1/set-assignments/${answer.json().id}`))).toEqual(answer.json());
    const own = told<OwnAssignmentPage>(await client.get('/v1/me/assignments'));
    expect(own.items.map(({ id }) => id).reverse()).toEqual(assignments.map(({ id }) => id));
  });

  it('names the session it was given in, which is one of this client', async () => {
    const { id } = await openFile(coach);
    const { id: setId } = await make();
    const sessionOf = async (clientId: string, startsAt: string): Promise<string> => {
      const planned = { clientId, kind: 'energizing', startsAt, durationMinutes: 60, mode: 'video' };
      return told<{ id: string }>(await coach.post('/v1/sessions', planned)).id;
    };
    const own = await sessionOf(id, '2026-03-30T09:00:00Z');
    const anothers = await sessionOf((await openFile(coach)).id, '2026-03-30T11:00:00Z');
    const refused = await give(id, setId, { sessionId: anothers });
    expect(refused.json().errors[0].pointer).toBe('/sessionId');
    expect(await given(id)).toEqual([]);
    told(await give(id, setId, { sessionId: own }));
    expect((await given(id)).map(({ sessionId }) => sessionId)).toEqual([own, own]);
  });

  it('is done once by a request that is sent twice', async () => {
    const { id } = await openFile(coach);
    const { id: setId } = await make();
    const key = { 'idempotency-key': 'set-1' };
    const first = await give(id, setId, {}, key);
    const second = await give(id, setId, {}, key);
    expect([second.statusCode, second.json()]).toEqual([201, first.json()]);
    expect(await given(id)).toHaveLength(2);
  });

  it('above the limit gives nothing, explains, and gives all where the coach means it', async () => {
    const { id } = await openFile(coach);
    await assign(coach, id);
    await assign(coach, id);
    const { id: setId } = await make();
    // Together they are four where three is the limit, though one of them alone would fit.
    const soon = { startOn: '2027-03-01', endOn: '2027-03-28' };
    app.clock.set('2026-03-10T09:00:00Z');
    const refused = await give(id, setId, soon);
    expect([refused.statusCode, problemOf(refused)]).toEqual([409, 'too-many-assignments']);
    expect(refused.json()).toMatchObject({ limit: 3, active: 2, asked: 2 });
    expect(refused.json().detail).toContain('these are 2 more');
    expect(await given(id)).toHaveLength(2);
    expect((await give(id, setId, { ...soon, overrideLimit: true })).statusCode).toBe(201);
    expect(await given(id)).toHaveLength(4);
    app.clock.reset();
  });

  it('gives nothing of a set that has lost an exercise, until it is mended', async () => {
    const { id } = await openFile(coach);
    const exerciseId = await anExercise();
    const { id: setId } = await make([pausing, { ...breathing, exerciseId }]);
    told(await coach.post(`/v1/exercises/${exerciseId}/retirement`));
    const answer = await give(id, setId);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'set-not-whole']);
    expect(answer.json().exerciseIds).toEqual([exerciseId]);
    expect(await given(id)).toEqual([]);
    expect(told<ExerciseSetView>(await coach.get(`/v1/exercise-sets/${setId}`)).items).toMatchObject([
      { available: true },
      { available: false },
    ]);
    told(await coach.patch(`/v1/exercise-sets/${setId}`, { items: [pausing] }));
    expect((await give(id, setId)).statusCode).toBe(201);
  });

  it('gives nothing when the last of it cannot be given', async () => {
    const { id } = await openFile(coach);
    const { id: setId } = await make();
    const answer = await give(id, setId, { endOn: '2026-03-01' });
    expect(answer.json().errors[0].pointer).toBe('/endOn');
    expect(await given(id)).toEqual([]);
    expect((await give(id, '00000000-0000-7000-8000-000000000000')).json().errors[0].pointer).toBe('/setId');
  });

  it('keeps what was given when the set changes or goes', async () => {
    const { id } = await openFile(coach);
    const { id: setId } = await make();
    const before = told<AssignedSet>(await give(id, setId));
    told(await coach.patch(`/v1/exercise-sets/${setId}`, { items: [breathing] }));
    expect((await coach.delete(`/v1/exercise-sets/${setId}`)).statusCode).toBe(204);
    expect((await coach.get(`/v1/exercise-sets/${setId}`)).statusCode).toBe(404);
    expect(told(await coach.get(`/v1/set-assignments/${before.id}`))).toEqual(before);
  });

  it('by two at once stays within the limit', async () => {
    const { id } = await openFile(coach);
    const { id: setId } = await make();
    app.clock.set('2026-03-10T09:00:00Z');
    const answers = await Promise.all([give(id, setId), give(id, setId)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    expect(await given(id)).toHaveLength(2);
    app.clock.reset();
  });

  it('is for the coach of the file', async () => {
    const { id } = await openFile(coach);
    const { id: setId } = await make();
    const { id: handed } = told<AssignedSet>(await give(id, setId));
    const input = { setId, startOn: '2026-03-28' };
    const elsewhere = await openPractice(app);
    expect((await practice.otherCoach.post(`/v1/clients/${id}/set-assignments`, input)).statusCode).toBe(404);
    expect((await practice.otherCoach.get(`/v1/set-assignments/${handed}`)).statusCode).toBe(404);
    expect((await elsewhere.admin.get(`/v1/set-assignments/${handed}`)).statusCode).toBe(404);
    const seen = told<AssignedSet>(await practice.admin.get(`/v1/set-assignments/${handed}`));
    expect(seen.assignments).toHaveLength(2);
  });
});
