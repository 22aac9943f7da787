import { createServer } from 'node:net';

import type { Response } from 'light-my-request';
import { OnboardingService } from '../src/onboarding/onboarding.service.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { codeIn, startMailServer } from './support/mail.js';
import {
  acceptInvitation,
  invitationCode,
  newestMail,
  openFile,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';

const SENTENCE =
  'vlinder viool kanalen schelp waterval molen herberg zomer kikker toren gitaar bossen fontein heuvel uitvinder kalender zwaan kade steeg';

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const accept = (code: string, body: object = { password: PASSWORD }): Promise<Response> =>
  new Caller(app).put(`/v1/auth/invitations/${code}`, body);

/** Invites the client of a file and returns the code that was mailed. */
async function invite(client: { id: string; email?: string }): Promise<string> {
  told(await practice.coach.post(`/v1/clients/${client.id}/invitation`));
  await app.runJobs();
  return invitationCode(app, client.email!);
}

const file = (more: object = {}) => openFile(practice.coach, more);

describe('an invitation', () => {
  it('waits in the queue as an id, and its code is made when it is sent', async () => {
    const { id, email } = await file();
    told(await practice.coach.post(`/v1/clients/${id}/invitation`));
    const [job] = await rows<{ data: object; line: string }>(
      app,
      "select data, j::text as line from jobs.job j where data->>'clientId' = $1",
      [id],
    );
    expect(job!.data).toEqual({ practiceId: practice.id, clientId: id });
    expect(job!.line).not.toContain(email);
    expect(await tokensOf(id)).toHaveLength(0);
    await app.runJobs();
    expect(await tokensOf(id)).toHaveLength(1);
  });

  it('is kept as a hash only', async () => {
    const { id, email } = await file();
    const code = await invite({ id, email });
    const [token] = await rows<{ line: string }>(
      app,
      'select t::text as line from one_time_tokens t where client_id = $1',
      [id],
    );
    const secret = code.split('.')[1]!;
    expect(token!.line).not.toContain(secret);
    expect(token!.line).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    expect(app.logged.join()).not.toContain(secret);
  });

  it('works once', async () => {
    const code = await invite(await file());
    expect((await accept(code)).statusCode).toBe(200);
    const again = await accept(code);
    expect([again.statusCode, problemOf(again)]).toEqual([404, 'invitation-not-usable']);
  });

  it('accepted twice at the same moment makes one user', async () => {
    const client = await file();
    const code = await invite(client);
    const answers = await Promise.all([accept(code), accept(code)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404]);
    expect(await rows(app, 'select from users where email = $1', [client.email])).toHaveLength(1);
  });

  it('expires after seven days', async () => {
    const [early, late] = [await invite(await file()), await invite(await file())];
    app.clock.set(inDays(7, -60_000));
    expect((await accept(early)).statusCode).toBe(200);
    app.clock.set(inDays(7, 60_000));
    expect(problemOf(await accept(late))).toBe('invitation-not-usable');
  });

  it('that is sent again replaces the one before', async () => {
    const client = await file();
    const first = await invite(client);
    app.clock.set(inDays(1));
    const second = await invite(client);
    expect(second).not.toBe(first);
    expect(problemOf(await accept(first))).toBe('invitation-not-usable');
    expect((await accept(second)).statusCode).toBe(200);
  });

  it('opens nothing to whoever reads an address that was wrong', async () => {
    const client = await file({ email: 'verkeerd@getypt.example' });
    const misdirected = await invite(client);
    told(await practice.coach.patch(`/v1/clients/${client.id}`, { email: 'goed@getypt.example' }));
    expect(problemOf(await accept(misdirected))).toBe('invitation-not-usable');
    expect((await accept(await invite({ id: client.id, email: 'goed@getypt.example' }))).statusCode).toBe(
      200,
    );
  });

  it('is not sent a second time to who has accepted', async () => {
    const client = await file();
    await accept(await invite(client));
    const answer = await practice.coach.post(`/v1/clients/${client.id}/invitation`);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'invitation-already-accepted']);
  });

  it('needs an address', async () => {
    const { id } = await file({ email: undefined });
    const answer = await practice.coach.post(`/v1/clients/${id}/invitation`);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'no-address-to-invite']);
  });

  it('is not for an address with which somebody signs in already', async () => {
    const email = `olga@${practice.slug}.example`;
    const code = await invite(await file({ email }));
    const answer = await accept(code);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'address-in-use']);
    expect(problemOf(await accept(code))).toBe('address-in-use');
  });

  it('works nowhere once the file is closed', async () => {
    const client = await file();
    const code = await invite(client);
    await close(client.id);
    expect(problemOf(await accept(code))).toBe('invitation-not-usable');
    expect(problemOf(await practice.coach.post(`/v1/clients/${client.id}/invitation`))).toBe('file-closed');
  });

  it('is not sent when the file was closed in the meantime', async () => {
    const { id } = await file();
    told(await practice.coach.post(`/v1/clients/${id}/invitation`));
    await close(id);
    await app.runJobs();
    expect(await tokensOf(id)).toHaveLength(0);
  });

  it('opens nothing to a user who was disabled before it was used', async () => {
    const email = 'toch-niet@praktijk.example';
    const user = told<{ id: string }>(
      await practice.admin.post('/v1/users', { name: 'Toch Niet', email, roles: ['coach'] }),
    );
    await app.runJobs();
    told(await practice.admin.post(`/v1/users/${user.id}/disabling`));
    expect(problemOf(await accept(invitationCode(app, email)))).toBe('invitation-not-usable');
  });

  it.each(['nonsense', `${'A'.repeat(22)}.${'A'.repeat(43)}`, '%00', '..%2f..'])(
    'is not found under %s',
    async (code) => {
      const answer = await accept(code);
      expect([answer.statusCode, problemOf(answer)]).toEqual([404, 'invitation-not-usable']);
    },
  );
});

describe('accepting an invitation', () => {
  it('signs in, with the file and the consent that came along', async () => {
    const client = await file({ consent: undefined });
    const code = await invite(client);
    const caller = await acceptInvitation(app, code, {});
    expect(caller.clientId).toBe(client.id);
    expect(told(await practice.coach.get(`/v1/clients/${client.id}`))).toMatchObject({
      hasConsent: true,
      hasAccount: true,
    });
    const { items } = told<{ items: object[] }>(await caller.get('/v1/me/consents'));
    expect(items).toEqual([expect.objectContaining({ channel: 'portal', textVersion: 1 })]);
  });

  it('keeps the invitation when the consent was to a text that is not there', async () => {
    const code = await invite(await file({ consent: undefined }));
    const answer = await accept(code, { password: PASSWORD, consent: { textVersion: 99 } });
    expect(answer.statusCode).toBe(422);
    expect((await accept(code)).statusCode).toBe(200);
  });

  it.each([
    ['fourteen characters', 'a'.repeat(14), 422],
    ['fourteen characters that are written as twenty-eight', 'é'.normalize('NFD').repeat(14), 422],
    ['fifteen characters', 'één vlieër zóét'.normalize('NFD'), 200],
    ['fifteen characters outside the basic plane', '🦋🌊🍃🌲🦉🌙🪁🎻🍇🧭🪵🕊🏔🐚🪶', 200],
    ['as many as fit', SENTENCE.slice(0, 128), 200],
    ['more than fit', SENTENCE.slice(0, 129), 422],
    ['half a character', `${'a'.repeat(20)}\ud83c`, 422],
  ])('with a password of %s', async (_, password, status) => {
    const code = await invite(await file());
    expect((await accept(code, { password })).statusCode).toBe(status);
  });

  it('says in Dutch how long a password is', async () => {
    const answer = await new Caller(app).put(
      `/v1/auth/invitations/${await invite(await file())}`,
      { password: 'te kort' },
      { 'accept-language': 'nl' },
    );
    expect(answer.json().errors).toEqual([{ pointer: '/password', detail: 'Minstens 15 tekens.' }]);
  });
});

describe('the mail', () => {
  it('speaks the language of who is invited', async () => {
    const [nl, en] = [await file({ language: 'nl' }), await file({ language: 'en' })];
    await invite(nl);
    await invite(en);
    expect(newestMail(app, nl.email!)).toContain('Kies een wachtwoord');
    expect(newestMail(app, en.email!)).toContain('Choose a password');
  });

  it('has a plain text and an HTML part with one and the same link', async () => {
    const client = await file();
    const code = await invite(client);
    const mail = newestMail(app, client.email!);
    expect(mail).toContain('text/plain');
    expect(mail).toContain('text/html');
    const links = mail.match(/https:\/\/[\w./-]+/g);
    expect(new Set(links)).toEqual(new Set([`https://portal.example/invitations/${code}`]));
  });

  it('shows a name as text, whatever is in it', async () => {
    const client = await file({ name: '<img src=x onerror=alert(1)> & "Co"' });
    await invite(client);
    const html = newestMail(app, client.email!).split('text/html')[1]!;
    expect(html).not.toContain('<img');
    expect(html).toContain('&#60;img');
  });

  it('carries no word about health, coaching or stress', async () => {
    const client = await file({ question: 'Waarom slaap ik niet?', company: 'Bakker Ontwerp' });
    await invite(client);
    expect(newestMail(app, client.email!)).not.toMatch(/slaap|Bakker|stress|coach|gezond|health/i);
  });
});

describe('a mail server', () => {
  it('is spoken to in SMTP, and is tried again after it refused', async () => {
    const server = await startMailServer();
    const own = await startApp({ MAIL_URL: `smtp://127.0.0.1:${server.port}?ignoreTLS=true` });
    try {
      const id = await inviteAdmin(own);
      server.refusing = true;
      await expect(own.runJobs()).rejects.toThrow('The mail was not sent: EENVELOPE 550');
      const [failed] = await rows<{ state: string; output: object; line: string }>(
        own,
        "select state, output, j::text as line from jobs.job j where name = 'mail-invitation'",
      );
      expect(failed).toMatchObject({ state: 'retry', output: { error: 'MailNotSent' } });
      expect([failed!.line, ...own.logged].join()).not.toContain('nieuw@praktijk.example');
      server.refusing = false;
      await rows(own, "update jobs.job set start_after = now() where state = 'retry'");
      await own.runJobs();
      expect(server.received).toHaveLength(1);
      const [mail] = server.received;
      expect(mail!.to).toBe('nieuw@praktijk.example');
      expect(await usableTokens(own, id)).toHaveLength(1);
      await acceptInvitation(own, codeIn(mail!.text, 'invitations'));
    } finally {
      await own.close();
      await server.stop();
    }
  });

  it('that is away leaves the job to be tried again', async () => {
    const own = await startApp({ MAIL_URL: `smtp://127.0.0.1:${await closedPort()}` });
    try {
      await inviteAdmin(own);
      await expect(own.runJobs()).rejects.toThrow('The mail was not sent: ESOCKET');
      const [job] = await rows<{ state: string; later: boolean }>(
        own,
        "select state, start_after > now() as later from jobs.job where name = 'mail-invitation'",
      );
      expect(job).toEqual({ state: 'retry', later: true });
    } finally {
      await own.close();
    }
  });
});

/** Adds a user in an application of its own, whose mail goes elsewhere than to files. */
async function inviteAdmin(own: TestApp): Promise<string> {
  const { code } = await own.get(OnboardingService).open({
    name: 'Eigen Praktijk',
    admin: { name: 'Ada', email: 'ada@eigen.example' },
  });
  const admin = await acceptInvitation(own, code);
  const user = { name: 'Nieuw', email: 'nieuw@praktijk.example', roles: ['coach'] };
  return told<{ id: string }>(await admin.post('/v1/users', user)).id;
}

/** A port on which nobody listens. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

const tokensOf = (clientId: string) =>
  rows(app, 'select from one_time_tokens where client_id = $1', [clientId]);

const usableTokens = (own: TestApp, userId: string) =>
  rows(own, 'select from one_time_tokens where user_id = $1 and used_at is null and expires_at > now()', [
    userId,
  ]);

/** There is no route for it yet; what counts here is the state. */
const close = (clientId: string) =>
  rows(app, "update clients set status = 'closed', closed_at = now() where id = $1", [clientId]);

const inDays = (days: number, plus = 0) => new Date(Date.now() + days * 86_400_000 + plus).toISOString();
