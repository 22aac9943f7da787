import { randomUUID } from 'node:crypto';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import { MailSender } from '../src/notifications/mail-sender.js';
import { ReminderRound, RemindersFailed } from '../src/notifications/reminders/reminder-round.js';
import { OnboardingService } from '../src/onboarding/onboarding.service.js';
import { type TestApp, startApp, startBeside } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { assign, DAILY, dailyAt } from './support/homework.js';
import { type MailServer, type ReadMail, startMailServer } from './support/mail.js';
import { acceptInvitation, openFile, PASSWORD } from './support/practice.js';
import { rows } from './support/rows.js';
import { planSession } from './support/sessions.js';

const MORNING = dailyAt('08:30');

let app: TestApp;
let server: MailServer;
let coach: Caller;
let serial = 0;

beforeAll(async () => {
  server = await startMailServer();
  app = await startApp({
    MAIL_URL: `smtp://127.0.0.1:${server.port}?ignoreTLS=true`,
    API_URL: 'https://api.example/',
  });
  const { code } = await app.get(OnboardingService).open({
    name: 'Adem & Rust',
    slug: 'adem-en-rust',
    admin: { name: 'Ada', email: 'ada@adem.example' },
  });
  const admin = await acceptInvitation(app, code);
  told(await admin.post('/v1/users', { name: 'Coen', email: 'coen@adem.example', roles: ['coach'] }));
  await app.runJobs();
  coach = await acceptInvitation(app, server.code('coen@adem.example', 'invitations'));
});
// A Tuesday, at noon in Amsterdam.
beforeEach(() => app.clock.set('2026-03-10T11:00:00Z'));
afterEach(async () => {
  jest.restoreAllMocks();
  server.refusing = false;
  app.clock.reset();
  await rows(app, 'delete from reminder_days');
  await rows(app, 'delete from reminder_settings');
});
afterAll(async () => {
  await app.close();
  await server.stop();
});

interface Reminded {
  readonly client: Caller;
  readonly email: string;
  readonly assignmentId: string;
}

/** A client with one exercise for every day, who chose to be reminded. */
async function reminded(choice: object = MORNING, more: object = {}): Promise<Reminded> {
  const { client, email } = await newClient();
  told(await client.put('/v1/me/reminders', choice));
  const rhythm = { kind: 'scheduled', timesPerDay: 1, weekdays: DAILY };
  const given = { rhythm, startOn: '2026-03-01', endOn: '2026-12-31', message: 'Voel je buik.', ...more };
  const { id } = await assign(coach, client.clientId, given);
  return { client, email, assignmentId: id };
}

async function newClient(more: object = {}): Promise<{ client: Caller; email: string }> {
  serial += 1;
  const email = `noor${serial}@post.example`;
  const { id } = await openFile(coach, { email, name: 'Noor <b>', ...more });
  told(await coach.post(`/v1/clients/${id}/invitation`));
  await app.runJobs();
  return { client: await acceptInvitation(app, server.code(email, 'invitations')), email };
}

async function signIn(email: string): Promise<Caller> {
  const answer = await new Caller(app).post('/v1/auth/login', { email, password: PASSWORD });
  return new Caller(app, told<LoginTokens>(answer));
}

/** What came to an address out of rounds; invitations and the like left aside. */
const remindersTo = (email: string): ReadMail[] =>
  server.received.filter(({ to, text }) => to === email && text.includes('https://portal.example/today'));

/** A round at an instant, as every five minutes there is one. */
async function roundAt(at: string): Promise<void> {
  app.clock.set(at);
  await app.get(ReminderRound).run();
}

const lastMail = (email: string): ReadMail => remindersTo(email).at(-1)!;
const codeOf = ({ headers }: ReadMail): string =>
  /unsubscriptions\/([\w.-]+)>/.exec(headers['list-unsubscribe']!)![1]!;

describe('reminders', () => {
  it('are off until their client switches them on', async () => {
    const { client, email } = await newClient();
    await assign(coach, client.clientId, { startOn: '2026-03-01', endOn: '2026-04-01' });
    expect(told(await client.get('/v1/me/reminders'))).toEqual({
      on: false,
      times: [],
      quietFrom: '21:00',
      quietUntil: '07:00',
      mostPerWeek: 7,
    });
    await roundAt('2026-03-11T07:30:00Z');
    expect(remindersTo(email)).toEqual([]);
  });

  it('are kept as they were chosen, by weekday', async () => {
    const { client } = await newClient();
    const times = [
      { weekday: 5, at: '19:15' },
      { weekday: 1, at: '08:00' },
    ];
    const chosen = { on: true, times: times.toReversed(), quietFrom: '20:00', quietUntil: '07:30' };
    const answer = await client.put('/v1/me/reminders', { ...chosen, times });
    expect(told(answer)).toEqual({ ...chosen, mostPerWeek: 2, version: 1 });
    expect(answer.headers['etag']).toBe('"1"');
    expect(told(await client.get('/v1/me/reminders'))).toEqual({ ...chosen, mostPerWeek: 2, version: 1 });
    const stale = await client.put('/v1/me/reminders', MORNING, { 'if-match': '"7"' });
    expect([stale.statusCode, problemOf(stale)]).toEqual([412, 'stale']);
    const anew = told(
      await client.put('/v1/me/reminders', { ...MORNING, mostPerWeek: 3 }, { 'if-match': '"1"' }),
    );
    expect(anew).toEqual(expect.objectContaining({ mostPerWeek: 3, version: 2 }));
  });

  it.each([
    ['without a time', { on: true, times: [] }, '/times'],
    ['twice a day', { on: true, times: [MORNING.times[0], MORNING.times[0]] }, '/times/1/weekday'],
    ['in the quiet hours', dailyAt('21:30'), '/times/0/at'],
    ['at no time of the day', { on: true, times: [{ weekday: 1, at: '24:00' }] }, '/times/0/at'],
    ['on no day of the week', { on: true, times: [{ weekday: 8, at: '08:30' }] }, '/times/0/weekday'],
    ['eight times a week', { ...MORNING, mostPerWeek: 8 }, '/mostPerWeek'],
  ])('cannot be chosen %s', async (_, choice, pointer) => {
    const { client } = await newClient();
    const answer = await client.put('/v1/me/reminders', choice, { 'accept-language': 'nl' });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ pointer }] });
  });
});

describe('a reminder', () => {
  it('comes once, at the time that was chosen, and invites', async () => {
    const { email } = await reminded();
    await roundAt('2026-03-11T07:29:00Z');
    expect(remindersTo(email)).toEqual([]);
    await roundAt('2026-03-11T07:30:00Z');
    await roundAt('2026-03-11T07:35:00Z');
    const [mail, ...more] = remindersTo(email);
    expect(more).toEqual([]);
    expect(mail!.headers['subject']).toBe('Een moment voor jezelf, als het past');
    expect(mail!.text).toContain('Dag Noor <b>,');
    expect(mail!.html).toContain('Noor &#60;b&#62;');
    expect(mail!.html).not.toMatch(/<(img|script|link|iframe)\b|url\(|\bsrc=/i);
    expect(`${mail!.text}${mail!.html}`).not.toMatch(
      /buik|stress|coach|gezond|oefening|huiswerk|sessie|te laat|gemist|achter|reeks|score|moet\b|Coen|\d+ dagen/i,
    );
  });

  it('carries what a mail program needs to leave its reader in peace (RFC 8058), and a link for the others', async () => {
    const { email } = await reminded();
    await roundAt('2026-03-11T07:30:00Z');
    const mail = lastMail(email);
    const code = codeOf(mail);
    expect(mail.headers).toMatchObject({
      'list-unsubscribe': `<https://api.example/v1/reminders/unsubscriptions/${code}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'auto-submitted': 'auto-generated',
    });
    for (const part of [mail.text, mail.html])
      expect(part).toContain(`https://portal.example/reminders/${code}`);
    const kept = JSON.stringify(await rows(app, 'select d::text from reminder_days d'));
    expect(kept).not.toContain(code.split('.')[1]);
    expect(app.logged.join()).not.toContain(code);
  });

  it('is in the language of its reader', async () => {
    const { email, client } = await reminded();
    told(await client.patch('/v1/me', { language: 'en' }));
    await roundAt('2026-03-11T07:30:00Z');
    expect(lastMail(email).headers['subject']).toBe('A moment for yourself, if it suits you');
    expect(lastMail(email).html).toContain('<html lang="en">');
  });

  it('is one for all that there is, and tells of an appointment without its hour', async () => {
    const { email, client } = await reminded();
    await assign(coach, client.clientId, { startOn: '2026-03-01', endOn: '2026-12-31' });
    await planSession(coach, client.clientId, { startsAt: '2026-03-12T10:00:00Z' });
    await roundAt('2026-03-11T07:30:00Z');
    expect(remindersTo(email)).toHaveLength(1);
    expect(lastMail(email).text).toContain('Er staat iets voor je klaar');
    expect(lastMail(email).text).toContain(
      'Er staat een afspraak met Adem & Rust voor je genoteerd. In het portaal zie je wanneer.',
    );
    expect(lastMail(email).text).not.toMatch(/\d{1,2}[:.]\d{2}/);
  });

  it('speaks of an appointment alone where there is no more', async () => {
    const { client, email } = await newClient();
    told(await client.put('/v1/me/reminders', MORNING));
    await planSession(coach, client.clientId, { startsAt: '2026-03-13T10:00:00Z' });
    await roundAt('2026-03-11T07:30:00Z');
    expect(remindersTo(email)).toEqual([]);
    await roundAt('2026-03-12T07:30:00Z');
    expect(lastMail(email).text).not.toContain('Er staat iets voor je klaar');
    expect(lastMail(email).text).toContain('afspraak');
  });

  it.each<[string, (one: Reminded) => Promise<unknown>]>([
    ['rests', ({ client, assignmentId }) => client.post(`/v1/me/assignments/${assignmentId}/pause`)],
    ['was stopped', ({ client, assignmentId }) => client.post(`/v1/me/assignments/${assignmentId}/stop`)],
    [
      'was logged already, if only as skipped',
      ({ client, assignmentId }) => {
        const log = { doneOn: '2026-03-10', outcome: 'skipped' };
        return client.put(`/v1/me/assignments/${assignmentId}/logs/${randomUUID()}`, log);
      },
    ],
  ])('is silent of what %s', async (_, step) => {
    const one = await reminded(dailyAt('14:00'));
    told((await step(one)) as never);
    await roundAt('2026-03-10T13:00:00Z');
    expect(remindersTo(one.email)).toEqual([]);
  });

  it('is silent where the rhythm leaves the day free', async () => {
    const { email } = await reminded(MORNING, {
      rhythm: { kind: 'scheduled', timesPerDay: 1, weekdays: [1, 2] },
    });
    await roundAt('2026-03-11T07:30:00Z');
    expect(remindersTo(email)).toEqual([]);
    await roundAt('2026-03-16T07:30:00Z');
    expect(remindersTo(email)).toHaveLength(1);
  });

  it.each<[string, (client: Caller) => Promise<unknown>]>([
    ['switched them off', (client) => client.put('/v1/me/reminders', { ...MORNING, on: false })],
    ['has a closed file', (client) => coach.post(`/v1/clients/${client.clientId}/closure`)],
    [
      'withdrew consent',
      (client) => rows(app, 'update clients set consent_id = null where id = $1', [client.clientId]),
    ],
    [
      'was disabled',
      (client) => rows(app, 'update users set disabled_at = now() where id = $1', [client.id]),
    ],
    [
      'is a prospect again',
      (client) => rows(app, "update clients set status = 'prospect' where id = $1", [client.clientId]),
    ],
  ])('is not sent to who %s', async (_, step) => {
    const { client, email } = await reminded();
    const answer = (await step(client)) as { statusCode?: number };
    expect(answer.statusCode ?? 200).toBe(200);
    await roundAt('2026-03-11T07:30:00Z');
    expect(remindersTo(email)).toEqual([]);
  });

  it('that comes too late, or in the quiet hours, does not come', async () => {
    const { email } = await reminded();
    const evening = await reminded(dailyAt('20:45'));
    await roundAt('2026-03-11T09:31:00Z');
    expect(remindersTo(email)).toEqual([]);
    await roundAt('2026-03-11T20:00:00Z');
    expect(remindersTo(evening.email)).toEqual([]);
    await roundAt('2026-03-12T19:59:00Z');
    expect(remindersTo(evening.email)).toHaveLength(1);
  });

  it('keeps its hour over both clock changes, moves out of the hour that is left out, and comes once in the doubled one', async () => {
    const night = { quietFrom: '12:00', quietUntil: '13:00' };
    const { email } = await reminded(dailyAt('02:30', night));
    await roundAt('2026-03-29T01:25:00Z');
    expect(remindersTo(email)).toHaveLength(0);
    await roundAt('2026-03-29T01:30:00Z');
    expect(remindersTo(email)).toHaveLength(1);
    await signIn(email);
    await roundAt('2026-03-30T00:30:00Z');
    expect(remindersTo(email)).toHaveLength(2);
    app.clock.set('2026-10-24T12:00:00Z');
    await signIn(email);
    await roundAt('2026-10-25T00:30:00Z');
    expect(remindersTo(email)).toHaveLength(3);
    await roundAt('2026-10-25T01:30:00Z');
    expect(remindersTo(email)).toHaveLength(3);
    await roundAt('2026-10-26T01:30:00Z');
    expect(remindersTo(email)).toHaveLength(4);
  });

  it('comes no more often in seven days than its reader said', async () => {
    const { email } = await reminded({ ...MORNING, mostPerWeek: 2 });
    for (let day = 11; day <= 17; day += 1) await roundAt(`2026-03-${day}T07:30:00Z`);
    expect(remindersTo(email)).toHaveLength(2);
    await roundAt('2026-03-18T07:30:00Z');
    expect(remindersTo(email)).toHaveLength(3);
  });
});

describe('after three that nobody answered', () => {
  const days = async (from: number, to: number) => {
    for (let day = from; day <= to; day += 1) await roundAt(`2026-03-${day}T07:30:00Z`);
  };

  it('it stays silent until the client signs in', async () => {
    const { email } = await reminded();
    await days(11, 16);
    expect(remindersTo(email)).toHaveLength(3);
    await signIn(email);
    await days(17, 22);
    expect(remindersTo(email)).toHaveLength(6);
  });

  it('it stays silent until the client logs something, whatever it is', async () => {
    const { email, assignmentId } = await reminded();
    await days(11, 15);
    const client = await signIn(email);
    const log = { doneOn: '2026-03-15', outcome: 'skipped', sharing: 'private' };
    told(await client.put(`/v1/me/assignments/${assignmentId}/logs/${randomUUID()}`, log));
    // As if the phone had been signed in all the while.
    await rows(app, "update logins set last_seen_at = '2026-03-10' where user_id = $1", [client.id]);
    await days(16, 20);
    expect(remindersTo(email)).toHaveLength(6);
  });

  it('it stays silent until the client looks back on their week, shared or not', async () => {
    const { email } = await reminded();
    await days(11, 15);
    const client = await signIn(email);
    const week = { on: '2026-03-15', tension: 5, stressSignals: [], conditions: {}, sharing: 'private' };
    told(await client.put(`/v1/me/check-ins/${randomUUID()}`, week));
    // As if the phone had been signed in all the while.
    await rows(app, "update logins set last_seen_at = '2026-03-10' where user_id = $1", [client.id]);
    await days(16, 20);
    expect(remindersTo(email)).toHaveLength(6);
  });

  it('one that never arrived counts for nothing', async () => {
    const { email } = await reminded();
    server.refusing = true;
    await expect(days(11, 11)).rejects.toThrow(RemindersFailed);
    server.refusing = false;
    await days(12, 18);
    expect(remindersTo(email)).toHaveLength(3);
  });
});

describe('who wants to be left in peace', () => {
  const anybody = () => new Caller(app);

  async function sent(): Promise<Reminded & { path: string }> {
    const one = await reminded();
    await roundAt('2026-03-11T07:30:00Z');
    return { ...one, path: `/v1/reminders/unsubscriptions/${codeOf(lastMail(one.email))}` };
  }

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
    ['application/json', '{}'],
  ])('is, by one press in a mail program that sends %s', async (type, payload) => {
    const { email, path } = await sent();
    const press = () =>
      app.fastify.inject({ method: 'POST', url: path, payload, headers: { 'content-type': type } });
    expect([(await press()).statusCode, (await press()).json()]).toEqual([200, { on: false }]);
    await roundAt('2026-03-12T07:30:00Z');
    expect(remindersTo(email)).toHaveLength(1);
    expect(told(await (await signIn(email)).get('/v1/me/reminders'))).toMatchObject({
      on: false,
      times: MORNING.times,
      version: 2,
    });
  });

  it('is not by a scanner that opens the link', async () => {
    const { email, path } = await sent();
    expect(told(await anybody().get(path))).toEqual({ on: true });
    await roundAt('2026-03-12T07:30:00Z');
    expect(remindersTo(email)).toHaveLength(2);
  });

  it('is by the code of any mail, and may come back', async () => {
    const { client, email, path } = await sent();
    await roundAt('2026-03-12T07:30:00Z');
    told(await anybody().post(path));
    expect(told(await anybody().get(path))).toEqual({ on: false });
    expect(client.clientId).toBeDefined();
    told(await (await signIn(email)).put('/v1/me/reminders', MORNING));
    await roundAt('2026-03-13T07:30:00Z');
    expect(remindersTo(email)).toHaveLength(3);
  });

  it('is not by a code that nobody was sent, and a form opens no other door', async () => {
    const { path, email } = await sent();
    const [practice] = path.split('/').at(-1)!.split('.');
    for (const code of [`${practice}.${'A'.repeat(43)}`, 'niets']) {
      const answer = await anybody().post(`/v1/reminders/unsubscriptions/${code}`);
      expect([answer.statusCode, problemOf(answer)]).toEqual([404, 'not-found']);
    }
    const form = await app.fastify.inject({
      method: 'POST',
      url: '/v1/auth/login',
      payload: `email=${email}`,
      headers: { 'content-type': 'application/vnd.ademruimte.one-click' },
    });
    expect(form.statusCode).toBe(415);
    expect(told(await anybody().get(path))).toEqual({ on: true });
  });
});

// Last: passport knows one strategy for the whole process, and after these it is that of an application that is closed.
describe('at most one a day', () => {
  it('is sent, with three workers at once', async () => {
    const people = [await reminded(), await reminded(), await reminded()];
    const others = await Promise.all([startBeside(app), startBeside(app)]);
    app.clock.set('2026-03-11T07:30:00Z');
    const rounds = [app, ...others].flatMap(
      (one) => Array(3).fill(one.get(ReminderRound)) as ReminderRound[],
    );
    await Promise.all(rounds.map((round) => round.run()));
    expect(people.map(({ email }) => remindersTo(email).length)).toEqual([1, 1, 1]);
    await Promise.all(others.map((one) => one.close()));
  });

  it('is sent where a worker dies between the claim and the mail: that one is lost, and the next day has its own', async () => {
    const { email, client } = await reminded();
    const dying = await startBeside(app);
    const sending = new Promise<void>((begun) => {
      jest.spyOn(dying.get(MailSender), 'send').mockImplementation(() => {
        begun();
        return new Promise(() => undefined);
      });
    });
    app.clock.set('2026-03-11T07:30:00Z');
    void dying.get(ReminderRound).run();
    await sending;
    await dying.close();
    await roundAt('2026-03-11T07:35:00Z');
    expect(remindersTo(email)).toEqual([]);
    const day = 'select on_day::text, sent_at from reminder_days where client_id = $1';
    expect(await rows(app, day, [client.clientId])).toEqual([{ on_day: '2026-03-11', sent_at: null }]);
    await roundAt('2026-03-12T07:30:00Z');
    expect(remindersTo(email)).toHaveLength(1);
  });

  it('is tried where the mail server refuses it: nobody can say whether it arrived, and the others get theirs', async () => {
    const { email, client } = await reminded();
    server.refusing = true;
    await expect(roundAt('2026-03-11T07:30:00Z')).rejects.toThrow('1 reminders were not sent');
    server.refusing = false;
    await roundAt('2026-03-11T07:35:00Z');
    expect(remindersTo(email)).toEqual([]);
    const logged = app.logged.filter((line) => line.includes(client.clientId) && line.includes('"level":50'));
    expect(logged).toHaveLength(1);
    expect(app.logged.join()).not.toContain(email);
  });

  it('is what the queue has done every five minutes, and the log tells of it', async () => {
    const { email, client } = await reminded();
    app.clock.set('2026-03-11T07:30:00Z');
    await rows(app, "insert into jobs.job (name, data, policy) values ('send-reminders', '{}', 'stately')");
    await app.runJobs();
    expect(remindersTo(email)).toHaveLength(1);
    const events = await rows<{ event: string }>(
      app,
      "select event from audit_events where client_id = $1 and event like 'reminder%' order by at, event",
      [client.clientId],
    );
    expect(events.map(({ event }) => event)).toEqual(['reminders.changed', 'reminder.sent']);
  });
});
