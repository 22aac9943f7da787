import * as argon2 from '@node-rs/argon2';
import type { Response } from 'light-my-request';
import { Client } from 'pg';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { codeIn, mailsOf, type ReadMail } from './support/mail.js';
import { addUser, openPractice, PASSWORD, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, hash: jest.fn(real.hash), verify: jest.fn(real.verify) };
});

const NEW_PASSWORD = 'een heel andere wachtzin dan eerst';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let anybody: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  anybody = new Caller(app);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

let people = 0;
/** Somebody of their own, so that no test hangs on another. */
async function somebody(of = practice, email?: string): Promise<{ email: string; caller: Caller }> {
  people += 1;
  const address = email ?? `vergeten${people}@adres.example`;
  const user = { name: `Vera Vergeten ${people}`, email: address, roles: ['coach'] };
  return { email: address, caller: await addUser(app, of.admin, user) };
}

const ask = (email: string, more: object = {}): Promise<Response> =>
  anybody.post('/v1/auth/password-resets', { email, ...more });
const reset = (code: string, password = NEW_PASSWORD): Promise<Response> =>
  anybody.put(`/v1/auth/password-resets/${code}`, { password });
const signIn = (email: string, password: string, more: object = {}): Promise<Response> =>
  anybody.post('/v1/auth/login', { email, password, ...more });

/** The mails to an address with a link to a new password, oldest first. */
const resetMails = (email: string): ReadMail[] =>
  mailsOf(app).filter(({ to, text }) => to === email && /\/password-resets\/[\w-]{22}\./.test(text));

async function codeFor(email: string): Promise<string> {
  expect((await ask(email)).statusCode).toBe(202);
  await app.runJobs();
  return codeIn(resetMails(email).at(-1)!.text, 'password-resets');
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

describe('asking for a new password', () => {
  it('is answered the same whoever asks, with nothing', async () => {
    const { email, caller } = await somebody();
    told(await practice.admin.post(`/v1/users/${caller.id}/disabling`));
    const answers = await Promise.all([
      ask(`coach@${practice.slug}.example`),
      ask('niemand@nergens.example'),
      ask(email),
      ask(`coach@${practice.slug}.example`, { practice: elsewhere.slug }),
      ask(`coach@${practice.slug}.example`, { practice: 'bestaat-niet' }),
    ]);
    for (const answer of answers) {
      expect([answer.statusCode, answer.body]).toEqual([202, '']);
      const { date: _, 'x-request-id': __, ratelimit: _left, ...headers } = answer.headers;
      const { date: ___, 'x-request-id': ____, ratelimit: _more, ...first } = answers[0].headers;
      expect(headers).toEqual(first);
    }
  });

  it('does the same work for every address: it is written down, and nobody is looked up', async () => {
    const known = await statementsDuring(() => ask(`coach@${practice.slug}.example`));
    const unknown = await statementsDuring(() => ask('niemand@nergens.example'));
    expect(unknown).toEqual(known);
    expect(known.join()).toContain('mail_requests');
    expect(known.filter((sql) => /lookup|users|credentials/.test(sql))).toEqual([]);
    expect(jest.mocked(argon2.verify)).not.toHaveBeenCalled();
    expect(jest.mocked(argon2.hash)).not.toHaveBeenCalled();
  });

  it('keeps the address sealed, and out of the queue', async () => {
    const { email } = await somebody();
    await ask(email);
    const [request] = await rows<{ id: string; line: string }>(
      app,
      'select id, r::text as line from mail_requests r order by asked_at desc limit 1',
    );
    expect(request!.line).not.toContain(Buffer.from(email).toString('hex'));
    expect(request!.line).not.toContain(email);
    const [job] = await rows<{ data: object }>(
      app,
      "select data from jobs.job where name = 'answer-mail-request' order by created_on desc limit 1",
    );
    expect(job!.data).toEqual({ requestId: request!.id });
  });

  it('mails nobody who is not known, was disabled, or never accepted their invitation', async () => {
    const { email, caller } = await somebody();
    told(await practice.admin.post(`/v1/users/${caller.id}/disabling`));
    const invited = 'nog-niet@adres.example';
    told(await practice.admin.post('/v1/users', { name: 'Nog Niet', email: invited, roles: ['coach'] }));
    for (const one of [email, invited, 'niemand@nergens.example']) await ask(one);
    await app.runJobs();
    expect([email, invited, 'niemand@nergens.example'].flatMap(resetMails)).toEqual([]);
  });

  it('mails once for each practice that knows the address, or for the one that is named', async () => {
    const { email } = await somebody();
    await somebody(elsewhere, email);
    await ask(email, { practice: elsewhere.slug });
    await app.runJobs();
    expect(resetMails(email)).toHaveLength(1);
    const code = codeIn(resetMails(email)[0]!.text, 'password-resets');
    expect((await reset(code)).statusCode).toBe(204);
    expect((await signIn(email, NEW_PASSWORD, { practice: elsewhere.slug })).statusCode).toBe(200);
    expect((await signIn(email, PASSWORD, { practice: practice.slug })).statusCode).toBe(200);
    await ask(email);
    await app.runJobs();
    expect(resetMails(email)).toHaveLength(3);
  });

  it('is in the log of the practice as the request that it was', async () => {
    const { email, caller } = await somebody();
    const answer = await ask(email);
    await app.runJobs();
    const events = await rows(
      app,
      'select event, outcome, task, object_id, address from audit_events where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(events).toEqual([
      {
        event: 'password_reset.asked',
        outcome: 'done',
        task: 'mail',
        object_id: caller.id,
        address: '127.0.0.1',
      },
    ]);
  });

  it('with an address that nobody has is in the log of what came before a practice', async () => {
    const answer = await ask('niemand@nergens.example');
    await app.runJobs();
    const events = await rows<{ event: string; line: string }>(
      app,
      'select event, s::text as line from security_events s where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(events).toMatchObject([{ event: 'password_reset.asked' }]);
    expect(events[0]!.line).not.toContain('niemand');
  });
});

describe('a new password', () => {
  it('is the only one that works from then on, and ends every login', async () => {
    const { email, caller } = await somebody();
    const other = told<{ refreshToken: string }>(await signIn(email, PASSWORD));
    expect((await reset(await codeFor(email))).statusCode).toBe(204);
    expect((await caller.get('/v1/me')).statusCode).toBe(401);
    const refreshed = await anybody.post('/v1/auth/refresh', { refreshToken: other.refreshToken });
    expect(problemOf(refreshed)).toBe('refresh-refused');
    expect((await signIn(email, PASSWORD)).statusCode).toBe(401);
    expect((await signIn(email, NEW_PASSWORD)).statusCode).toBe(200);
  });

  it('signs nobody in, so that a second factor is still asked for', async () => {
    const { email } = await somebody();
    const answer = await reset(await codeFor(email));
    expect([answer.statusCode, answer.body, answer.headers['set-cookie']]).toEqual([204, '', undefined]);
  });

  it('is told of by mail, and in the log', async () => {
    const { email, caller } = await somebody();
    const answer = await reset(await codeFor(email));
    await app.runJobs();
    const mail = mailsOf(app)
      .filter(({ to }) => to === email)
      .at(-1)!;
    expect(mail.headers['subject']).toContain('wachtwoord');
    expect(mail.headers['subject']).toContain('veranderd');
    const events = await rows(app, 'select event, object_id from audit_events where request_id = $1', [
      answer.headers['x-request-id'],
    ]);
    expect(events).toEqual([
      { event: 'logins.ended', object_id: caller.id },
      { event: 'password.reset', object_id: caller.id },
    ]);
  });

  it.each([
    ['too short', 'a'.repeat(14)],
    ['too long', 'a'.repeat(129)],
  ])('that is %s leaves the link as it was', async (_, password) => {
    const { email } = await somebody();
    const code = await codeFor(email);
    const answer = await reset(code, password);
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/password']);
    expect((await reset(code)).statusCode).toBe(204);
  });
});

describe('the link', () => {
  it('works once, also when it is opened twice at one moment', async () => {
    const { email } = await somebody();
    const code = await codeFor(email);
    const answers = await Promise.all([reset(code), reset(code)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 404]);
    expect(problemOf(await reset(code))).toBe('link-not-usable');
  });

  it('works for an hour', async () => {
    const { email } = await somebody();
    const code = await codeFor(email);
    app.clock.set(inMinutes(61));
    expect(problemOf(await reset(code))).toBe('link-not-usable');
    app.clock.set(inMinutes(59));
    expect((await reset(code)).statusCode).toBe(204);
  });

  it('is replaced by the next one', async () => {
    const { email } = await somebody();
    const first = await codeFor(email);
    app.clock.set(inMinutes(1));
    await ask(email);
    await app.runJobs();
    const second = codeIn(resetMails(email).at(-1)!.text, 'password-resets');
    expect(second).not.toBe(first);
    expect(problemOf(await reset(first))).toBe('link-not-usable');
    expect((await reset(second)).statusCode).toBe(204);
  });

  it('works no more for who was disabled since', async () => {
    const { email, caller } = await somebody();
    const code = await codeFor(email);
    told(await practice.admin.post(`/v1/users/${caller.id}/disabling`));
    expect(problemOf(await reset(code))).toBe('link-not-usable');
  });

  it('is kept as a hash only, and is in no log', async () => {
    const { email } = await somebody();
    const code = await codeFor(email);
    await reset(code);
    await reset(code);
    await app.runJobs();
    const secret = code.split('.')[1]!;
    const kept = await everyText();
    expect(kept.length).toBeGreaterThan(1000);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    expect(app.logged.join('\n')).not.toContain(secret);
  });

  it.each(['nonsense', `${'A'.repeat(22)}.${'A'.repeat(43)}`, '%00', '..%2f..'])(
    'is not found under %s',
    async (code) => {
      const answer = await reset(code);
      expect([answer.statusCode, problemOf(answer)]).toEqual([404, 'link-not-usable']);
    },
  );

  it('is no invitation, nor the other way around', async () => {
    const { email } = await somebody();
    const code = await codeFor(email);
    const answer = await anybody.put(`/v1/auth/invitations/${code}`, { password: NEW_PASSWORD });
    expect(problemOf(answer)).toBe('invitation-not-usable');
    expect(problemOf(await anybody.put(`/v1/auth/address-changes/${code}`, undefined))).toBe(
      'link-not-usable',
    );
    expect((await reset(code)).statusCode).toBe(204);
  });
});

/** What stands in the log, the codes and the queue, as text. */
async function everyText(): Promise<string> {
  const tables = ['audit_events', 'security_events', 'one_time_tokens', 'mail_requests', 'jobs.job'];
  const lines = await Promise.all(
    tables.map((table) => rows<{ line: string }>(app, `select t::text as line from ${table} t`)),
  );
  return lines
    .flat()
    .map(({ line }) => line)
    .join('\n');
}

/** Every statement that the program sends to the database. */
async function statementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  jest.mocked(argon2.verify).mockClear();
  jest.mocked(argon2.hash).mockClear();
  const query = jest.spyOn(Client.prototype, 'query');
  await work();
  const said = query.mock.calls.map(([sql]: unknown[]) =>
    typeof sql === 'string' ? sql : ((sql as { text?: string }).text ?? ''),
  );
  query.mockRestore();
  return said;
}
