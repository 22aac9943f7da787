import { createHmac, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import * as argon2 from '@node-rs/argon2';
import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import { Settings } from '../src/config/settings.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import {
  addUser,
  invitationCode,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';

// Counted, not replaced: the work itself is what must not differ.
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, verify: jest.fn(real.verify) };
});

let app: TestApp;
let practice: TestPractice;
let other: TestPractice;
let anybody: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  other = await openPractice(app);
  anybody = new Caller(app);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const coachAddress = () => `coach@${practice.slug}.example`;

function signIn(email: string, more: object = {}): Promise<Response> {
  return anybody.post('/v1/auth/login', { email, password: PASSWORD, ...more });
}

async function verificationsDuring(work: () => Promise<unknown>): Promise<number> {
  const verify = jest.mocked(argon2.verify);
  verify.mockClear();
  await work();
  return verify.mock.calls.length;
}

/** A problem, without the number of this one occurrence. */
function withoutInstance(answer: Response): object {
  const { instance: _, ...rest } = answer.json<{ instance: string }>();
  return { status: answer.statusCode, ...rest };
}

describe('signing in', () => {
  it('gives tokens and says who signed in', async () => {
    const { accessToken, user, expiresIn } = told<LoginTokens>(await signIn(coachAddress()));
    expect(user).toEqual({ id: practice.coach.id, name: 'Coen de Coach', roles: ['coach'] });
    expect(expiresIn).toBe(600);
    expect(app.get(JwtService).decode(accessToken, { complete: true })).toMatchObject({
      header: { alg: 'HS256', typ: 'at+jwt' },
      payload: { sub: practice.coach.id, practice: practice.id, roles: ['coach'] },
    });
  });

  it('tells a client which file is theirs', async () => {
    const client = await openFileWithAccount(app, practice.coach, { email: 'eigen@dossier.example' });
    const { user } = told<LoginTokens>(await signIn('eigen@dossier.example'));
    expect(user.clientId).toBe(client.clientId);
  });

  it('takes the address in any case and with spaces around it', async () => {
    expect((await signIn(` ${coachAddress().toUpperCase()} `)).statusCode).toBe(200);
  });

  it('takes the password in either Unicode form', async () => {
    const email = 'vorm@unicode.example';
    const password = 'één wachtzin met een trema: ë';
    told(await practice.admin.post('/v1/users', { name: 'Noor', email, roles: ['coach'] }));
    await app.runJobs();
    const code = invitationCode(app, email);
    told(await anybody.put(`/v1/auth/invitations/${code}`, { password: password.normalize('NFD') }));
    expect((await signIn(email, { password: password.normalize('NFC') })).statusCode).toBe(200);
  });

  it('looks the same for an unknown address and for a wrong password', async () => {
    const wrong = await signIn(coachAddress(), { password: 'niet het wachtwoord' });
    const unknown = await signIn('niemand@nergens.example');
    expect(wrong.statusCode).toBe(401);
    expect(wrong.headers['www-authenticate']).toBe('Bearer');
    expect(withoutInstance(wrong)).toEqual(withoutInstance(unknown));
  });

  it.each([
    ['a right password', () => signIn(coachAddress())],
    ['a wrong password', () => signIn(coachAddress(), { password: 'niet het wachtwoord' })],
    ['an unknown address', () => signIn('niemand@nergens.example')],
  ])('does three verifications for %s', async (_, attempt) => {
    expect(await verificationsDuring(attempt)).toBe(3);
  });

  it.each([
    ['a right password', () => signIn(coachAddress(), { practice: practice.slug })],
    ['an unknown address', () => signIn('niemand@nergens.example', { practice: practice.slug })],
    ['an unknown practice', () => signIn(coachAddress(), { practice: 'bestaat-niet' })],
    ['another practice', () => signIn(coachAddress(), { practice: other.slug })],
  ])('does one verification where the practice is named, for %s', async (_, attempt) => {
    expect(await verificationsDuring(attempt)).toBe(1);
  });

  it.each([
    ['no password', { email: 'a@b.example' }, '/password'],
    ['no address', { password: PASSWORD }, '/email'],
    ['an object for a password', { email: 'a@b.example', password: {} }, '/password'],
    ['a field too many', { email: 'a@b.example', password: PASSWORD, admin: true }, '/admin'],
  ])('says what is wrong with %s', async (_, body, pointer) => {
    const answer = await anybody.post('/v1/auth/login', body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });
});

describe('an address that two practices know', () => {
  const email = 'twee@praktijken.example';

  beforeAll(async () => {
    for (const { admin } of [practice, other]) {
      await addUser(app, admin, { name: 'Tweemaal Bekend', email, roles: ['coach'] });
    }
  });

  it('asks which practice, but only of who knows the password', async () => {
    const right = await signIn(email);
    expect([right.statusCode, problemOf(right)]).toEqual([422, 'practice-required']);
    const wrong = await signIn(email, { password: 'niet het wachtwoord' });
    expect(withoutInstance(wrong)).toEqual(withoutInstance(await signIn('niemand@nergens.example')));
  });

  it.each([PASSWORD, 'niet het wachtwoord'])(
    'costs no more work with the password "%s"',
    async (password) => {
      expect(await verificationsDuring(() => signIn(email, { password }))).toBe(3);
    },
  );

  it('opens the practice that is named', async () => {
    const { accessToken } = told<LoginTokens>(await signIn(email, { practice: other.slug }));
    expect(app.get(JwtService).decode(accessToken)).toMatchObject({ practice: other.id });
  });

  it('leaves a failed attempt in the log of both', async () => {
    await signIn(email, { password: 'niet het wachtwoord' });
    for (const { admin } of [practice, other]) {
      const { items } = told<{ items: object[] }>(await admin.get('/v1/audit-events?limit=5'));
      expect(items).toContainEqual(expect.objectContaining({ event: 'login.refused', outcome: 'refused' }));
    }
  });
});

describe('a disabled user', () => {
  it('is refused as if nobody had that address', async () => {
    const email = 'uit@dienst.example';
    const user = await addUser(app, practice.admin, { name: 'Uit Dienst', email, roles: ['coach'] });
    told(await practice.admin.post(`/v1/users/${user.id}/disabling`));
    const attempt = await signIn(email);
    expect(withoutInstance(attempt)).toEqual(withoutInstance(await signIn('niemand@nergens.example')));
  });
});

describe('refreshing', () => {
  const refresh = (refreshToken: string) => anybody.post('/v1/auth/refresh', { refreshToken });
  const begin = async () => told<LoginTokens>(await signIn(coachAddress()));

  it('gives a new pair that works', async () => {
    const first = await begin();
    const next = told<LoginTokens>(await refresh(first.refreshToken));
    expect(next.refreshToken).not.toBe(first.refreshToken);
    expect((await new Caller(app, next).get('/v1/me')).statusCode).toBe(200);
  });

  it('ends the whole login when a token is used twice, and says so in the log', async () => {
    const first = await begin();
    const next = told<LoginTokens>(await refresh(first.refreshToken));
    app.clock.set(inSeconds(11));
    const reuse = await refresh(first.refreshToken);
    expect([reuse.statusCode, problemOf(reuse)]).toEqual([401, 'refresh-refused']);
    expect((await refresh(next.refreshToken)).statusCode).toBe(401);
    expect((await new Caller(app, next).get('/v1/me')).statusCode).toBe(401);
    const { items } = told<{ items: object[] }>(await practice.admin.get('/v1/audit-events?limit=10'));
    expect(items).toContainEqual(
      expect.objectContaining({ event: 'login.ended', ground: 'reuse', objectId: practice.coach.id }),
    );
  });

  it('leaves another login of the same person alone', async () => {
    const [stolen, kept] = [await begin(), await begin()];
    await refresh(stolen.refreshToken);
    app.clock.set(inSeconds(11));
    expect((await refresh(stolen.refreshToken)).statusCode).toBe(401);
    expect((await new Caller(app, kept).get('/v1/me')).statusCode).toBe(200);
  });

  it.each([
    ['nonsense', () => 'nonsense'],
    ['a secret that was never given out', () => forged(practice.id)],
    ['a practice that does not exist', () => forged('0196f3a0-1111-7222-8333-444455556666')],
  ])('refuses %s', async (_, code) => {
    const answer = await refresh(code());
    expect([answer.statusCode, problemOf(answer)]).toEqual([401, 'refresh-refused']);
  });

  it("refuses a real secret in another practice's name, and the login lives on", async () => {
    const { refreshToken } = await begin();
    const secret = refreshToken.split('.')[1]!;
    expect((await refresh(`${forged(other.id).split('.')[0]!}.${secret}`)).statusCode).toBe(401);
    expect((await refresh(refreshToken)).statusCode).toBe(200);
  });

  it('leaves a trace of what it refused, without the code', async () => {
    const answer = await refresh(forged(practice.id));
    const [event] = await rows(app, 'select event, subject from security_events where request_id = $1', [
      requestIdOf(answer),
    ]);
    expect(event).toEqual({ event: 'refresh.refused', subject: null });
  });

  it('does not take an access token, nor is a refresh token an access token', async () => {
    const { accessToken, refreshToken } = await begin();
    expect((await refresh(accessToken)).statusCode).not.toBe(200);
    expect((await bearing(refreshToken)).statusCode).toBe(401);
  });

  it('keeps no refresh token that could be used', async () => {
    const { refreshToken } = await begin();
    const stored = await rows(app, 'select t::text as line from refresh_tokens t');
    expect(stored.length).toBeGreaterThan(0);
    const secret = refreshToken.split('.')[1]!;
    expect(JSON.stringify(stored)).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    expect(JSON.stringify(stored)).not.toContain(secret);
  });
});

describe('signing out', () => {
  it('ends the access token and the refresh token at once', async () => {
    const tokens = told<LoginTokens>(await signIn(coachAddress()));
    const caller = new Caller(app, tokens);
    expect((await caller.post('/v1/auth/logout')).statusCode).toBe(204);
    expect((await caller.get('/v1/me')).statusCode).toBe(401);
    const answer = await anybody.post('/v1/auth/refresh', { refreshToken: tokens.refreshToken });
    expect(answer.statusCode).toBe(401);
  });
});

describe('an access token', () => {
  const claims = () =>
    app.get(JwtService).decode<Record<string, unknown>>(practice.coach.tokens!.accessToken);
  // The name of the key is known when the app stands.
  const header = {
    alg: 'HS256',
    typ: 'at+jwt',
    get kid() {
      return current().id;
    },
  };
  const current = () => app.get(Settings).tokenKeys[0];
  const key = () => current().key;
  const hs256 = (input: string) => createHmac('sha256', key()).update(input).digest('base64url');

  const forgeries: [string, () => string][] = [
    ['without a signature', () => token({ ...header, alg: 'none' }, claims(), () => '')],
    ['signed with another key', () => token(header, claims(), macWith(randomBytes(32)))],
    ['signed with a public key as if it were a secret', () => token(header, claims(), macWith(publicPem()))],
    ['that claims another algorithm', () => token({ ...header, alg: 'RS256' }, claims(), hs256)],
    ['that claims a longer hash', () => token({ ...header, alg: 'HS512' }, claims(), hs256)],
    ['of another kind', () => token({ ...header, typ: 'JWT' }, claims(), hs256)],
    ['of no kind', () => token({ alg: 'HS256', kid: header.kid }, claims(), hs256)],
    ['that names no key', () => token({ alg: 'HS256', typ: 'at+jwt' }, claims(), hs256)],
    ['that names a key of nobody', () => token({ ...header, kid: 'AAAAAAAAAAAA' }, claims(), hs256)],
    ['that names a key by a path', () => token({ ...header, kid: '../../dev/null' }, claims(), macWith(''))],
    [
      'that brings its own key',
      () => {
        const own = randomBytes(32);
        const jwk = { kty: 'oct', k: own.toString('base64url') };
        return token({ ...header, jwk, jku: 'https://evil.example' }, claims(), macWith(own));
      },
    ],
    ...['iat', 'nbf', 'exp', 'jti', 'iss', 'aud', 'sub'].map((claim): [string, () => string] => [
      `without ${claim}`,
      () => token(header, { ...claims(), [claim]: undefined }, hs256),
    ]),
    ['that never ends', () => token(header, { ...claims(), exp: nowSeconds() + 86_400 }, hs256)],
    ['of another issuer', () => token(header, { ...claims(), iss: 'somebody' }, hs256)],
    ['for another audience', () => token(header, { ...claims(), aud: 'another-api' }, hs256)],
    ['that has expired', () => token(header, { ...claims(), exp: nowSeconds() - 1 }, hs256)],
    ['that is not valid yet', () => token(header, { ...claims(), nbf: nowSeconds() + 60 }, hs256)],
    [
      'with more roles than the user has',
      () => token(header, { ...claims(), roles: ['coach', 'admin'] }, hs256),
    ],
    ['with fewer roles than the user has', () => token(header, { ...claims(), roles: ['client'] }, hs256)],
    ["with another user's id", () => token(header, { ...claims(), sub: practice.otherCoach.id }, hs256)],
    [
      'with a file that is not theirs',
      () => token(header, { ...claims(), client: practice.coach.id }, hs256),
    ],
    ['in the name of another practice', () => token(header, { ...claims(), practice: other.id }, hs256)],
    ['whose header is not an object', () => ['null', '{}', ''].map(base64).join('.')],
    ['that is no token', () => 'a.b.c'],
  ];

  it('is made as these forgeries are, when nothing is changed in it', async () => {
    expect((await bearing(token(header, claims(), hs256))).statusCode).toBe(200);
  });

  it.each(forgeries)('%s is refused', async (_, forge) => {
    const answer = await bearing(forge());
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('of a practice that is not there is refused, noted, and spoils nobody else’s answer', async () => {
    const nowhere = '0196f3a0-1111-7222-8333-444455556666';
    const [outsider, ...insiders] = await Promise.all([
      bearing(token(header, { ...claims(), practice: nowhere }, hs256)),
      ...Array.from({ length: 10 }, () => practice.coach.get('/v1/clients')),
    ]);
    expect(outsider.statusCode).toBe(401);
    expect(insiders.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(200));
    const noted = await rows(app, 'select event from security_events where request_id = $1', [
      requestIdOf(outsider),
    ]);
    expect(noted).toEqual([{ event: 'request.refused' }]);
  });

  it.each(['', 'Basic YTpi', 'Bearer', 'Bearer ', 'Token abc'])(
    'is not found in "%s"',
    async (authorization) => {
      expect((await anybody.get('/v1/me', { authorization })).statusCode).toBe(401);
    },
  );

  it('is not found without the word Bearer, in the query or in a cookie', async () => {
    const { accessToken } = practice.coach.tokens!;
    expect((await anybody.get('/v1/me', { authorization: accessToken })).statusCode).toBe(401);
    for (const name of ['access_token', 'access', '__Secure-access', '__host-access']) {
      expect((await anybody.get('/v1/me', { cookie: `${name}=${accessToken}` })).statusCode).toBe(401);
    }
    const inQuery = await app.fastify.inject(`/v1/me?access_token=${accessToken}`);
    expect(inQuery.statusCode).toBe(401);
  });
});

describe('a failed sign-in', () => {
  it('is in the log of the practice that knows the address', async () => {
    const answer = await signIn(coachAddress(), { password: 'niet het wachtwoord' });
    const [event] = await rows(app, 'select * from audit_events where request_id = $1', [
      requestIdOf(answer),
    ]);
    expect(event).toMatchObject({
      event: 'login.refused',
      outcome: 'refused',
      task: 'sign_in',
      practice_id: practice.id,
      object_id: practice.coach.id,
    });
  });

  it('with an unknown address is kept without that address, yet can be told to be the same again', async () => {
    const requests = [await signIn('wie@is-dit.example'), await signIn('WIE@is-dit.example')].map(
      requestIdOf,
    );
    const events = await rows<{ subject: Buffer; line: string }>(
      app,
      'select subject, e::text as line from security_events e where request_id = any ($1)',
      [requests],
    );
    expect(events).toHaveLength(2);
    expect(events[0]!.subject).toEqual(events[1]!.subject);
    expect(events.map(({ line }) => line).join()).not.toContain('is-dit');
  });

  it('puts neither address nor password in the log of the program', async () => {
    app.logged.length = 0;
    await signIn('wie@is-dit.example', { password: 'een geheim dat nergens hoort' });
    expect(app.logged.join()).not.toMatch(/is-dit|een geheim/);
  });
});

const bearing = (accessToken: string) => anybody.get('/v1/me', { authorization: `Bearer ${accessToken}` });

const requestIdOf = (answer: Response): string => String(answer.headers['x-request-id']);
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const nowSeconds = () => Math.floor(Date.now() / 1000);
const base64 = (text: string) => Buffer.from(text).toString('base64url');

function token(header: object, payload: object, sign: (input: string) => string): string {
  const input = [header, payload].map((part) => base64(JSON.stringify(part))).join('.');
  return `${input}.${sign(input)}`;
}

const macWith = (key: Buffer | string) => (input: string) =>
  createHmac('sha256', key).update(input).digest('base64url');

function publicPem(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}

/** A code of the right form whose secret nobody gave out. */
function forged(practiceId: string): string {
  const practicePart = Buffer.from(practiceId.replaceAll('-', ''), 'hex').toString('base64url');
  return `${practicePart}.${randomBytes(32).toString('base64url')}`;
}
