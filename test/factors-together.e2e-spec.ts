import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import type { MeView } from '../src/users/user.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { codeIn, mailsOf } from './support/mail.js';
import {
  addUser,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { codeAt, enrol, later } from './support/second-factor.js';

let app: TestApp;
let practice: TestPractice;
let anybody: Caller;
let serial = 0;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  anybody = new Caller(app);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const EXPORT = { records: 'clients', format: 'csv', purpose: 'Jaarafsluiting voor de boekhouder' };
const tells = (answer: Response): [number, string | undefined] => [answer.statusCode, problemOf(answer)];

/** An admin of their own with an authenticator app, signed in with it, at a time that stands still. */
async function adminWithApp(): Promise<{ admin: Caller; secret: string; email: string; now: Date }> {
  serial += 1;
  const email = `beide${serial}@adem.example`;
  const user = { name: 'Bea Beide', email, roles: ['admin'] };
  const now = new Date(Math.floor(Date.now() / 30_000) * 30_000 + 15_000);
  const admin = await addUser(app, practice.admin, user);
  app.clock.set(now.toISOString());
  const { secret } = await enrol(admin, now);
  return { admin, secret, email, now };
}

/** Moves on by so many half-minutes. */
function wait(steps: number, from: Date): Date {
  const now = later(steps, from);
  app.clock.set(now.toISOString());
  return now;
}

describe('proving once more who one is, with a second factor', () => {
  it('asks for the password and the code; neither alone opens anything', async () => {
    const { admin, secret, now } = await adminWithApp();
    const then = wait(25, now);
    const stepUp = (more: object) => admin.post('/v1/auth/step-up', { password: PASSWORD, ...more });
    expect(tells(await stepUp({}))).toEqual([401, 'second-factor-required']);
    expect(tells(await stepUp({ code: '000000' }))).toEqual([401, 'second-factor-refused']);
    const unproven = { password: 'niet het goede wachtwoord', code: codeAt(secret, then) };
    expect(tells(await admin.post('/v1/auth/step-up', unproven))).toEqual([422, 'password-wrong']);
    expect(tells(await admin.post('/v1/exports', EXPORT))).toEqual([401, 'step-up-required']);
    expect((await stepUp({ code: codeAt(secret, then) })).statusCode).toBe(200);
    expect((await admin.post('/v1/exports', EXPORT)).statusCode).toBe(201);
  });

  it('is not done by changing the password, which proves only the half of it', async () => {
    const { admin, now } = await adminWithApp();
    wait(25, now);
    const changed = await admin.put('/v1/me/password', { current: PASSWORD, password: PASSWORD });
    expect(changed.statusCode).toBe(204);
    expect(tells(await admin.post('/v1/exports', EXPORT))).toEqual([401, 'step-up-required']);
  });

  it('comes before another address to sign in with', async () => {
    const { admin, now } = await adminWithApp();
    wait(25, now);
    const wanted = { email: 'dief@elders.example', password: PASSWORD };
    expect(tells(await admin.post('/v1/me/address-changes', wanted))).toEqual([401, 'step-up-required']);
  });
});

describe('a password beside a second factor', () => {
  it('may be ten characters long, and not without one', async () => {
    const { admin } = await adminWithApp();
    const short = 'zoef!Kram7';
    const withOne = await admin.put('/v1/me/password', { current: PASSWORD, password: short });
    expect(withOne.statusCode).toBe(204);
    serial += 1;
    const user = { name: 'Zonder', email: `zonder${serial}@adem.example`, roles: ['coach'] };
    const coach = await addUser(app, practice.admin, user);
    const without = await coach.put('/v1/me/password', { current: PASSWORD, password: short });
    expect([without.statusCode, without.json().errors[0].pointer]).toEqual([422, '/password']);
  });
});

describe('an admin', () => {
  it('does not take their own second factor away by the door for those who lost theirs', async () => {
    const { admin, email } = await adminWithApp();
    const answer = await admin.delete(`/v1/users/${admin.id}/second-factor`);
    expect(tells(answer)).toEqual([409, 'own-second-factor']);
    const signIn = await anybody.post('/v1/auth/login', { email, password: PASSWORD });
    expect(tells(signIn)).toEqual([401, 'second-factor-required']);
  });
});

describe('where the practice requires a second factor', () => {
  it('a login of before, and one that is refreshed, open no more than setting one up', async () => {
    const other = await openPractice(app);
    told(await other.admin.patch('/v1/practice', { secondFactorRequired: true }));
    const { refreshToken } = other.coach.tokens!;
    const refreshed = new Caller(
      app,
      told<LoginTokens>(await anybody.post('/v1/auth/refresh', { refreshToken })),
    );
    for (const caller of [other.coach, refreshed]) {
      expect((await caller.get('/v1/clients')).statusCode).toBe(403);
      expect(
        (await caller.put('/v1/me/password', { current: PASSWORD, password: PASSWORD })).statusCode,
      ).toBe(403);
    }
    expect((await refreshed.post('/v1/auth/step-up', { password: PASSWORD })).statusCode).toBe(200);
    await enrol(refreshed);
    expect((await refreshed.get('/v1/clients')).statusCode).toBe(200);
  });
});

describe('a client who signs in by mail, with a second factor', () => {
  async function asked(): Promise<{ secret: string; now: Date; take: (more?: object) => Promise<Response> }> {
    told(await practice.admin.patch('/v1/practice', { mailSignIn: true }));
    const client = await openFileWithAccount(app, practice.coach);
    const { email } = told<MeView>(await client.get('/v1/me'));
    const now = new Date(Math.floor(Date.now() / 30_000) * 30_000 + 15_000);
    app.clock.set(now.toISOString());
    const { secret } = await enrol(client, now);
    const { request } = told<{ request: string }>(await anybody.post('/v1/auth/mail-sign-ins', { email }));
    await app.runJobs();
    const mails = mailsOf(app).filter(({ to, text }) => to === email && text.includes('/mail-sign-ins/'));
    const code = codeIn(mails.at(-1)!.text, 'mail-sign-ins');
    const take = (more: object = {}) => anybody.put(`/v1/auth/mail-sign-ins/${code}`, { request, ...more });
    return { secret, now, take };
  }

  it('is asked for the code, and comes in with it', async () => {
    const { secret, now, take } = await asked();
    expect(tells(await take())).toEqual([401, 'second-factor-required']);
    const caller = new Caller(app, told<LoginTokens>(await take({ code: codeAt(secret, now) })));
    expect((await caller.get('/v1/me/homework')).statusCode).toBe(200);
  });

  it('has one guess for each link', async () => {
    const { secret, now, take } = await asked();
    expect(tells(await take({ code: '000000' }))).toEqual([401, 'second-factor-refused']);
    expect(tells(await take({ code: codeAt(secret, now) }))).toEqual([404, 'link-not-usable']);
  });
});
