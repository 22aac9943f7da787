import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import type { MeView } from '../src/users/user.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { codeIn, mailsOf } from './support/mail.js';
import { openFileWithAccount, openPractice, PASSWORD, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let anybody: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  anybody = new Caller(app);
});
beforeEach(() => allow(true));
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const allow = async (mailSignIn: boolean) => {
  told(await practice.admin.patch('/v1/practice', { mailSignIn }));
};
const ask = (email: string, more: object = {}): Promise<Response> =>
  anybody.post('/v1/auth/mail-sign-ins', { email, ...more });
const take = (code: string, request: string): Promise<Response> =>
  anybody.put(`/v1/auth/mail-sign-ins/${code}`, { request });

/** The mails to an address with a link to sign in with, oldest first. */
const signInMails = (email: string) =>
  mailsOf(app).filter(({ to, text }) => to === email && text.includes('/mail-sign-ins/'));

async function someClient(): Promise<{ email: string; caller: Caller }> {
  const caller = await openFileWithAccount(app, practice.coach);
  return { caller, email: told<MeView>(await caller.get('/v1/me')).email };
}

/** What the browser keeps, and what the mail brings. */
async function asked(email: string): Promise<{ request: string; code: string }> {
  const { request } = told<{ request: string }>(await ask(email));
  await app.runJobs();
  return { request, code: codeIn(signInMails(email).at(-1)!.text, 'mail-sign-ins') };
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

describe('signing in by mail', () => {
  it('gives a client a login', async () => {
    const { email, caller } = await someClient();
    const { code, request } = await asked(email);
    const tokens = told<LoginTokens>(await take(code, request));
    expect(tokens.user).toMatchObject({ id: caller.id, roles: ['client'], clientId: caller.clientId });
    expect((await new Caller(app, tokens).get('/v1/me/homework')).statusCode).toBe(200);
  });

  it('works no more once the password was changed', async () => {
    const { email, caller } = await someClient();
    const { code, request } = await asked(email);
    const password = 'zeven paarse molens langs het water';
    expect((await caller.put('/v1/me/password', { current: PASSWORD, password })).statusCode).toBe(204);
    expect(problemOf(await take(code, request))).toBe('link-not-usable');
  });

  it('is off until the practice wants it', async () => {
    const fresh = await openPractice(app);
    expect(told(await fresh.admin.get('/v1/practice'))).toMatchObject({ mailSignIn: false });
    const client = await openFileWithAccount(app, fresh.coach);
    const { email } = told<MeView>(await client.get('/v1/me'));
    expect((await ask(email)).statusCode).toBe(202);
    await app.runJobs();
    expect(signInMails(email)).toEqual([]);
  });

  it('is for the admin to allow, and for nobody else', async () => {
    expect((await practice.coach.patch('/v1/practice', { mailSignIn: true })).statusCode).toBe(403);
  });

  it('is not for a coach, an admin, or a stranger; they get the same answer', async () => {
    const { email } = await someClient();
    const others = [
      `coach@${practice.slug}.example`,
      `admin@${practice.slug}.example`,
      'niemand@nergens.example',
    ];
    for (const answer of [await ask(email), ...(await Promise.all(others.map((one) => ask(one))))]) {
      expect([answer.statusCode, answer.json()]).toEqual([
        202,
        { request: expect.stringMatching(/^[\w-]{43}$/), expiresIn: 600 },
      ]);
    }
    await app.runJobs();
    expect(others.flatMap(signInMails)).toEqual([]);
  });

  it('is in the log, when it was asked for and when it was used', async () => {
    const { email, caller } = await someClient();
    const { code, request } = await asked(email);
    const answer = await take(code, request);
    const events = await rows(
      app,
      'select event, object_id from audit_events where request_id = $1 order by id',
      [answer.headers['x-request-id']],
    );
    expect(events).toEqual([
      { event: 'mail_sign_in.used', object_id: caller.id },
      { event: 'login.begun', object_id: caller.id },
    ]);
    const before = await rows(
      app,
      "select from audit_events where event = 'mail_sign_in.asked' and object_id = $1",
      [caller.id],
    );
    expect(before).toHaveLength(1);
  });
});

describe('the link', () => {
  it('works only in the browser that asked, and there still after it was opened elsewhere', async () => {
    const { email } = await someClient();
    const { code, request } = await asked(email);
    const { request: another } = told<{ request: string }>(await ask('niemand@nergens.example'));
    const elsewhere = await take(code, another);
    expect([elsewhere.statusCode, problemOf(elsewhere)]).toEqual([404, 'link-not-usable']);
    expect((await anybody.put(`/v1/auth/mail-sign-ins/${code}`, {})).statusCode).toBe(422);
    expect((await take(code, request)).statusCode).toBe(200);
  });

  it('of one request is of no use with what another request of the same person gave', async () => {
    const { email } = await someClient();
    const attacker = told<{ request: string }>(await ask(email)).request;
    const { code, request } = await asked(email);
    expect(problemOf(await take(code, attacker))).toBe('link-not-usable');
    expect((await take(code, request)).statusCode).toBe(200);
  });

  it('works once, also twice at one moment', async () => {
    const { email } = await someClient();
    const { code, request } = await asked(email);
    const answers = await Promise.all([take(code, request), take(code, request)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404]);
  });

  it('works for ten minutes from when it was asked for', async () => {
    const { email } = await someClient();
    const { code, request } = await asked(email);
    app.clock.set(inMinutes(10.1));
    expect(problemOf(await take(code, request))).toBe('link-not-usable');
    app.clock.set(inMinutes(9.8));
    expect((await take(code, request)).statusCode).toBe(200);
  });

  it('is not mailed when that time is over before the mail could go', async () => {
    const { email } = await someClient();
    await ask(email);
    app.clock.set(inMinutes(11));
    await app.runJobs();
    expect(signInMails(email)).toEqual([]);
  });

  it('works no more once the practice does not want it, the client is more than a client, or is disabled', async () => {
    const unwanted = await someClient();
    const disabled = await someClient();
    const more = await someClient();
    const links = [
      await asked(unwanted.email),
      await asked(disabled.email),
      await asked(more.email),
    ] as const;
    told(await practice.admin.post(`/v1/users/${disabled.caller.id}/disabling`));
    told(await practice.admin.patch(`/v1/users/${more.caller.id}`, { roles: ['client', 'coach'] }));
    expect(problemOf(await take(links[1].code, links[1].request))).toBe('link-not-usable');
    expect(problemOf(await take(links[2].code, links[2].request))).toBe('link-not-usable');
    await allow(false);
    expect(problemOf(await take(links[0].code, links[0].request))).toBe('link-not-usable');
  });

  it('works no more once a new password was chosen', async () => {
    const { email } = await someClient();
    const { code, request } = await asked(email);
    await anybody.post('/v1/auth/password-resets', { email });
    await app.runJobs();
    const mail = mailsOf(app)
      .filter(({ to, text }) => to === email && text.includes('/password-resets/'))
      .at(-1)!;
    const reset = codeIn(mail.text, 'password-resets');
    expect((await anybody.put(`/v1/auth/password-resets/${reset}`, { password: PASSWORD })).statusCode).toBe(
      204,
    );
    expect(problemOf(await take(code, request))).toBe('link-not-usable');
  });

  it('and what the browser keeps are stored as hashes, and are in no log', async () => {
    const { email } = await someClient();
    const { code, request } = await asked(email);
    await take(code, request);
    const tables = ['audit_events', 'security_events', 'one_time_tokens', 'mail_requests', 'jobs.job'];
    const lines = await Promise.all(
      tables.map((table) => rows<{ line: string }>(app, `select t::text as line from ${table} t`)),
    );
    const kept = [...lines.flat().map(({ line }) => line), ...app.logged].join('\n');
    for (const secret of [code.split('.')[1]!, request]) {
      expect(kept).not.toContain(secret);
      expect(kept).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    }
  });
});
