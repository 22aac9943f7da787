import type {
  ExercisePage,
  ExerciseVersionPage,
  ExerciseView,
  TagsInUse,
} from '../src/homework/exercises/exercise.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { SITTING } from './support/homework.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
afterAll(() => app.close());

const draft = async (more: object = {}): Promise<ExerciseView> =>
  told(await coach.post('/v1/exercises', { ...SITTING, ...more }));
const publish = async (id: string): Promise<ExerciseView> =>
  told(await coach.post(`/v1/exercises/${id}/publication`));
const published = async (more: object = {}): Promise<ExerciseView> => publish((await draft(more)).id);
const read = async (id: string): Promise<ExerciseView> => told(await coach.get(`/v1/exercises/${id}`));

describe('the catalogue of a new practice', () => {
  it('holds ten published exercises, written by nobody', async () => {
    const { admin } = await openPractice(app);
    const { items } = told<ExercisePage>(await admin.get('/v1/exercises?limit=100'));
    expect(items.map(({ title }) => title.en)).toEqual([
      'Deep belly breathing',
      'Short walk in nature',
      'Progressive muscle relaxation',
      'Conscious transition moment',
      'Pause before acting',
      'Observe without judging',
      'Notice your own recovery signals',
      'Real rest: no screen, nothing to do',
      'Breath and visualisation to build energy',
      'What may I stop doing today?',
    ]);
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(['published']));
    const versions = told<ExerciseVersionPage>(await admin.get(`/v1/exercises/${items[0]!.id}/versions`));
    expect(versions.items).toHaveLength(1);
    expect(versions.items[0]).not.toHaveProperty('writtenBy');
  });

  it('is read page by page, each exercise once', async () => {
    const { coach } = await openPractice(app);
    const seen: string[] = [];
    for (let url: string | undefined = '/v1/exercises?limit=4'; url;) {
      const page: ExercisePage = told(await coach.get(url));
      seen.push(...page.items.map(({ id }) => id));
      url = page.next && `/v1/exercises?limit=4&cursor=${page.next}`;
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toHaveLength(10);
  });

  it('is filtered by what an exercise is', async () => {
    const { coach } = await openPractice(app);
    const titles = async (query: string) =>
      told<ExercisePage>(await coach.get(`/v1/exercises?${query}`)).items.map(({ title }) => title.en);
    expect(await titles('technique=rest&moment=morning')).toEqual(['What may I stop doing today?']);
    expect(await titles('approach=adding')).toHaveLength(4);
    expect(await titles('status=draft')).toEqual([]);
    expect((await coach.get('/v1/exercises?moment=noon')).statusCode).toBe(422);
  });
});

describe('the search of the catalogue', () => {
  const NAMED = {
    title: { nl: 'Héél even één minuut', en: 'A minute for your café' },
    minutes: 97,
    rhythm: 'daily',
    tags: ['Op kantoor', 'Rust'],
  };
  const found = async (query: string) => {
    const { items } = told<ExercisePage>(await coach.get(`/v1/exercises?limit=100&${query}`));
    return items.map(({ id }) => id);
  };

  it.each(['heel', 'HÉÉL EEN', 'cafe', 'Caf%C3%A9 min', 'minuut kantoor', 'cafe%CC%81', 'stay'])(
    'finds by the beginnings of words, without accents and capitals: %s',
    async (q) => {
      const { id } = await draft(NAMED);
      expect(await found(`q=${q}`)).toContain(id);
    },
  );

  it.each(['inuut', 'heel elders', '%25', '%27%20or%201=1', '!!!'])(
    'finds no more than that: %s',
    async (q) => {
      const { id } = await draft(NAMED);
      expect(await found(`q=${q}`)).not.toContain(id);
    },
  );

  it('is narrowed by tag, rhythm and time', async () => {
    const { id } = await draft(NAMED);
    expect(await found('tag=RÚST&rhythm=daily&q=heel')).toContain(id);
    expect(await found('tag=rus')).not.toContain(id);
    expect(await found('rhythm=free&q=heel')).not.toContain(id);
    expect(await found('maxMinutes=96&q=heel')).not.toContain(id);
    expect(await found('maxMinutes=97&tag=op%20kantoor')).toContain(id);
    expect((await coach.get('/v1/exercises?maxMinutes=0')).statusCode).toBe(422);
  });

  it('looks in the newest version, the draft included', async () => {
    const { id } = await published({ title: { nl: 'Zonnebad', en: 'Sunbath' } });
    await coach.patch(`/v1/exercises/${id}`, { title: { nl: 'Maanlicht', en: 'Moonlight' } });
    expect(await found('q=zonnebad')).not.toContain(id);
    expect(await found('q=maanlicht')).toContain(id);
  });

  it('finds nothing of another practice', async () => {
    await draft(NAMED);
    const elsewhere = await openPractice(app);
    expect(told<ExercisePage>(await elsewhere.coach.get('/v1/exercises?q=heel%20cafe')).items).toEqual([]);
    expect(told<TagsInUse>(await elsewhere.coach.get('/v1/exercise-tags')).items).toEqual([]);
  });
});

describe('tags', () => {
  it('change at once, without a next version', async () => {
    const { id } = await published({ tags: ['Buik'] });
    const answer = await coach.patch(`/v1/exercises/${id}`, { tags: [' Adem ', 'Zitten'] });
    expect(answer.json()).toMatchObject({
      tags: ['Adem', 'Zitten'],
      publishedVersion: 1,
      status: 'published',
    });
    expect(answer.json()).not.toHaveProperty('draftVersion');
    const both = await coach.patch(`/v1/exercises/${id}`, { tags: [], minutes: 9 });
    expect(both.json()).toMatchObject({ tags: [], draftVersion: 2, minutes: 9, published: { minutes: 4 } });
  });

  it('are each said once, and few', async () => {
    for (const tags of [
      ['Rust', 'rúst'],
      [' '],
      ['a'.repeat(41)],
      [3],
      Array.from({ length: 11 }, (_, i) => `t${i}`),
    ]) {
      const answer = await coach.post('/v1/exercises', { ...SITTING, tags });
      expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([
        422,
        expect.stringMatching('/tags'),
      ]);
    }
  });

  it('in use are told, however they are written', async () => {
    const { coach } = await openPractice(app);
    const make = (tags: string[]) => coach.post('/v1/exercises', { ...SITTING, tags });
    told(await make(['zitten', 'Één']));
    told(await make(['Zitten']));
    const gone = told<ExerciseView>(await make(['weg']));
    told(await coach.post(`/v1/exercises/${gone.id}/publication`));
    told(await coach.post(`/v1/exercises/${gone.id}/retirement`));
    expect(told<TagsInUse>(await coach.get('/v1/exercise-tags')).items).toMatchObject([
      { tag: 'Één', exercises: 1 },
      { tag: expect.stringMatching(/^zitten$/i), exercises: 2 },
    ]);
  });

  it('of what is retired stay', async () => {
    const { id } = await published();
    told(await coach.post(`/v1/exercises/${id}/retirement`));
    expect(problemOf(await coach.patch(`/v1/exercises/${id}`, { tags: ['x'] }))).toBe('wrong-state');
  });
});

describe('a copy', () => {
  const copyOf = (id: string, headers = {}) => coach.post(`/v1/exercises/${id}/copy`, undefined, headers);

  it('of a shipped exercise is a draft that says the same under another title', async () => {
    const shipped = (await found('Conscious transition moment'))!;
    const answer = await copyOf(shipped.id);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/exercises/${answer.json().id}`);
    const { title, purpose, steps } = shipped;
    expect(answer.json()).toMatchObject({ status: 'draft', draftVersion: 1, purpose, steps });
    expect(answer.json().title).toEqual({ nl: `${title.nl} (kopie)`, en: `${title.en} (copy)` });
    expect(answer.json()).not.toHaveProperty('publishedVersion');
    told(await coach.patch(`/v1/exercises/${answer.json().id}`, { minutes: 42 }));
    expect(await read(shipped.id)).toEqual(shipped);
    const [version] = told<ExerciseVersionPage>(
      await coach.get(`/v1/exercises/${answer.json().id}/versions`),
    ).items;
    expect(version).toMatchObject({ writtenBy: coach.id });
  });

  it('says what stands now, the draft and its tags, also of what is retired', async () => {
    const { id } = await published({ tags: ['eigen'] });
    told(await coach.patch(`/v1/exercises/${id}`, { minutes: 9 }));
    expect(told(await copyOf(id))).toMatchObject({ minutes: 9, tags: ['eigen'], status: 'draft' });
    told(await coach.post(`/v1/exercises/${id}/retirement`));
    expect(told(await copyOf(id))).toMatchObject({ minutes: 4, status: 'draft' });
  });

  it('of the longest title still has one that fits', async () => {
    const { id } = await draft({ title: { nl: 'n'.repeat(120), en: `${'e'.repeat(112)}😀rest` } });
    const { title } = told<ExerciseView>(await copyOf(id));
    expect(title).toEqual({ nl: `${'n'.repeat(112)} (kopie)`, en: `${'e'.repeat(112)} (copy)` });
  });

  it('is made once by a request that is sent twice', async () => {
    const { id } = await draft();
    const key = { 'idempotency-key': 'copy-1' };
    const first = await copyOf(id, key);
    expect((await copyOf(id, key)).json()).toEqual(first.json());
  });

  const found = async (title: string) =>
    told<ExercisePage>(await coach.get('/v1/exercises?limit=100')).items.find(
      (one) => one.title.en === title,
    );
});

describe('an exercise', () => {
  it('begins as a draft', async () => {
    const answer = await coach.post('/v1/exercises', SITTING);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/exercises/${answer.json().id}`);
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.json()).toMatchObject({ ...SITTING, status: 'draft', draftVersion: 1 });
    expect(answer.json()).not.toHaveProperty('publishedVersion');
  });

  it('is made once by a request that is sent twice', async () => {
    const key = { 'idempotency-key': 'exercise-1' };
    const first = await coach.post('/v1/exercises', SITTING, key);
    const second = await coach.post('/v1/exercises', SITTING, key);
    expect([second.statusCode, second.json()]).toEqual([201, first.json()]);
  });

  it('needs both languages in every text', async () => {
    const answer = await coach.post('/v1/exercises', {
      ...SITTING,
      title: { nl: 'Even zitten' },
      steps: [{ nl: 'Ga zitten.', en: '' }],
    });
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/title/en',
      '/steps/0/en',
    ]);
  });

  it.each([
    ['no steps', { steps: [] }, '/steps'],
    ['a technique that is not known', { technique: 'magic' }, '/technique'],
    ['no minutes at all', { minutes: 0 }, '/minutes'],
    ['a field that does not exist', { score: 10 }, '/score'],
    ['a title that is no object', { title: 'Even zitten' }, '/title'],
    ['a step that is nothing', { steps: [null] }, '/steps/0'],
  ])('is refused with %s', async (_, wrong, pointer) => {
    const answer = await coach.post('/v1/exercises', { ...SITTING, ...wrong });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toContain(pointer);
  });

  it('changes in place while it is a draft', async () => {
    const { id } = await draft();
    const answer = await coach.patch(`/v1/exercises/${id}`, { minutes: 9, cautions: null });
    expect(answer.json()).toMatchObject({ draftVersion: 1, minutes: 9, title: SITTING.title, version: 2 });
    expect(answer.json()).not.toHaveProperty('cautions');
    expect(answer.headers['etag']).toBe('"2"');
    expect(await read(id)).toEqual(answer.json());
  });

  it('once published goes on in a next version, and what was published stands until then', async () => {
    const { id } = await published();
    const changed = told<ExerciseView>(await coach.patch(`/v1/exercises/${id}`, { minutes: 9 }));
    expect(changed).toMatchObject({
      status: 'published',
      publishedVersion: 1,
      draftVersion: 2,
      minutes: 9,
      published: { minutes: 4, title: SITTING.title },
    });
    expect(told(await coach.patch(`/v1/exercises/${id}`, { minutes: 10 }))).toMatchObject({
      draftVersion: 2,
    });
    const again = await publish(id);
    expect(again).toMatchObject({ publishedVersion: 2, minutes: 10 });
    expect(again).not.toHaveProperty('draftVersion');
    expect(again).not.toHaveProperty('published');
    const { items } = told<ExerciseVersionPage>(await coach.get(`/v1/exercises/${id}/versions`));
    expect(items.map(({ exerciseVersion, minutes }) => [exerciseVersion, minutes])).toEqual([
      [2, 10],
      [1, 4],
    ]);
    expect(items.every(({ publishedAt, writtenBy }) => publishedAt && writtenBy === coach.id)).toBe(true);
  });

  it('shows its versions page by page', async () => {
    const { id } = await published();
    await coach.patch(`/v1/exercises/${id}`, { minutes: 9 });
    const first = told<ExerciseVersionPage>(await coach.get(`/v1/exercises/${id}/versions?limit=1`));
    const second = told<ExerciseVersionPage>(
      await coach.get(`/v1/exercises/${id}/versions?limit=1&cursor=${first.next}`),
    );
    expect([first.items[0]!.exerciseVersion, second.items[0]!.exerciseVersion]).toEqual([2, 1]);
    expect(second).not.toHaveProperty('next');
  });

  it('is not published twice', async () => {
    const { id } = await published();
    expect(problemOf(await coach.post(`/v1/exercises/${id}/publication`))).toBe('nothing-to-publish');
  });

  it('that is retired is changed and published no more', async () => {
    const { id } = await published();
    expect(told(await coach.post(`/v1/exercises/${id}/retirement`))).toMatchObject({ status: 'retired' });
    for (const answer of [
      await coach.patch(`/v1/exercises/${id}`, { minutes: 9 }),
      await coach.post(`/v1/exercises/${id}/publication`),
      await coach.post(`/v1/exercises/${id}/retirement`),
    ]) {
      expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'wrong-state']);
    }
  });

  it('that was never published is not retired', async () => {
    const { id } = await draft();
    expect(problemOf(await coach.post(`/v1/exercises/${id}/retirement`))).toBe('wrong-state');
  });

  it('is not overwritten by who saw an older version', async () => {
    const { id, version } = await draft();
    const header = { 'if-match': `"${version}"` };
    expect((await coach.patch(`/v1/exercises/${id}`, { minutes: 5 }, header)).statusCode).toBe(200);
    expect((await coach.patch(`/v1/exercises/${id}`, { minutes: 6 }, header)).statusCode).toBe(412);
    expect(await read(id)).toMatchObject({ minutes: 5 });
  });

  it('changed by two at once becomes one next version', async () => {
    const { id } = await published();
    const answers = await Promise.all(
      [5, 6, 7].map((minutes) => coach.patch(`/v1/exercises/${id}`, { minutes })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(await read(id)).toMatchObject({ draftVersion: 2 });
  });
});

describe('who may', () => {
  it('write the catalogue: a coach and an admin', async () => {
    const { id } = told<ExerciseView>(await practice.admin.post('/v1/exercises', SITTING));
    expect((await coach.patch(`/v1/exercises/${id}`, { minutes: 3 })).statusCode).toBe(200);
    expect((await practice.admin.post(`/v1/exercises/${id}/publication`)).statusCode).toBe(200);
  });

  it('never: a client', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await published();
    for (const answer of [
      await client.get('/v1/exercises'),
      await client.get(`/v1/exercises/${id}`),
      await client.get(`/v1/exercises/${id}/versions`),
      await client.get('/v1/exercise-tags'),
      await client.post('/v1/exercises', SITTING),
      await client.post(`/v1/exercises/${id}/copy`),
      await client.patch(`/v1/exercises/${id}`, { minutes: 3 }),
      await client.post(`/v1/exercises/${id}/publication`),
      await client.post(`/v1/exercises/${id}/retirement`),
    ]) {
      expect(answer.statusCode).toBe(403);
    }
  });

  it('see it: nobody of another practice', async () => {
    const elsewhere = await openPractice(app);
    const { id } = await published();
    for (const answer of [
      await elsewhere.coach.get(`/v1/exercises/${id}`),
      await elsewhere.coach.get(`/v1/exercises/${id}/versions`),
      await elsewhere.coach.post(`/v1/exercises/${id}/copy`),
      await elsewhere.admin.patch(`/v1/exercises/${id}`, { minutes: 3 }),
      await elsewhere.admin.post(`/v1/exercises/${id}/retirement`),
    ]) {
      expect(answer.statusCode).toBe(404);
    }
  });
});
