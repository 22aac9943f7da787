import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, Response } from 'light-my-request';
import { pino } from 'pino';
import { Clock } from '../src/common/clock.js';
import { createApp } from '../src/create-app.js';
import { Problem } from '../src/common/problem.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { type Attempt, Throttle } from '../src/throttling/throttle.js';
import { startApp, type TestApp, testSettings } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { addUser, openFile, openPractice, PASSWORD, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { codeAt, enrol } from './support/second-factor.js';
import type { LoginTokens } from '../src/auth/auth.dto.js';

/** The limits of a real installation, on both instances. */
const REAL = {
  ATTEMPTS_FACTOR: '1',
  INSTALLATION_KEY: randomBytes(32).toString('base64url'),
  TOKEN_SECRET: randomBytes(32).toString('base64url'),
  TRUST_PROXY: '1',
};

let app: TestApp;
let second: NestFastifyApplication;
let practice: TestPractice;
let email: string;
let at: number;

beforeAll(async () => {
  app = await startApp(REAL);
  second = await createApp(testSettings(app.database, app.folder, REAL), pino({ level: 'silent' }));
  Object.assign(second.get(Clock), { now: () => app.clock.now() });
  await second.init();
  await second.getHttpAdapter().getInstance().ready();
  practice = await openPractice(app);
  email = `coach@${practice.slug}.example`;
});
afterAll(async () => {
  await second.close();
  await app.close();
});
beforeEach(async () => {
  at = Date.now();
  wait(0);
  await rows(app, 'delete from throttles');
});
afterEach(() => app.clock.reset());

describe('somebody who guesses a password', () => {
  it('waits after five attempts, longer each time, and is told how long', async () => {
    expect(await statuses(5, () => signIn({ password: WRONG }))).toEqual([401, 401, 401, 401, 401]);
    const waits: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const refused = await signIn({ password: WRONG });
      expect([refused.statusCode, problemOf(refused)]).toEqual([429, 'too-many-attempts']);
      waits.push(Number(refused.headers['retry-after']));
      wait(waits.at(-1)!);
      expect((await signIn({ password: WRONG })).statusCode).toBe(401);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32]);
  });

  it('never waits longer than a quarter of an hour', async () => {
    let longest = 0;
    for (let i = 0; i < 20; i += 1) {
      const answer = await signIn({ password: WRONG });
      const seconds = Number(answer.headers['retry-after'] ?? 0);
      longest = Math.max(longest, seconds);
      wait(seconds);
    }
    expect(longest).toBeGreaterThan(100);
    expect(longest).toBeLessThanOrEqual(900);
  });

  it('does not get in with the right one while waiting, and makes no wait longer by trying', async () => {
    await statuses(5, () => signIn({ password: WRONG }));
    expect(await statuses(9, () => signIn())).toEqual(Array(9).fill(429));
    wait(2);
    expect((await signIn()).statusCode).toBe(200);
  });

  it('finds no more room by asking everything at once, of both instances', async () => {
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => signIn({ password: WRONG }, HOME, i % 2 ? second : undefined)),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(11);
  });

  it('waits at the other instance too', async () => {
    await statuses(5, () => signIn({ password: WRONG }));
    expect((await signIn({ password: WRONG }, HOME, second)).statusCode).toBe(429);
  });

  it('is not told apart by whether the account exists', async () => {
    const nobody = 'niemand@nergens.example';
    const told = async (address: string) => {
      const answers: unknown[] = [];
      for (let i = 0; i < 7; i += 1) {
        const { statusCode, headers } = await signIn({ email: address, password: WRONG });
        answers.push([statusCode, headers['ratelimit']?.toString().split(',')[0], headers['retry-after']]);
      }
      await rows(app, 'delete from throttles');
      return answers;
    };
    expect(await told(email)).toEqual(await told(nobody));
  });

  it('is the same one in capitals', async () => {
    await statuses(5, () => signIn({ email: email.toUpperCase(), password: WRONG }));
    expect((await signIn({ password: WRONG })).statusCode).toBe(429);
  });

  it('on many accounts from one address waits as well', async () => {
    let i = 0;
    const next = () => signIn({ email: `iemand${(i += 1)}@ergens.example`, password: WRONG });
    expect(await statuses(30, next)).toEqual(Array(30).fill(401));
    expect((await next()).statusCode).toBe(429);
  });

  it('cannot wash failures away by signing in to an account of their own in between', async () => {
    let i = 0;
    const guess = () => signIn({ email: `iemand${(i += 1)}@ergens.example`, password: WRONG });
    await statuses(28, guess);
    expect((await signIn()).statusCode).toBe(200);
    expect(await statuses(3, guess)).toEqual([401, 401, 429]);
  });

  it('holds a whole /64 of addresses, and it counts as one', async () => {
    for (let i = 1; i <= 5; i += 1) await signIn({ password: WRONG }, `2001:db8:1:2::${i}`);
    expect((await signIn({ password: WRONG }, '2001:db8:1:2:ffff::9')).statusCode).toBe(429);
    expect((await signIn({ password: WRONG }, '2001:db8:1:3::1')).statusCode).toBe(401);
  });

  it('is seen once when the wait begins, and not with every attempt', async () => {
    const before = await slowed();
    await statuses(9, () => signIn({ password: WRONG }));
    expect((await slowed()) - before).toBe(1);
  });

  it('is forgotten after half an hour of quiet', async () => {
    await statuses(5, () => signIn({ password: WRONG }));
    wait(1900);
    expect(await statuses(5, () => signIn({ password: WRONG }))).toEqual([401, 401, 401, 401, 401]);
  });
});

describe('the owner of an account', () => {
  it('gets in from elsewhere while a stranger is made to wait', async () => {
    await statuses(9, () => signIn({ password: WRONG }, STRANGER));
    expect((await signIn()).statusCode).toBe(200);
  });

  it('is not kept out by a thousand strangers, from where they signed in before', async () => {
    expect((await signIn()).statusCode).toBe(200);
    const answers = await byMany(60);
    expect(answers).toContain(429);
    expect((await signIn()).statusCode).toBe(200);
  });

  it('gets in with the browser they use, though a stranger behind the same address goes on and on', async () => {
    const mark = deviceOf(await webSignIn());
    await statuses(35, () => signIn({ password: WRONG }));
    expect((await signIn()).statusCode).toBe(429);
    expect((await webSignIn(mark)).statusCode).toBe(200);
  });

  it('has a browser that waits like any other when somebody guesses with it', async () => {
    const mark = deviceOf(await webSignIn());
    const guess = () => webSignIn(mark, { password: WRONG });
    expect(await statuses(6, guess)).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await signIn({}, STRANGER)).statusCode).toBe(200);
  });

  it('has a mark that is good for no other account, nor when it was made up', async () => {
    const mark = deviceOf(await webSignIn());
    const other = { email: `olga@${practice.slug}.example`, password: WRONG };
    await statuses(5, () => webSignIn(undefined, other));
    expect((await webSignIn(mark, other)).statusCode).toBe(429);
    await statuses(5, () => signIn({ password: WRONG }));
    const [device] = mark.split('.');
    for (const forged of [`${device}.${'A'.repeat(43)}`, device!, 'x', '']) {
      expect((await webSignIn(forged)).statusCode).toBe(429);
    }
  });

  it('waits a minute at most from a new place while they go on', async () => {
    await byMany(70);
    const refused = await signIn({}, '198.51.100.200');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    wait(60);
    expect((await signIn({}, '198.51.100.200')).statusCode).toBe(200);
  });

  it('who mistyped begins anew after signing in', async () => {
    await statuses(4, () => signIn({ password: WRONG }));
    expect((await signIn()).statusCode).toBe(200);
    expect(await statuses(5, () => signIn({ password: WRONG }))).toEqual([401, 401, 401, 401, 401]);
  });

  it('signs in as often as they like', async () => {
    expect(await statuses(40, () => signIn())).toEqual(Array(40).fill(200));
  });
});

describe('a refresh token', () => {
  it('that is refused again and again waits, and another one does not', async () => {
    const dead = { refreshToken: `${'A'.repeat(22)}.${'B'.repeat(43)}` };
    const refresh = (body: object) => post('/v1/auth/refresh', body);
    expect(await statuses(11, () => refresh(dead))).toEqual([...Array(10).fill(401), 429]);
    const { refreshToken } = told<LoginTokens>(await signIn());
    expect((await refresh({ refreshToken })).statusCode).toBe(200);
  });
});

describe('an invitation', () => {
  it('is not guessed at for long', async () => {
    let i = 0;
    const guess = () =>
      call({
        method: 'PUT',
        url: `/v1/auth/invitations/raad-${(i += 1)}`,
        payload: { password: PASSWORD },
      });
    const told = await statuses(31, guess);
    expect(told.slice(0, 30)).not.toContain(429);
    expect(told[30]).toBe(429);
  });
});

describe('what a service counts by itself', () => {
  const attempt = (more: Partial<Attempt>) =>
    app.get(Throttle).attempt({
      budget: 'code',
      account: 'iemand',
      origin: { requestId: practice.id, address: HOME },
      ...more,
    });
  const times = async (most: number, more: (i: number) => Partial<Attempt>): Promise<number> => {
    for (let i = 0; i < most; i += 1) {
      try {
        await attempt(more(i));
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
        return i;
      }
    }
    return most;
  };

  it('gives a code five attempts from one place, and ten from all together', async () => {
    expect(await times(20, () => ({}))).toBe(5);
    const elsewhere = (i: number) => ({
      account: 'iemand anders',
      origin: { requestId: practice.id, address: `198.51.100.${i}` },
    });
    expect(await times(20, elsewhere)).toBe(10);
  });

  it('counts each mail that is asked for, whether the address is known or not', async () => {
    const mail = { budget: 'mail' as const };
    for (let i = 0; i < 3; i += 1) {
      await attempt(mail);
      await app
        .get(Throttle)
        .succeeded({ ...mail, account: 'iemand', origin: { requestId: practice.id, address: HOME } });
    }
    await expect(attempt(mail)).rejects.toMatchObject({ status: 429 });
  });

  it('keeps each kind of attempt apart', async () => {
    await times(20, () => ({}));
    await expect(attempt({ budget: 'step_up' })).resolves.toMatchObject({ left: 4 });
  });
});

describe('what is kept', () => {
  it('names nobody', async () => {
    await signIn({ password: WRONG });
    await signIn();
    const kept = await rows<{ line: string }>(app, 'select t::text as line from throttles t');
    expect(kept.length).toBeGreaterThan(1);
    for (const { line } of kept) expect(line).toMatch(/^\("\\\\x[0-9a-f]{64}",/);
  });

  it('goes when it has had its time', async () => {
    await signIn({ password: WRONG });
    wait(7200);
    await app.get(Housekeeping).run();
    expect(await rows(app, 'select from throttles')).toEqual([]);
  });
});

describe('somebody who has the password and guesses the code', () => {
  let secret: string;
  let address: string;
  let last = 0;
  const guess = (code: string, from?: string) => signIn({ email: address, code }, from);
  const now = () => app.clock.now();

  beforeAll(async () => {
    at = Date.now();
    wait(0);
    address = `tweede@${practice.slug}.example`;
    const owner = await addUser(app, practice.admin, { name: 'Twan Twee', email: address, roles: ['coach'] });
    ({ secret } = await enrol(owner, now()));
  });
  beforeEach(() => {
    // Codes work once: each test has half-minutes of its own.
    last += 10;
    wait(last * 30);
  });

  it('finds no more room by coming from many addresses', async () => {
    const wrong = () => guess('000000', `198.51.100.${(last += 1)}`);
    expect(await statuses(10, wrong)).toEqual(Array(10).fill(401));
    const refused = await wrong();
    expect([refused.statusCode, problemOf(refused)]).toEqual([429, 'too-many-attempts']);
    expect(Number(refused.headers['retry-after'])).toBe(2);
  });

  it('waits longer each time, up to a quarter of an hour: some hundred guesses a day', async () => {
    let guesses = 0;
    const begun = at;
    while (at - begun < 24 * 3_600_000) {
      const answer = await guess('000000', `2001:db8:${(last += 1).toString(16)}::1`);
      if (answer.statusCode === 401) guesses += 1;
      else wait(Number(answer.headers['retry-after']));
    }
    expect(guesses).toBeLessThan(120);
  });

  it('keeps no owner out who comes from where they came from before', async () => {
    expect((await guess(codeAt(secret, now()))).statusCode).toBe(200);
    await statuses(14, () => guess('000000', `203.0.113.${(last += 1)}`));
    wait(30);
    expect((await guess(codeAt(secret, now()))).statusCode).toBe(200);
  });

  it('does not count who shows no code yet', async () => {
    const asked = await statuses(4, () => signIn({ email: address }));
    expect(asked).toEqual(Array(4).fill(401));
    expect((await guess(codeAt(secret, now()))).statusCode).toBe(200);
  });
});

describe('a key that opens nothing', () => {
  const stream = (key: string, from: string) =>
    call(
      {
        url: '/v1/exports/stream/clients.csv?purpose=Voor%20de%20boekhouding',
        headers: { authorization: `Bearer ${key}` },
      },
      from,
    );
  const refused = async (): Promise<number> => {
    const sql = "select count(*)::int as count from security_events where event = 'key.refused'";
    return (await rows<{ count: number }>(app, sql))[0]!.count;
  };

  it('fills the log for a while and no longer, and keeps no good one out', async () => {
    const made = await practice.admin.post('/v1/me/keys', { name: 'Nachtelijk', scopes: ['exports:read'] });
    const { key } = told<{ key: string }>(made);
    const before = await refused();
    const answers = await statuses(40, () => stream('ademruimte_key_geraden', STRANGER));
    expect(answers).toEqual([...Array<number>(30).fill(401), ...Array<number>(10).fill(429)]);
    expect((await refused()) - before).toBe(30);
    expect((await stream(key, STRANGER)).statusCode).toBe(200);
    expect((await stream('ademruimte_key_geraden', HOME)).statusCode).toBe(401);
  });
});

describe('an invitation that is mailed again', () => {
  it('fills nobody’s mailbox, whoever sends it, and is in the way of no other', async () => {
    const [one, other] = [await openFile(practice.coach), await openFile(practice.coach)];
    const invite = (id: string) => practice.coach.post(`/v1/clients/${id}/invitation`);
    expect(await statuses(8, () => invite(one.id))).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect((await invite(other.id)).statusCode).toBe(200);
    const user = { name: 'Nora Nieuw', email: `nora@${practice.slug}.example`, roles: ['coach'] };
    const { id } = told<{ id: string }>(await practice.admin.post('/v1/users', user));
    const again = () => practice.admin.post(`/v1/users/${id}/invitation`);
    expect(await statuses(7, again)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });
});

describe('the header fields', () => {
  it('tell beforehand what is left', async () => {
    const { headers } = await signIn({ password: WRONG });
    expect(headers['ratelimit-policy']).toBe('"sign_in";q=5;w=1800, "general";q=10000000;w=60');
    expect(headers['ratelimit']).toMatch(/^"sign_in";r=4;t=1800, "general";r=\d+;t=\d+$/);
  });
});

describe('whoever asks a great deal', () => {
  let busy: TestApp;
  beforeAll(async () => {
    busy = await startApp({ REQUESTS_PER_MINUTE: '40' });
  });
  afterAll(() => busy.close());

  it('is asked to be calmer, and nobody else is', async () => {
    const { coach, otherCoach } = await openPractice(busy);
    busy.clock.set('2026-03-02T09:00:10Z');
    const first = await coach.get('/v1/clients');
    expect(first.headers['ratelimit']).toBe('"general";r=39;t=50');
    expect(first.headers['ratelimit-policy']).toBe('"general";q=40;w=60');
    for (let i = 0; i < 39; i += 1) expect((await coach.get('/v1/clients')).statusCode).toBe(200);
    const refused = await coach.get('/v1/clients');
    expect([refused.statusCode, problemOf(refused)]).toEqual([429, 'too-many-requests']);
    expect(refused.headers['retry-after']).toBe('50');
    expect((await otherCoach.get('/v1/clients')).statusCode).toBe(200);
    expect((await new Caller(busy).get('/v1/vocabularies')).statusCode).not.toBe(429);
    busy.clock.set('2026-03-02T09:01:00Z');
    expect((await coach.get('/v1/clients')).statusCode).toBe(200);
  });
});

const WRONG = 'niet het wachtwoord';
const HOME = '192.0.2.1';
const STRANGER = '203.0.113.66';

/** The clock stands still but for this. */
function wait(seconds: number): void {
  at += seconds * 1000;
  app.clock.set(new Date(at).toISOString());
}

function call(request: InjectOptions, from = HOME, instance?: NestFastifyApplication): Promise<Response> {
  const fastify = instance ? instance.getHttpAdapter().getInstance() : app.fastify;
  return fastify.inject({ ...request, headers: { ...request.headers, 'x-forwarded-for': from } });
}

const post = (url: string, payload: object, from?: string, instance?: NestFastifyApplication) =>
  call({ method: 'POST', url, payload }, from, instance);

const signIn = (body: object = {}, from?: string, instance?: NestFastifyApplication) =>
  post('/v1/auth/login', { email, password: PASSWORD, ...body }, from, instance);

const webSignIn = (mark?: string, body: object = {}): Promise<Response> =>
  call({
    method: 'POST',
    url: '/v1/auth/login',
    payload: { email, password: PASSWORD, ...body },
    headers: {
      'x-web-client': '1',
      origin: 'https://portal.example',
      ...(mark !== undefined && { cookie: `__Host-device=${mark}` }),
    },
  });

const deviceOf = ({ cookies }: Response): string =>
  cookies.find(({ name }) => name === '__Host-device')!.value;

/** One attempt each from so many addresses. */
function byMany(strangers: number): Promise<number[]> {
  let i = 0;
  return statuses(strangers, () => signIn({ password: WRONG }, `198.51.100.${(i += 1)}`));
}

async function statuses(times: number, attempt: () => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < times; i += 1) all.push((await attempt()).statusCode);
  return all;
}

async function slowed(): Promise<number> {
  const [row] = await rows<{ count: string }>(
    app,
    "select count(*) from security_events where event = 'sign_in.slowed'",
  );
  return Number(row!.count);
}
