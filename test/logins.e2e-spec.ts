import { randomUUID } from 'node:crypto';
import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import type { LoginList } from '../src/users/user.dto.js';
import { type TestApp, startApp, startBeside } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { addUser, openPractice, PASSWORD, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let beside: Awaited<ReturnType<typeof startBeside>>;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp({ LOGIN_IDLE_HOURS: '48', LOGIN_LIFETIME_HOURS: '120' });
  beside = await startBeside(app);
  practice = await openPractice(app);
});
afterEach(() => app.clock.reset());
afterAll(async () => {
  await beside.close();
  await app.close();
});

async function begin(device?: string, email = `coach@${practice.slug}.example`): Promise<Caller> {
  const answer = await new Caller(app).post(
    '/v1/auth/login',
    { email, password: PASSWORD },
    device ? { 'user-agent': device } : {},
  );
  return new Caller(app, told<LoginTokens>(answer));
}

const refresh = ({ tokens }: Caller, at: Pick<TestApp, 'fastify'> = app): Promise<Response> =>
  new Caller(at).post('/v1/auth/refresh', { refreshToken: tokens!.refreshToken });
const refreshed = async (caller: Caller): Promise<Caller> =>
  new Caller(app, told<LoginTokens>(await refresh(caller)));
const works = async (caller: Caller): Promise<boolean> => (await caller.get('/v1/me')).statusCode === 200;
const later = (seconds: number) => app.clock.set(new Date(Date.now() + seconds * 1000).toISOString());
const HOUR = 3600;

const eventsOf = (answer: Response) =>
  rows(app, 'select event, ground, outcome from audit_events where request_id = $1', [
    answer.headers['x-request-id'],
  ]);

describe('two processes that refresh with one token at the same moment', () => {
  it('are told the same next token: one winner, and neither is locked out', async () => {
    for (let round = 0; round < 5; round += 1) {
      const caller = await begin();
      const answers = await Promise.all([refresh(caller), refresh(caller, beside)]);
      const [one, other] = answers.map((answer) => new Caller(app, told<LoginTokens>(answer))) as [
        Caller,
        Caller,
      ];
      expect(one.tokens!.refreshToken).toBe(other.tokens!.refreshToken);
      expect([await works(one), await works(other.at(beside))]).toEqual([true, true]);
      const [{ count }] = (await rows(
        app,
        `select count(*)::int as count from refresh_tokens t join refresh_tokens mine using (practice_id, login_id)
          where mine.id = (select id from refresh_tokens order by id desc limit 1) and t.used_at is null`,
      )) as [{ count: number }];
      expect(count).toBe(1);
      // And so they may go on, side by side.
      const next = await Promise.all([refresh(one), refresh(other, beside)]);
      expect(next.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    }
  });
});

describe('an answer that was lost on its way', () => {
  it('is had again within ten seconds, and that is in the log', async () => {
    const caller = await begin();
    const lost = await refreshed(caller);
    later(9);
    const again = await refresh(caller);
    expect(told<LoginTokens>(again).refreshToken).toBe(lost.tokens!.refreshToken);
    expect(await eventsOf(again)).toContainEqual(
      expect.objectContaining({ event: 'login.refresh_repeated' }),
    );
    expect(await works(await refreshed(lost))).toBe(true);
  });

  it('is not had a third time: that ends the login, and says so in the log', async () => {
    const caller = await begin();
    await refreshed(caller);
    const again = await refreshed(caller);
    const third = await refresh(caller);
    expect([third.statusCode, problemOf(third)]).toEqual([401, 'refresh-refused']);
    expect(await eventsOf(third)).toContainEqual({
      event: 'login.ended',
      ground: 'reuse',
      outcome: 'refused',
    });
    expect(await works(again)).toBe(false);
  });

  it('is not had after ten seconds: that ends the login', async () => {
    const caller = await begin();
    const next = await refreshed(caller);
    later(11);
    expect((await refresh(caller)).statusCode).toBe(401);
    expect(await works(next)).toBe(false);
  });

  it('is not had once it arrived, and its token was used: that ends the login', async () => {
    const caller = await begin();
    const next = await refreshed(await refreshed(caller));
    expect((await refresh(caller)).statusCode).toBe(401);
    expect(await works(next)).toBe(false);
  });

  it('is not had of a login that ended meanwhile', async () => {
    const caller = await begin();
    const next = await refreshed(caller);
    expect((await next.post('/v1/auth/logout')).statusCode).toBe(204);
    expect((await refresh(caller)).statusCode).toBe(401);
  });
});

describe('a login', () => {
  it('ends when it is silent for too long', async () => {
    const [silent, busy] = [await begin(), await begin()];
    later(47 * HOUR);
    const kept = await refreshed(busy);
    later(49 * HOUR);
    expect((await refresh(silent)).statusCode).toBe(401);
    expect((await refresh(kept)).statusCode).toBe(200);
  });

  it('ends after its lifetime, however busy it is', async () => {
    let caller = await begin();
    for (const hours of [40, 80, 119]) {
      later(hours * HOUR);
      caller = await refreshed(caller);
    }
    later(121 * HOUR);
    expect((await refresh(caller)).statusCode).toBe(401);
  });

  it('that ended by itself is no longer listed', async () => {
    const silent = await begin('Stil');
    later(47 * HOUR);
    const asker = await begin('Vraagt');
    const devices = async (by: Caller) =>
      told<LoginList>(await by.get('/v1/me/logins')).items.map(({ device }) => device);
    expect(await devices(asker)).toEqual(expect.arrayContaining(['Stil', 'Vraagt']));
    later(49 * HOUR);
    expect(await devices(asker)).not.toContain('Stil');
    expect(silent.tokens).toBeDefined();
  });

  it('tells when it was last seen', async () => {
    const caller = await begin();
    const seenAt = new Date(Date.now() + 600_000).toISOString();
    app.clock.set(seenAt);
    const again = await refreshed(caller);
    const { items } = told<LoginList>(await again.get('/v1/me/logins'));
    expect(items.find(({ current }) => current)).toMatchObject({ lastSeenAt: seenAt, address: '127.0.0.1' });
  });

  it('can end all others of the same person, and nobody else’s', async () => {
    const email = `olga@${practice.slug}.example`;
    const [here, there] = [await begin('Hier', email), await begin('Daar', email)];
    const somebodyElse = await begin();
    const answer = await here.delete('/v1/me/logins');
    expect(answer.statusCode).toBe(204);
    expect(await eventsOf(answer)).toContainEqual({
      event: 'logins.ended',
      ground: 'revoked',
      outcome: 'done',
    });
    expect(await works(there)).toBe(false);
    expect((await refresh(there)).statusCode).toBe(401);
    expect([await works(here), await works(somebodyElse)]).toEqual([true, true]);
    expect(told<LoginList>(await here.get('/v1/me/logins')).items).toHaveLength(1);
  });

  it('knows whether its device was seen before, whatever version that has become', async () => {
    const email = `apparaat${randomUUID()}@praktijk.example`;
    await addUser(app, practice.admin, { name: 'Bram Verhoef', email, roles: ['coach'] });
    const devices = [
      'Firefox/131.0 (Windows NT 10.0)',
      'Firefox/132.0.1 (Windows NT 11.0)',
      'Safari/17 (iPhone)',
    ];
    for (const device of devices) await begin(device, email);
    const begun = await rows(
      app,
      `select ground from audit_events where event = 'login.begun' and object_id = (select id from users where email = $1)
        order by id`,
      [email],
    );
    // The invitation was accepted without a device.
    expect(begun.map(({ ground }) => ground)).toEqual(['first', 'new_device', 'known_device', 'new_device']);
  });
});

describe('what an admin decides at one process acts on the very next request at another:', () => {
  const joined = () =>
    addUser(app, practice.admin, {
      name: 'Bram Verhoef',
      email: `bram${randomUUID()}@praktijk.example`,
      roles: ['coach'],
    });

  it('disabling a user', async () => {
    const user = await joined();
    expect((await user.at(beside).get('/v1/clients')).statusCode).toBe(200);
    told(await practice.admin.post(`/v1/users/${user.id}/disabling`));
    expect((await user.at(beside).get('/v1/clients')).statusCode).toBe(401);
    expect((await refresh(user, beside)).statusCode).toBe(401);
  });

  it('changing roles', async () => {
    const user = await joined();
    expect((await user.at(beside).get('/v1/clients')).statusCode).toBe(200);
    told(await practice.admin.patch(`/v1/users/${user.id}`, { roles: ['admin'] }));
    expect((await user.at(beside).get('/v1/clients')).statusCode).toBe(401);
    const now = new Caller(beside, told<LoginTokens>(await refresh(user, beside)));
    expect(now.tokens!.user.roles).toEqual(['admin']);
  });
});
