import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Response } from 'light-my-request';
import type { AssignmentView, OwnAssignmentView } from '../src/homework/assignments/assignment.dto.js';
import type { HomeworkDay } from '../src/homework/day/homework-day.dto.js';
import type { ExerciseView } from '../src/homework/exercises/exercise.dto.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { startApp, type TestApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { assign, SITTING } from './support/homework.js';
import { FILM, soundOf, upload, uploaded } from './support/media.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let client: Caller;
let practiceId: string;

beforeAll(async () => {
  app = await startApp({ MEDIA_LARGEST_MB: '1' });
  practice = await openPractice(app);
  coach = practice.coach;
  practiceId = practice.id;
  client = await openFileWithAccount(app, coach);
});
afterAll(() => app.close());

const SOUND = soundOf();
const folder = (): string => join(app.folder, 'files', 'media', practiceId);
const filesThere = (): string[] => (existsSync(folder()) ? readdirSync(folder()) : []);
const hear = (mediumId: string) => ({ by: 'upload', kind: 'audio', mediumId });
const LINK = { by: 'link', kind: 'film', url: 'https://video.example.nl/adem?x=1#t=2' };
const draft = (media: unknown): Promise<Response> => coach.post('/v1/exercises', { ...SITTING, media });
const pointers = (answer: Response): string[] =>
  answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer);

async function publishedWith(media: unknown): Promise<ExerciseView> {
  const { id } = told<ExerciseView>(await draft(media));
  return told(await coach.post(`/v1/exercises/${id}/publication`));
}

async function givenWith(media: unknown, to: Caller = client): Promise<AssignmentView> {
  const { id: exerciseId } = await publishedWith(media);
  return assign(coach, to.clientId, { exerciseId, overrideLimit: true });
}

const playOwn = (id: string, headers = {}, who = client) =>
  who.get(`/v1/me/assignments/${id}/medium`, headers);

describe('an upload', () => {
  it('is told by what its bytes are', async () => {
    const answer = await upload(coach, FILM, { 'content-type': 'audio/wav' });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/exercise-media/${answer.json().id}`);
    expect(answer.json()).toMatchObject({ contentType: 'video/mp4', bytes: FILM.length });
    expect(told(await practice.admin.get(`/v1/exercise-media/${answer.json().id}`))).toEqual(answer.json());
    const { contentType } = await uploaded(coach, SOUND);
    expect(contentType).toBe('audio/wav');
  });

  it('lies on disk under its id alone, for nobody else on the machine', async () => {
    const { id } = await uploaded(coach, SOUND);
    expect(readFileSync(join(folder(), id)).equals(SOUND)).toBe(true);
    expect(statSync(join(folder(), id)).mode & 0o077).toBe(0);
    expect(statSync(folder()).mode & 0o077).toBe(0);
    expect(filesThere().filter((name) => !/^[0-9a-f-]{36}$/.test(name))).toEqual([]);
  });

  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a picture that a script may stand in', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a program', Buffer.from('\x7fELF\x02\x01\x01', 'latin1')],
    ['an archive', Buffer.from('504b0304140000000800', 'hex')],
    ['nothing at all', Buffer.alloc(0)],
  ])('of %s is refused, whatever it calls itself, and leaves nothing', async (_, content) => {
    const before = filesThere();
    const answer = await upload(coach, content, { 'content-type': 'audio/mpeg' });
    expect([answer.statusCode, problemOf(answer)]).toEqual([415, 'not-playable']);
    expect(answer.json().contentTypes).toContain('audio/mpeg');
    expect(filesThere()).toEqual(before);
  });

  it('comes as a recording, and not as a form or JSON', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/html']) {
      const answer = await upload(coach, Buffer.from('{}'), { 'content-type': type });
      expect(answer.statusCode).toBe(415);
    }
    // And a recording comes in nowhere else.
    const answer = await coach.post('/v1/exercises', SOUND, { 'content-type': 'audio/wav' });
    expect(answer.statusCode).toBe(415);
  });

  it('that is too large is refused by what it says, and by what it is', async () => {
    const before = filesThere();
    const told = await upload(coach, soundOf(1_000_000));
    expect([told.statusCode, problemOf(told)]).toEqual([413, 'too-large']);
    const answer = await overTheWire(soundOf(1_000_000), { 'transfer-encoding': 'chunked' });
    expect([answer.status, answer.body]).toEqual([413, expect.stringContaining('too-large')]);
    expect(filesThere()).toEqual(before);
    expect((await upload(coach, soundOf(999_000))).statusCode).toBe(201);
  });

  it('that breaks off leaves nothing', async () => {
    const before = filesThere();
    const isUnderWay = () => filesThere().some((name) => name.endsWith('.part'));
    const headers = { 'content-length': String(SOUND.length + 100) };
    await overTheWire(SOUND, headers, () => until(isUnderWay)).catch(() => undefined);
    await until(() => !isUnderWay());
    expect(filesThere()).toEqual(before);
    // It is nobody's mistake: nothing to look into was logged.
    expect(app.logged.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)).toEqual([]);
  });

  it('is kept once of a request that is sent twice, and told apart by what it holds', async () => {
    const key = { 'idempotency-key': 'upload-1' };
    const first = await upload(coach, SOUND, key);
    const files = filesThere();
    const second = await upload(coach, SOUND, key);
    expect([second.statusCode, second.json()]).toEqual([201, first.json()]);
    expect(filesThere()).toEqual(files);
    expect((await upload(coach, FILM, key)).statusCode).toBe(422);
  });
});

describe('the media of an exercise', () => {
  it('are a link or an upload, and are of a version', async () => {
    const { id } = await uploaded(coach);
    const exercise = await publishedWith(hear(id));
    expect(exercise).toMatchObject({ media: hear(id) });
    const changed = told<ExerciseView>(await coach.patch(`/v1/exercises/${exercise.id}`, { media: LINK }));
    expect(changed).toMatchObject({ media: LINK, published: { media: hear(id) }, draftVersion: 2 });
    const kept = told<ExerciseView>(await coach.patch(`/v1/exercises/${exercise.id}`, { minutes: 7 }));
    expect(kept).toMatchObject({ media: LINK });
    const without = told<ExerciseView>(await coach.patch(`/v1/exercises/${exercise.id}`, { media: null }));
    expect(without).not.toHaveProperty('media');
    const copy = told<ExerciseView>(await coach.post(`/v1/exercises/${exercise.id}/copy`));
    expect(copy).not.toHaveProperty('media');
  });

  it('go along with a copy', async () => {
    const { id } = await publishedWith(LINK);
    expect(told(await coach.post(`/v1/exercises/${id}/copy`))).toMatchObject({ media: LINK });
  });

  it.each([
    'http://video.example.nl/adem',
    'javascript:alert(1)',
    'data:text/html,x',
    '//video.example.nl/adem',
    'https://',
    'https://naam:woord@video.example.nl/adem',
    'https://video.example.nl/a b',
    `https://video.example.nl/${'a'.repeat(2000)}`,
    3,
  ])('take no other link than one of https: %s', async (url) => {
    const answer = await draft({ ...LINK, url });
    expect([answer.statusCode, pointers(answer)[0]]).toEqual([422, '/media/url']);
  });

  it.each([
    ['of neither kind', { by: 'post' }, '/media/by'],
    ['both at once', { ...LINK, mediumId: '00000000-0000-7000-8000-000000000000' }, '/media/mediumId'],
    ['that are not there', hear('00000000-0000-7000-8000-000000000000'), '/media/mediumId'],
    ['of a kind that is not known', { ...LINK, kind: 'smell' }, '/media/kind'],
  ])('are refused %s', async (_, media, pointer) => {
    const answer = await draft(media);
    expect([answer.statusCode, pointers(answer)]).toEqual([422, [pointer]]);
  });

  it('are no film where there is nothing to see', async () => {
    const { id } = await uploaded(coach, SOUND);
    expect(pointers(await draft({ ...hear(id), kind: 'film' }))).toEqual(['/media/kind']);
    const { id: film } = await uploaded(coach, FILM);
    expect((await draft({ ...hear(film), kind: 'film' })).statusCode).toBe(201);
    expect((await draft(hear(film))).statusCode).toBe(201);
  });

  it('are those of the own practice', async () => {
    const elsewhere = await openPractice(app);
    const { id } = await uploaded(elsewhere.coach);
    expect(pointers(await draft(hear(id)))).toEqual(['/media/mediumId']);
  });
});

describe('playing', () => {
  let own: AssignmentView;
  let mediumId: string;
  beforeAll(async () => {
    mediumId = (await uploaded(coach, SOUND)).id;
    own = await givenWith(hear(mediumId));
  });

  it('is where the client reads the exercise, and in their day', async () => {
    const media = { by: 'upload', kind: 'audio', url: `/v1/me/assignments/${own.id}/medium` };
    expect(told<OwnAssignmentView>(await client.get(`/v1/me/assignments/${own.id}`)).exercise.media).toEqual(
      media,
    );
    const day = told<HomeworkDay>(await client.get('/v1/me/homework?on=2026-03-02'));
    const items = day.moments.flatMap((moment) => moment.items);
    expect(items.find(({ assignmentId }) => assignmentId === own.id)).toMatchObject({ media });
    const linked = await givenWith(LINK);
    const { exercise } = told<OwnAssignmentView>(await client.get(`/v1/me/assignments/${linked.id}`));
    expect(exercise.media).toEqual(LINK);
    expect((await playOwn(linked.id)).statusCode).toBe(404);
  });

  it('gives all of it, as what it is and as nothing else', async () => {
    for (const answer of [await playOwn(own.id), await coach.get(`/v1/exercise-media/${mediumId}/file`)]) {
      expect(answer.statusCode).toBe(200);
      expect(answer.rawPayload.equals(SOUND)).toBe(true);
      expect(answer.headers).toMatchObject({
        'content-type': 'audio/wav',
        'content-length': String(SOUND.length),
        'content-disposition': 'inline',
        'accept-ranges': 'bytes',
        etag: `"${mediumId}"`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'cache-control': 'no-store',
      });
    }
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=10-19', 10, 20],
    ['bytes=1000-', 1000, 1044],
    ['bytes=-4', 1040, 1044],
    ['bytes=1040-9999', 1040, 1044],
  ])('gives a part of it: %s', async (range, from, until) => {
    const answer = await playOwn(own.id, { range });
    expect(answer.statusCode).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${from}-${until - 1}/${SOUND.length}`);
    expect(answer.headers['content-length']).toBe(String(until - from));
    expect(answer.rawPayload.equals(SOUND.subarray(from, until))).toBe(true);
  });

  it('gives no part behind the end, and all of it where the part is of another', async () => {
    const beyond = await playOwn(own.id, { range: 'bytes=1044-' });
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */1044']);
    const part = { range: 'bytes=0-3' };
    expect((await playOwn(own.id, { ...part, 'if-range': '"other"' })).statusCode).toBe(200);
    expect((await playOwn(own.id, { ...part, 'if-range': `"${mediumId}"` })).statusCode).toBe(206);
  });

  it('goes on with the version that was given, also when it is stopped', async () => {
    const other = await openFileWithAccount(app, coach);
    const { id } = await uploaded(coach, FILM);
    const exercise = await publishedWith(hear(id));
    const given = await assign(coach, other.clientId, { exerciseId: exercise.id });
    const next = await uploaded(coach, SOUND);
    told(await coach.patch(`/v1/exercises/${exercise.id}`, { media: hear(next.id) }));
    told(await coach.post(`/v1/exercises/${exercise.id}/publication`));
    told(await other.post(`/v1/me/assignments/${given.id}/stop`));
    expect((await playOwn(given.id, {}, other)).rawPayload.equals(FILM)).toBe(true);
  });

  it('is for whom it was given to, and for who writes the catalogue', async () => {
    const neighbour = await openFileWithAccount(app, coach);
    const elsewhere = await openPractice(app);
    const away = await openFileWithAccount(app, elsewhere.coach);
    for (const answer of [
      await playOwn(own.id, {}, neighbour),
      await playOwn(own.id, {}, away),
      await elsewhere.coach.get(`/v1/exercise-media/${mediumId}`),
      await elsewhere.coach.get(`/v1/exercise-media/${mediumId}/file`),
      await elsewhere.admin.get(`/v1/exercise-media/${mediumId}/file`),
    ]) {
      expect(answer.statusCode).toBe(404);
    }
    for (const answer of [
      await client.get(`/v1/exercise-media/${mediumId}/file`),
      await client.get(`/v1/exercise-media/${mediumId}`),
      await upload(client),
      await playOwn(own.id, {}, coach),
      await playOwn(own.id, {}, practice.admin),
    ]) {
      expect(answer.statusCode).toBe(403);
    }
    expect((await playOwn(own.id, {}, new Caller(app))).statusCode).toBe(401);
    expect((await practice.otherCoach.get(`/v1/exercise-media/${mediumId}/file`)).statusCode).toBe(200);
  });

  it('is on record', async () => {
    const answer = await playOwn(own.id, { range: 'bytes=0-3' });
    const [event] = await rows(
      app,
      'select event, client_id, object_id from audit_events where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(event).toEqual({ event: 'exercise_medium.played', client_id: client.clientId, object_id: own.id });
  });

  it('says so when the file was lost, or is not what was taken in', async () => {
    const { id } = await uploaded(coach, SOUND);
    truncateSync(join(folder(), id), 500);
    const answer = await coach.get(`/v1/exercise-media/${id}/file`);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'medium-is-lost']);
    expect(app.logged.some((line) => line.includes(id) && line.includes('not there'))).toBe(true);
  });
});

describe('what nothing refers to any more', () => {
  const tidy = (): Promise<void> => app.get(Housekeeping).run();
  const isKept = async (id: string): Promise<[boolean, boolean]> => [
    (await coach.get(`/v1/exercise-media/${id}`)).statusCode === 200,
    filesThere().includes(id),
  ];
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  afterEach(() => app.clock.reset());

  it('goes after a day, first from the database and then from the disk', async () => {
    const { id: unused } = await uploaded(coach);
    const { id: used } = await uploaded(coach);
    await publishedWith(hear(used));
    writeFileSync(join(folder(), 'broken-off.part'), 'x');
    await tidy();
    expect(await isKept(unused)).toEqual([true, true]);
    app.clock.set(inDays(2));
    await tidy();
    app.clock.reset();
    expect(await isKept(unused)).toEqual([false, true]);
    expect(filesThere()).not.toContain('broken-off.part');
    app.clock.set(inDays(2));
    await tidy();
    app.clock.reset();
    expect(await isKept(unused)).toEqual([false, false]);
    expect(await isKept(used)).toEqual([true, true]);
  });

  it('is what a draft let go of, and not what was ever published', async () => {
    const { id: first } = await uploaded(coach);
    const { id: second } = await uploaded(coach);
    const { id: third } = await uploaded(coach);
    const exercise = await publishedWith(hear(first));
    told(await coach.patch(`/v1/exercises/${exercise.id}`, { media: hear(second) }));
    told(await coach.patch(`/v1/exercises/${exercise.id}`, { media: hear(third) }));
    told(await coach.post(`/v1/exercises/${exercise.id}/retirement`));
    app.clock.set(inDays(2));
    await tidy();
    await tidy();
    app.clock.reset();
    expect(await isKept(first)).toEqual([true, true]);
    expect(await isKept(second)).toEqual([false, false]);
    expect(await isKept(third)).toEqual([false, false]);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it never came about');
}

/** Sends a recording over a real connection, which may break. */
async function overTheWire(
  content: Buffer,
  headers: Record<string, string>,
  breakOff?: () => Promise<void>,
): Promise<{ status: number; body: string }> {
  if (!app.fastify.server.listening) await app.fastify.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.fastify.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sending = httpRequest(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/v1/exercise-media',
        headers: {
          authorization: `Bearer ${coach.tokens!.accessToken}`,
          'content-type': 'audio/wav',
          ...headers,
        },
      },
      (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode!, body }));
      },
    );
    sending.on('error', reject);
    if (breakOff) sending.write(content, () => void breakOff().finally(() => sending.destroy()));
    else sending.end(content);
  });
}
