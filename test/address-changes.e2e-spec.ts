import type { Response } from 'light-my-request';
import type { MeView } from '../src/users/user.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { codeIn, mailsOf } from './support/mail.js';
import {
  addUser,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let anybody: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  anybody = new Caller(app);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

let people = 0;
async function somebody(): Promise<{ email: string; caller: Caller }> {
  people += 1;
  const user = { name: `Vera Verhuisd ${people}`, email: `oud${people}@adres.example`, roles: ['coach'] };
  return { email: user.email, caller: await addUser(app, practice.admin, user) };
}
const newAddress = (): string => `nieuw${(people += 1)}@adres.example`;

const ask = (caller: Caller, email: string, password = PASSWORD): Promise<Response> =>
  caller.post('/v1/me/address-changes', { email, password });
const confirm = (code: string): Promise<Response> =>
  anybody.put(`/v1/auth/address-changes/${code}`, undefined);
const cancel = (code: string): Promise<Response> => anybody.delete(`/v1/auth/address-changes/${code}`);
const signIn = (email: string, password = PASSWORD): Promise<Response> =>
  anybody.post('/v1/auth/login', { email, password });

const codeMailedTo = (email: string, path = 'address-changes'): string =>
  codeIn(
    mailsOf(app)
      .filter(({ to, text }) => to === email && text.includes(`/${path}/`))
      .at(-1)!.text,
    path,
  );

/** Asks for a change and reads both mails. */
async function asked(caller: Caller, from: string, to: string): Promise<{ yes: string; no: string }> {
  expect((await ask(caller, to)).statusCode).toBe(202);
  await app.runJobs();
  return { yes: codeMailedTo(to), no: codeMailedTo(from) };
}

const addressOf = async (caller: Caller) => told<MeView>(await caller.get('/v1/me')).email;
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

describe('another address', () => {
  it('is signed in with once the new one confirmed it, and not before', async () => {
    const { email, caller } = await somebody();
    const to = newAddress();
    const { yes } = await asked(caller, email, to);
    expect(await addressOf(caller)).toBe(email);
    expect((await signIn(to)).statusCode).toBe(401);
    expect((await confirm(yes)).statusCode).toBe(204);
    expect(await addressOf(caller)).toBe(to);
    expect((await signIn(to)).statusCode).toBe(200);
    expect((await signIn(email)).statusCode).toBe(401);
  });

  it('wants the password once more', async () => {
    const { caller } = await somebody();
    const answer = await ask(caller, newAddress(), 'niet het goede wachtwoord');
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/password']);
    const events = await rows(app, 'select event, outcome from audit_events where request_id = $1', [
      answer.headers['x-request-id'],
    ]);
    expect(events).toContainEqual({ event: 'address_change.asked', outcome: 'refused' });
    expect(await rows(app, 'select from address_changes where user_id = $1', [caller.id])).toEqual([]);
  });

  it('is another one', async () => {
    const { email, caller } = await somebody();
    const answer = await ask(caller, email.toUpperCase());
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/email']);
  });

  it('that somebody in the practice has is not given away to who asks, and is refused to who confirms', async () => {
    const { email, caller } = await somebody();
    const { yes } = await asked(caller, email, `olga@${practice.slug}.example`);
    const answer = await confirm(yes);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'address-in-use']);
    expect(await addressOf(caller)).toBe(email);
  });

  it('may be one that another practice knows', async () => {
    const elsewhere = await openPractice(app);
    const { email, caller } = await somebody();
    const { yes } = await asked(caller, email, `coach@${elsewhere.slug}.example`);
    expect((await confirm(yes)).statusCode).toBe(204);
  });

  it('is asked for once when the request is sent twice', async () => {
    const { caller } = await somebody();
    const body = { email: newAddress(), password: PASSWORD };
    for (let i = 0; i < 2; i += 1) {
      const answer = await caller.post('/v1/me/address-changes', body, { 'idempotency-key': 'eenmaal' });
      expect(answer.statusCode).toBe(202);
    }
    expect(await rows(app, 'select from address_changes where user_id = $1', [caller.id])).toHaveLength(1);
  });

  it('is told to the old one, without saying which it is', async () => {
    const { email, caller } = await somebody();
    const to = newAddress();
    await asked(caller, email, to);
    const mail = mailsOf(app)
      .filter((one) => one.to === email)
      .at(-1)!;
    expect(mail.headers['subject']).toBe(`Je adres voor ${await practiceName()} wordt gewijzigd`);
    expect(`${mail.text}${mail.html}`).not.toContain(to);
  });

  it('waits in the queue as an id', async () => {
    const { caller } = await somebody();
    const to = newAddress();
    await ask(caller, to);
    const jobs = await rows<{ data: object }>(
      app,
      "select data from jobs.job where name like 'mail-address-change%' order by created_on desc limit 2",
    );
    for (const { data } of jobs) expect(Object.keys(data).sort()).toEqual(['addressChangeId', 'practiceId']);
  });

  it('goes along into the file of a client where that had the old one, and is in its access log', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    const email = await addressOf(client);
    const to = newAddress();
    const { yes } = await asked(client, email, to);
    const answer = await confirm(yes);
    expect(answer.statusCode).toBe(204);
    expect(told(await practice.coach.get(`/v1/clients/${client.clientId}`))).toMatchObject({ email: to });
    const events = await rows(app, 'select event, client_id from audit_events where request_id = $1', [
      answer.headers['x-request-id'],
    ]);
    expect(events).toEqual([{ event: 'address.changed', client_id: client.clientId }]);
  });

  it('leaves alone an address that the coach wrote in the file', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    const email = await addressOf(client);
    told(await practice.coach.patch(`/v1/clients/${client.clientId}`, { email: 'post@thuis.example' }));
    const { yes } = await asked(client, email, newAddress());
    expect((await confirm(yes)).statusCode).toBe(204);
    expect(told(await practice.coach.get(`/v1/clients/${client.clientId}`))).toMatchObject({
      email: 'post@thuis.example',
    });
  });
});

describe('the link at the new address', () => {
  it('works once, for a day', async () => {
    const { email, caller } = await somebody();
    const { yes } = await asked(caller, email, newAddress());
    app.clock.set(inHours(24.1));
    expect(problemOf(await confirm(yes))).toBe('link-not-usable');
    app.clock.set(inHours(23.9));
    expect((await confirm(yes)).statusCode).toBe(204);
    expect(problemOf(await confirm(yes))).toBe('link-not-usable');
  });

  it('is replaced by what is asked for next', async () => {
    const { email, caller } = await somebody();
    const first = await asked(caller, email, newAddress());
    const to = newAddress();
    const second = await asked(caller, email, to);
    expect(problemOf(await confirm(first.yes))).toBe('link-not-usable');
    expect((await confirm(second.yes)).statusCode).toBe(204);
    expect(await addressOf(caller)).toBe(to);
  });

  it('works no more once a new password was chosen', async () => {
    const { email, caller } = await somebody();
    const { yes } = await asked(caller, email, newAddress());
    await anybody.post('/v1/auth/password-resets', { email });
    await app.runJobs();
    const reset = codeMailedTo(email, 'password-resets');
    expect((await anybody.put(`/v1/auth/password-resets/${reset}`, { password: PASSWORD })).statusCode).toBe(
      204,
    );
    expect(problemOf(await confirm(yes))).toBe('link-not-usable');
    expect((await signIn(email)).statusCode).toBe(200);
  });

  it('cancels nothing, nor does the one at the old address confirm', async () => {
    const { email, caller } = await somebody();
    const { yes, no } = await asked(caller, email, newAddress());
    expect(problemOf(await cancel(yes))).toBe('link-not-usable');
    expect(problemOf(await confirm(no))).toBe('link-not-usable');
    expect(await addressOf(caller)).toBe(email);
  });

  it('works no more for who was disabled since', async () => {
    const { email, caller } = await somebody();
    const { yes, no } = await asked(caller, email, newAddress());
    told(await practice.admin.post(`/v1/users/${caller.id}/disabling`));
    expect(problemOf(await confirm(yes))).toBe('link-not-usable');
    expect(problemOf(await cancel(no))).toBe('link-not-usable');
  });
});

describe('the link at the old address', () => {
  it('stops a change that is not confirmed yet', async () => {
    const { email, caller } = await somebody();
    const { yes, no } = await asked(caller, email, newAddress());
    expect((await cancel(no)).statusCode).toBe(204);
    expect(problemOf(await confirm(yes))).toBe('link-not-usable');
    expect(problemOf(await cancel(no))).toBe('link-not-usable');
  });

  it('takes a confirmed change back, ends every login, and leaves a password that nobody knows', async () => {
    const { email, caller } = await somebody();
    const to = newAddress();
    const { yes, no } = await asked(caller, email, to);
    await confirm(yes);
    const thief = new Caller(app, told(await signIn(to)));
    expect((await cancel(no)).statusCode).toBe(204);
    expect((await thief.get('/v1/me')).statusCode).toBe(401);
    expect((await caller.get('/v1/me')).statusCode).toBe(401);
    expect([(await signIn(to)).statusCode, (await signIn(email)).statusCode]).toEqual([401, 401]);
    await app.runJobs();
    const password = 'een wachtzin die de dief niet kent';
    const reset = codeMailedTo(email, 'password-resets');
    expect((await anybody.put(`/v1/auth/password-resets/${reset}`, { password })).statusCode).toBe(204);
    expect((await signIn(email, password)).statusCode).toBe(200);
  });

  it('takes back with it whatever was asked for since, and that cannot take it back in turn', async () => {
    const { email, caller } = await somebody();
    const [second, third] = [newAddress(), newAddress()];
    const first = await asked(caller, email, second);
    await confirm(first.yes);
    const next = await asked(caller, second, third);
    await confirm(next.yes);
    expect((await cancel(first.no)).statusCode).toBe(204);
    expect(problemOf(await cancel(next.no))).toBe('link-not-usable');
    const [user] = await rows(app, 'select email from users where id = $1', [caller.id]);
    expect(user).toEqual({ email });
  });

  it('brings the address in the file of a client back too', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    const email = await addressOf(client);
    const { yes, no } = await asked(client, email, newAddress());
    expect((await confirm(yes)).statusCode).toBe(204);
    expect((await cancel(no)).statusCode).toBe(204);
    expect(told(await practice.coach.get(`/v1/clients/${client.clientId}`))).toMatchObject({ email });
  });

  it('works for seven days', async () => {
    const { email, caller } = await somebody();
    const { no } = await asked(caller, email, newAddress());
    app.clock.set(inHours(7 * 24 + 1));
    expect(problemOf(await cancel(no))).toBe('link-not-usable');
    app.clock.set(inHours(7 * 24 - 1));
    expect((await cancel(no)).statusCode).toBe(204);
  });

  it('is not found under nonsense', async () => {
    for (const code of ['nonsense', `${'A'.repeat(22)}.${'A'.repeat(43)}`]) {
      expect(problemOf(await cancel(code))).toBe('link-not-usable');
      expect(problemOf(await confirm(code))).toBe('link-not-usable');
    }
  });
});

const practiceName = async () => told<{ name: string }>(await practice.admin.get('/v1/practice')).name;
