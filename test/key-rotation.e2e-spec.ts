import { randomBytes, randomUUID } from 'node:crypto';
import { KeyRotation, type Progress } from '../src/auth/key-rotation.js';
import { ClientKeys } from '../src/clients/client-keys.js';
import { CannotOpen } from '../src/common/cipher/cipher.js';
import { InstallationKey } from '../src/common/cipher/installation-key.js';
import { readWrappedKey } from '../src/common/cipher/wrapped-key.js';
import { Tenant } from '../src/database/tenant.js';
import { PracticeKeys } from '../src/practices/practice-keys.js';
import { startApp, startBeside, type TestApp, testSettings } from './support/app.js';
import { Caller, told } from './support/caller.js';
import { writeNote } from './support/notes.js';
import { openFile, openPractice, PASSWORD, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { codeAt, enrol } from './support/second-factor.js';

const key = (): string => randomBytes(32).toString('base64url');
const FIRST = key();
const TOKEN_SECRET = key();
const SECOND = `2026-11:${key()}`;
const THIRD = `2027-01:${key()}`;

type Instance = Awaited<ReturnType<typeof startBeside>>;

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
const started: Instance[] = [];

beforeAll(async () => {
  app = await startApp({ INSTALLATION_KEY: FIRST, TOKEN_SECRET });
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(started.splice(0).map((instance) => instance.close()));
});
afterAll(() => app.close());

/** Another process on the same data, with another ring. */
async function withRing(ring: Record<string, string>): Promise<Instance> {
  const instance = await startBeside(app, testSettings(app.database, app.folder, { TOKEN_SECRET, ...ring }));
  started.push(instance);
  return instance;
}

const FIRST_AND_SECOND = { INSTALLATION_KEY: FIRST, INSTALLATION_KEYS: SECOND };
const ALL_THREE = { INSTALLATION_KEY: FIRST, INSTALLATION_KEYS: `${THIRD}\n${SECOND}` };

/** Which key of the ring wraps how many data keys. */
const wrappings = () =>
  rows<{ id: string; count: number }>(
    app,
    `select convert_from(substring(wrapped from 3 for get_byte(wrapped, 1)), 'UTF8') as id, count(*)::int
       from client_keys group by 1 order by 1`,
  );

describe('another key of the installation', () => {
  it('takes over all data keys while the service runs, and no text changes', async () => {
    const file = await openFile(practice.coach);
    await openFile(elsewhere.coach);
    const note = await writeNote(practice.coach, file.id, { body: 'Zij sliep weer door.' });
    const before = await rows(app, 'select body from note_bodies');

    const next = await withRing(FIRST_AND_SECOND);
    expect(told(await practice.coach.at(next).get(`/v1/notes/${note.id}`))).toMatchObject({
      body: note.body,
    });
    const steps: Progress[] = [];
    const moved = await next.get(KeyRotation).run((progress) => void steps.push(progress));

    expect(moved).toBe(2);
    expect(steps[0]).toEqual({ done: 0, total: 2 });
    expect(steps.at(-1)).toEqual({ done: 2, total: 2 });
    expect(await wrappings()).toEqual([{ id: '2026-11', count: 2 }]);
    expect(await rows(app, 'select body from note_bodies')).toEqual(before);
    expect(told(await practice.coach.at(next).get(`/v1/notes/${note.id}`))).toMatchObject({
      body: note.body,
    });
    expect(
      await rows(
        app,
        `select row_count from audit_events where event = 'keys.rotated' and practice_id = $1`,
        [practice.id],
      ),
    ).toEqual([{ row_count: 1 }]);
  });

  it('is needed from then on: the ring without it opens nothing', async () => {
    const [file] = told<{ items: { id: string }[] }>(await practice.coach.get('/v1/clients')).items;
    expect((await practice.coach.get(`/v1/clients/${file!.id}/notes`)).statusCode).toBe(500);
    const next = await withRing(FIRST_AND_SECOND);
    expect((await practice.coach.at(next).get(`/v1/clients/${file!.id}/notes`)).statusCode).toBe(200);
  });

  it('takes over the key of the practice, for what is told before there is a client', async () => {
    const first = await withRing({ INSTALLATION_KEY: FIRST });
    await rows(app, 'insert into practice_keys (practice_id, wrapped, created_at) values ($1, $2, now())', [
      practice.id,
      first.get(InstallationKey).wrapNewKey(practice.id),
    ]);
    const place = { column: 'intake_requests.question', row: practice.id, version: 1 };
    const cipherOf = (instance: Instance) =>
      instance
        .get(Tenant)
        .read({ practiceId: practice.id, task: 'key_rotation', origin: { requestId: randomUUID() } }, (tx) =>
          instance.get(PracticeKeys).open(tx),
        );
    const sealed = (await cipherOf(first)).seal(place, 'Mag ik bellen?');

    const second = await withRing(FIRST_AND_SECOND);
    expect(await second.get(KeyRotation).run(() => undefined)).toBeGreaterThan(0);
    expect((await cipherOf(second)).open(place, sealed)).toBe('Mag ik bellen?');
    await expect(cipherOf(first)).rejects.toBeInstanceOf(CannotOpen);
    expect(await second.get(KeyRotation).run(() => undefined)).toBe(0);
  });

  it('wraps nothing new while it is only being made known', async () => {
    const knowing = await withRing({ ...FIRST_AND_SECOND, INSTALLATION_KEY_CURRENT: 'installation' });
    const file = await openFile(practice.coach.at(knowing));
    const [key] = await rows<{ wrapped: Buffer }>(
      app,
      'select wrapped from client_keys where client_id = $1',
      [file.id],
    );
    expect(readWrappedKey(key!.wrapped).ringKeyId).toBe('installation');
    await (await withRing(FIRST_AND_SECOND)).get(KeyRotation).run(() => undefined);
    expect((await practice.coach.at(knowing).get(`/v1/clients/${file.id}/notes`)).statusCode).toBe(200);
  });

  it('moves the secret of an authenticator app along', async () => {
    const next = await withRing(FIRST_AND_SECOND);
    const { secret } = await enrol(practice.otherCoach.at(next));
    const third = await withRing(ALL_THREE);
    await third.get(KeyRotation).run(() => undefined);
    const { email } = told<{ email: string }>(await practice.otherCoach.get('/v1/me'));
    const body = {
      email,
      password: PASSWORD,
      code: codeAt(secret),
    };
    expect(told(await new Caller(third).post('/v1/auth/login', body))).toHaveProperty('accessToken');
    expect((await new Caller(next).post('/v1/auth/login', body)).statusCode).toBeGreaterThanOrEqual(401);
  });

  it('goes on where it was stopped, and does nothing twice', async () => {
    for (let i = 0; i < 3; i += 1) await openFile(practice.coach.at(await withRing(FIRST_AND_SECOND)));
    const third = await withRing(ALL_THREE);
    const keys = third.get(ClientKeys);
    const rewrap = keys.rewrap.bind(keys);
    jest.spyOn(keys, 'rewrap').mockImplementation((tx) => rewrap(tx, 1));
    const rotation = third.get(KeyRotation);
    const stop = new Error('stopped');
    const stopped = rotation.run(({ done }) => {
      if (done === 2) throw stop;
    });
    await expect(stopped).rejects.toBe(stop);
    expect(await rotation.run(() => undefined)).toBe(1);
    expect(await rotation.run(() => undefined)).toBe(0);
    expect((await wrappings()).map(({ id }) => id)).toEqual(['2027-01']);
  });

  it('leaves what it cannot open as it is, and says so', async () => {
    const stranger = await withRing({ INSTALLATION_KEY: FIRST, INSTALLATION_KEYS: `other:${key()}` });
    await expect(stranger.get(KeyRotation).run(() => undefined)).rejects.toBeInstanceOf(CannotOpen);
    expect((await wrappings()).map(({ id }) => id)).toEqual(['2027-01']);
  });
});
