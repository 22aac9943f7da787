import type { ConsentList } from '../src/clients/consent.dto.js';
import type { DataRequestDetail, DataRequestPage, DataRequestView } from '../src/privacy/data-request.dto.js';
import { Tenant } from '../src/database/tenant.js';
import type { ExportView } from '../src/exports/export.dto.js';
import { taskOfJob } from '../src/jobs/jobs.js';
import { type Wish, wishes } from '../src/notifications/reminders/reminder.queries.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import {
  newestMail,
  openFile,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';
import { seen, writeSigned } from './support/notes.js';
import { refusalOf } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  practice = await openPractice(app);
  coach = practice.coach;
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const consentOf = async (clientId: string): Promise<string> =>
  told<ConsentList>(await coach.get(`/v1/clients/${clientId}/consents`)).items.find(
    (consent) => consent.inForce,
  )!.id;
const withdraw = async (client: Caller): Promise<void> => {
  const { items } = told<ConsentList>(await client.get('/v1/me/consents'));
  const answer = await client.delete(`/v1/me/consents/${items.find((one) => one.inForce)!.id}`);
  expect(answer.statusCode).toBe(204);
};
const withdrawOnPaper = async (clientId: string, withdrawnOn: string): Promise<void> =>
  void told(
    await coach.post(`/v1/clients/${clientId}/consents/${await consentOf(clientId)}/withdrawal`, {
      withdrawnOn,
    }),
  );
const requests = async (query = ''): Promise<DataRequestView[]> =>
  told<DataRequestPage>(await practice.admin.get(`/v1/data-requests${query}`)).items;
const ownRequests = async (client: Caller): Promise<DataRequestView[]> =>
  told<DataRequestPage>(await client.get('/v1/me/data-requests')).items;

describe('a withdrawal of consent', () => {
  it('asks for erasure, due in a month, which admin and client see', async () => {
    const client = await openFileWithAccount(app, coach);
    const consentId = await consentOf(client.clientId);
    await withdraw(client);
    expect(await requests()).toEqual([]);
    await app.runJobs();
    const [request] = await requests();
    expect(request).toMatchObject({
      clientId: client.clientId,
      kind: 'erasure',
      status: 'received',
      consentId,
      version: 1,
    });
    expect(await ownRequests(client)).toEqual([request]);
  });

  it('counts the month from the day that it was, where the practice is', async () => {
    const client = await openFileWithAccount(app, coach);
    told(await practice.admin.patch('/v1/practice', { timeZone: 'Pacific/Auckland' }));
    app.clock.set('2027-01-30T12:00:00Z');
    const { items } = told<ConsentList>(await client.get('/v1/me/consents'));
    expect((await client.delete(`/v1/me/consents/${items[0]!.id}`)).statusCode).toBe(204);
    app.clock.set('2027-03-09T12:00:00Z');
    await app.runJobs();
    expect(await ownRequests(client)).toMatchObject([{ receivedOn: '2027-01-31', dueOn: '2027-02-28' }]);
  });

  it('on paper counts from the day that the practice received it', async () => {
    const { id } = await openFile(coach);
    await withdrawOnPaper(id, '2026-02-14');
    await app.runJobs();
    expect(await requests()).toMatchObject([{ clientId: id, receivedOn: '2026-02-14', dueOn: '2026-03-14' }]);
  });

  it('is followed once, however often the job runs', async () => {
    const { id } = await openFile(coach);
    const consentId = await consentOf(id);
    await withdrawOnPaper(id, '2026-02-14');
    const again = `insert into jobs.job (name, data)
      values ('follow-consent', jsonb_build_object('practiceId', $1::text, 'consentId', $2::text))`;
    await rows(app, again, [practice.id, consentId]);
    await app.runJobs();
    await rows(app, again, [practice.id, consentId]);
    await app.runJobs();
    expect(await requests()).toHaveLength(1);
  });

  it('that is refused leaves no job', async () => {
    const { id } = await openFile(coach);
    const consentId = await consentOf(id);
    await withdrawOnPaper(id, '2026-02-14');
    const waiting = () =>
      rows(app, "select from jobs.job where name = 'follow-consent' and state = 'created'");
    const before = await waiting();
    const answer = await coach.post(`/v1/clients/${id}/consents/${consentId}/withdrawal`);
    expect(refusalOf(answer)).toEqual([409, 'consent-not-in-force']);
    expect(before).toHaveLength(1);
    expect(await waiting()).toHaveLength(1);
  });

  it('under the regime of a care provider asks for nothing by itself', async () => {
    const regime = { regime: 'care_provider', reason: 'BIG-geregistreerd, dus dossierplicht.' };
    told(await practice.admin.put('/v1/practice/regime', regime));
    const { id } = await openFile(coach);
    await withdrawOnPaper(id, '2026-02-14');
    await app.runJobs();
    expect(await requests()).toEqual([]);
  });

  it('has one open request at most for one client', async () => {
    const { id } = await openFile(coach);
    await withdrawOnPaper(id, '2026-02-14');
    await app.runJobs();
    told(await coach.post(`/v1/clients/${id}/consents`, { channel: 'paper', givenOn: '2026-02-15' }));
    await withdrawOnPaper(id, '2026-02-20');
    await app.runJobs();
    expect(await requests()).toMatchObject([{ status: 'received', receivedOn: '2026-02-14' }]);
    await expect(
      rows(
        app,
        `insert into data_requests (practice_id, id, client_id, coach_id, kind, status, received_on, due_on, created_at, version)
         select practice_id, gen_random_uuid(), client_id, coach_id, kind, status, received_on, due_on, created_at, 1
           from data_requests where client_id = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint: 'data_requests_one_open_erasure' });
  });
});

describe('consent that is given again', () => {
  it('by the client cancels what nobody has taken up', async () => {
    const client = await openFileWithAccount(app, coach);
    await withdraw(client);
    await app.runJobs();
    told(await client.post('/v1/me/consents', {}));
    await app.runJobs();
    expect(await ownRequests(client)).toMatchObject([
      { status: 'cancelled', closedBecause: 'consent_given_again', closedAt: expect.any(String), version: 2 },
    ]);
    await withdraw(client);
    await app.runJobs();
    expect((await ownRequests(client)).map(({ status }) => status)).toEqual(['received', 'cancelled']);
  });

  it('before the job ran leaves nothing to ask for', async () => {
    const client = await openFileWithAccount(app, coach);
    await withdraw(client);
    told(await client.post('/v1/me/consents', {}));
    await app.runJobs();
    expect(await ownRequests(client)).toEqual([]);
  });

  it.each(['confirmed', 'approved', 'running'])('leaves alone what is %s by then', async (status) => {
    const client = await openFileWithAccount(app, coach);
    await withdraw(client);
    await app.runJobs();
    await rows(app, 'update data_requests set status = $2 where client_id = $1', [client.clientId, status]);
    told(await client.post('/v1/me/consents', {}));
    await app.runJobs();
    expect(await ownRequests(client)).toMatchObject([{ status }]);
  });

  it('on paper leaves the request to the admin: nobody undoes it in the name of the client', async () => {
    const client = await openFileWithAccount(app, coach);
    await withdraw(client);
    await app.runJobs();
    const given = { channel: 'paper', givenOn: '2026-03-02' };
    told(await coach.post(`/v1/clients/${client.clientId}/consents`, given));
    await app.runJobs();
    expect(await ownRequests(client)).toMatchObject([{ status: 'received' }]);
  });
});

describe('the list of requests', () => {
  it('begins with what is due first, by status, a page at a time', async () => {
    const files = [await openFile(coach), await openFile(coach), await openFile(coach)];
    const days = ['2026-03-09', '2026-02-01', '2026-02-14'];
    for (const [i, { id }] of files.entries()) await withdrawOnPaper(id, days[i]!);
    await app.runJobs();
    const due = ['2026-03-01', '2026-03-14', '2026-04-09'];
    expect((await requests()).map(({ dueOn }) => dueOn)).toEqual(due);
    expect((await requests('?status=received')).map(({ dueOn }) => dueOn)).toEqual(due);
    expect(await requests('?status=cancelled')).toEqual([]);
    const first = told<DataRequestPage>(await practice.admin.get('/v1/data-requests?limit=2'));
    expect(first.items.map(({ dueOn }) => dueOn)).toEqual(due.slice(0, 2));
    expect((await requests(`?limit=2&cursor=${first.next!}`)).map(({ dueOn }) => dueOn)).toEqual(
      due.slice(2),
    );
    expect((await practice.admin.get('/v1/data-requests?cursor=zomaar')).statusCode).toBe(422);
  });

  it('shows a client their own and nobody else theirs', async () => {
    const client = await openFileWithAccount(app, coach);
    const other = await openFileWithAccount(app, coach);
    await withdraw(client);
    await app.runJobs();
    expect(await ownRequests(other)).toEqual([]);
    const elsewhere = await openPractice(app);
    expect(told<DataRequestPage>(await elsewhere.admin.get('/v1/data-requests')).items).toEqual([]);
    for (const by of [coach, client]) expect((await by.get('/v1/data-requests')).statusCode).toBe(403);
    for (const by of [coach, practice.admin]) {
      expect((await by.get('/v1/me/data-requests')).statusCode).toBe(403);
    }
  });

  it('goes along when the file goes to another coach', async () => {
    const client = await openFileWithAccount(app, coach);
    await withdraw(client);
    await app.runJobs();
    told(
      await practice.admin.put(`/v1/clients/${client.clientId}/coach`, {
        coachId: practice.otherCoach.id,
        reason: 'Verhuisd.',
        privateNotesGoAlong: false,
      }),
    );
    expect(await ownRequests(client)).toHaveLength(1);
  });

  it('leaves audit events: of the request itself, and of who looked', async () => {
    const client = await openFileWithAccount(app, coach);
    await withdraw(client);
    await app.runJobs();
    await requests();
    const events = await rows(
      app,
      "select event, ground, client_id from audit_events where practice_id = $1 and event like 'data_request%' order by id",
      [practice.id],
    );
    expect(events).toEqual([
      { event: 'data_request.received', ground: 'consent_withdrawn', client_id: client.clientId },
      { event: 'data_requests.listed', ground: null, client_id: null },
    ]);
  });
});

const ask = async (client: Caller, kind: string, details?: string): Promise<DataRequestDetail> =>
  told(await client.post('/v1/me/data-requests', { kind, ...(details && { details }) }));
const register = async (clientId: string, kind: string, more: object = {}): Promise<{ id: string }> =>
  told(await practice.admin.post('/v1/data-requests', { clientId, kind, ...more }));
const step = async (id: string, verb: string, body: object = {}): Promise<DataRequestDetail> =>
  told(await practice.admin.post(`/v1/data-requests/${id}/${verb}`, body));
const refusedStep = async (id: string, verb: string, body: object = {}) =>
  refusalOf(await practice.admin.post(`/v1/data-requests/${id}/${verb}`, body));
const isoDay = (days: number): string =>
  new Date(app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

describe('a request of a client', () => {
  it.each(['access', 'portability', 'restriction', 'objection', 'erasure'])(
    'for %s is taken at once, as theirs, due in a month, and asked once',
    async (kind) => {
      app.clock.set('2027-01-31T12:00:00Z');
      const client = await openFileWithAccount(app, coach);
      const answer = await client.post('/v1/me/data-requests', { kind });
      const asked = told<DataRequestDetail>(answer);
      expect(answer.headers['location']).toBe(`/v1/me/data-requests/${asked.id}`);
      const dates = { receivedOn: '2027-01-31', dueOn: '2027-02-28' };
      expect(asked).toMatchObject({ kind, status: 'confirmed', channel: 'portal', ...dates, version: 1 });
      expect(await ownRequests(client)).toEqual([asked]);
      expect(refusalOf(await client.post('/v1/me/data-requests', { kind }))).toEqual([409, 'asked-already']);
    },
  );

  it('says in its own words what it is about, which the admin reads and the database does not', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await ask(client, 'rectification', 'Het bedrijf heet Windvlaag.');
    expect(told(await client.get(`/v1/me/data-requests/${id}`))).toMatchObject({
      details: 'Het bedrijf heet Windvlaag.',
    });
    expect(told(await practice.admin.get(`/v1/data-requests/${id}`))).toMatchObject({
      details: 'Het bedrijf heet Windvlaag.',
    });
    const [row] = await rows<{ text: string }>(
      app,
      `select encode(details, 'escape') as text from data_requests where id = $1`,
      [id],
    );
    expect(row!.text).not.toContain('Windvlaag');
  });

  it('for a rectification says what is not right, field by field refused', async () => {
    const client = await openFileWithAccount(app, coach);
    const bad = await client.post(
      '/v1/me/data-requests',
      { kind: 'rectification' },
      { 'accept-language': 'en' },
    );
    expect(bad.json()).toMatchObject({
      type: expect.stringContaining('invalid-input'),
      errors: [{ pointer: '/details', detail: 'Say what is not right, and how it is.' }],
    });
    expect((await client.post('/v1/me/data-requests', { kind: 'peek' })).statusCode).toBe(422);
    expect((await client.post('/v1/me/data-requests', { kind: 'access', clientId: 'x' })).statusCode).toBe(
      422,
    );
  });

  it('is made once, however often it is sent', async () => {
    const client = await openFileWithAccount(app, coach);
    const key = { 'idempotency-key': 'verzoek-1' };
    const first = told<DataRequestDetail>(await client.post('/v1/me/data-requests', { kind: 'access' }, key));
    const again = told<DataRequestDetail>(await client.post('/v1/me/data-requests', { kind: 'access' }, key));
    expect(again.id).toBe(first.id);
  });

  it('is taken back by who made it, and by nobody else', async () => {
    const client = await openFileWithAccount(app, coach);
    const other = await openFileWithAccount(app, coach);
    const { id } = await ask(client, 'erasure');
    const back = `/v1/me/data-requests/${id}/cancellation`;
    expect((await other.get(`/v1/me/data-requests/${id}`)).statusCode).toBe(404);
    expect((await other.post(back)).statusCode).toBe(404);
    expect((await client.post(back, {}, { 'if-match': '"7"' })).statusCode).toBe(412);
    expect(told(await client.post(back))).toMatchObject({ status: 'cancelled', closedBecause: 'taken_back' });
    expect(refusalOf(await client.post(back))).toEqual([409, 'wrong-state']);
    expect((await ask(client, 'erasure')).status).toBe('confirmed');
  });

  it('is told to the client and to each admin, and no mail says what it is', async () => {
    const client = await openFileWithAccount(app, coach);
    const { email } = told<{ email: string }>(await client.get('/v1/me'));
    const { id } = await ask(client, 'objection', 'Ik wil niet dat mijn slaap besproken wordt.');
    await app.runJobs();
    const mine = newestMail(app, email);
    expect(mine).toContain(`/data-requests/${id}`);
    const theirs = newestMail(app, `admin@${practice.slug}.example`);
    expect(theirs).toContain(`/data-requests/${id}`);
    for (const mail of [mine, theirs]) expect(mail).not.toMatch(/slaap|objection|bezwaar/i);
  });
});

describe('a request that an admin takes down', () => {
  it('is of who has no login, of the day that it came, and confirmed by the admin first', async () => {
    const { id: clientId, email } = await openFile(coach);
    const { id } = await register(clientId, 'access', { receivedOn: '2026-02-10' });
    const request = told<DataRequestDetail>(await practice.admin.get(`/v1/data-requests/${id}`));
    expect(request).toMatchObject({ channel: 'paper', status: 'received', dueOn: '2026-03-10' });
    expect(await refusedStep(id, 'approval')).toEqual([409, 'wrong-state']);
    expect(await step(id, 'confirmation')).toMatchObject({ status: 'confirmed' });
    await app.runJobs();
    expect(newestMail(app, email!)).toContain('geen inlog');
  });

  it('lies in no future, and is about a client of the practice', async () => {
    const { id: clientId } = await openFile(coach);
    const asked = { clientId, kind: 'access' };
    const future = await practice.admin.post('/v1/data-requests', { ...asked, receivedOn: isoDay(3) });
    expect(future.json()).toMatchObject({ errors: [{ pointer: '/receivedOn' }] });
    const elsewhere = await openPractice(app);
    expect((await elsewhere.admin.post('/v1/data-requests', asked)).statusCode).toBe(404);
  });
});

describe('a proposal of a coach', () => {
  it('is to erase the file of a client of theirs, and nothing else', async () => {
    const { id: clientId } = await openFile(coach);
    const propose = (by: Caller, kind: string) => by.post('/v1/data-requests', { clientId, kind });
    expect((await propose(practice.otherCoach, 'erasure')).statusCode).toBe(404);
    expect((await propose(coach, 'access')).json()).toMatchObject({ errors: [{ pointer: '/kind' }] });
    const { id } = told<{ id: string }>(await propose(coach, 'erasure'));
    expect(told(await practice.admin.get(`/v1/data-requests/${id}`))).toMatchObject({
      channel: 'coach',
      status: 'received',
    });
    for (const verb of ['confirmation', 'approval', 'cancellation']) {
      expect((await coach.post(`/v1/data-requests/${id}/${verb}`)).statusCode).toBe(403);
    }
    expect((await coach.get(`/v1/data-requests/${id}`)).statusCode).toBe(403);
  });

  it("is not the client's to take back, who hears of it when it is approved", async () => {
    const client = await openFileWithAccount(app, coach);
    const { email } = told<{ email: string }>(await client.get('/v1/me'));
    const proposal = { clientId: client.clientId, kind: 'erasure' };
    const { id } = told<{ id: string }>(await coach.post('/v1/data-requests', proposal));
    await app.runJobs();
    expect(newestMail(app, email)).not.toContain('/data-requests/');
    expect((await client.post(`/v1/me/data-requests/${id}/cancellation`)).statusCode).toBe(404);
    await step(id, 'confirmation');
    await step(id, 'approval');
    await app.runJobs();
    expect(newestMail(app, email)).toContain('wissen we je dossier');
  });
});

describe('an answer', () => {
  it('that approves wants a fresh proof of who approves', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await ask(client, 'erasure');
    await rows(
      app,
      `update logins set authenticated_at = now() - interval '11 minutes' where practice_id = $1`,
      [practice.id],
    );
    expect(await refusedStep(id, 'approval')).toEqual([401, 'step-up-required']);
  });

  it('that approves an erasure gives seven days of grace inside the month, fewer when it is late, and one at least', async () => {
    app.clock.set('2027-03-01T12:00:00Z');
    const proved = 'update logins set authenticated_at = $2 where practice_id = $1';
    await rows(app, proved, [practice.id, '2027-03-01T11:59:00Z']);
    const graceAfter = async (days: number): Promise<string[]> => {
      const { id: clientId } = await openFile(coach);
      const { id } = await register(clientId, 'erasure', { receivedOn: isoDay(-days) });
      await step(id, 'confirmation');
      const { erasesOn, dueOn } = await step(id, 'approval');
      return [erasesOn!, dueOn];
    };
    expect(await graceAfter(2)).toEqual(['2027-03-08', '2027-03-27']);
    expect(await graceAfter(25)).toEqual(['2027-03-04', '2027-03-04']);
    expect(await graceAfter(60)).toEqual(['2027-03-02', '2027-01-31']);
  });

  it('that approves an erasure is called off within the grace, by the client or the admin', async () => {
    const client = await openFileWithAccount(app, coach);
    const first = await ask(client, 'erasure');
    await step(first.id, 'approval');
    const back = await client.post(`/v1/me/data-requests/${first.id}/cancellation`);
    expect(told(back)).toMatchObject({ status: 'cancelled', closedBecause: 'taken_back' });
    const second = await ask(client, 'erasure');
    await step(second.id, 'approval');
    expect(await step(second.id, 'cancellation')).toMatchObject({ closedBecause: 'called_off' });
    expect(await refusedStep(second.id, 'approval')).toEqual([409, 'wrong-state']);
  });

  it('that refuses names a ground that the law knows, and tells the client why', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await ask(client, 'access');
    await app.runJobs();
    expect((await practice.admin.post(`/v1/data-requests/${id}/refusal`, { ground: 'no' })).statusCode).toBe(
      422,
    );
    await step(id, 'refusal', { ground: 'unfounded', answer: 'Dit is dezelfde vraag als vorige week.' });
    const shown = told<DataRequestDetail>(await client.get(`/v1/me/data-requests/${id}`));
    expect(shown).toMatchObject({
      status: 'refused',
      refusalGround: 'unfounded',
      answer: 'Dit is dezelfde vraag als vorige week.',
    });
    await app.runJobs();
    const { email } = told<{ email: string }>(await client.get('/v1/me'));
    const mail = newestMail(app, email);
    expect(mail).toContain('Autoriteit Persoonsgegevens');
    expect(mail).not.toContain('vorige week');
  });

  it('may take two months longer, once, told within the first month with the reason', async () => {
    app.clock.set('2027-03-01T12:00:00Z');
    const client = await openFileWithAccount(app, coach);
    const { id } = await ask(client, 'access');
    await app.runJobs();
    app.clock.set('2027-03-01T12:00:01Z');
    const longer = { reason: 'Het dossier is groot.' };
    const extended = await step(id, 'extension', longer);
    expect(extended).toMatchObject({
      dueOn: '2027-06-01',
      extendedOn: '2027-03-01',
      extensionReason: longer.reason,
    });
    expect(await refusedStep(id, 'extension', longer)).toEqual([409, 'extended-already']);
    await app.runJobs();
    const { email } = told<{ email: string }>(await client.get('/v1/me'));
    expect(newestMail(app, email)).toContain('twee maanden');
    const { id: late } = await register((await openFile(coach)).id, 'access', { receivedOn: '2027-01-20' });
    expect(await refusedStep(late, 'extension', longer)).toEqual([409, 'too-late-to-extend']);
  });

  it('is audited step by step, for the client to see', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await ask(client, 'rectification', 'Mijn naam.');
    await step(id, 'approval');
    await step(id, 'completion', { answer: 'Aangepast.' });
    const events = await rows(
      app,
      `select event, ground from audit_events where practice_id = $1 and object_id = $2 and event <> 'data_request.read' order by id`,
      [practice.id, id],
    );
    expect(events).toEqual([
      { event: 'data_request.received', ground: 'portal' },
      { event: 'data_request.approved', ground: null },
      { event: 'data_request.completed', ground: null },
    ]);
    const log = told<{ items: { event: string }[] }>(await client.get('/v1/me/access-log'));
    expect(log.items.map(({ event }) => event)).toContain('data_request.approved');
  });
});

describe('a rectification', () => {
  it('is completed without a word of a signed text being changed', async () => {
    const client = await openFileWithAccount(app, coach);
    const note = await writeSigned(coach, client.clientId, {
      body: 'Zo staat het er.',
      visibility: 'shared',
    });
    const before = await rows(app, 'select * from note_bodies where note_id = $1', [note.id]);
    const { id } = await ask(client, 'rectification', 'In de notitie staat een verkeerde datum.');
    await step(id, 'approval');
    const rewritten = await coach.patch(`/v1/notes/${note.id}`, { body: 'Zo dus.' }, seen(note));
    expect(refusalOf(rewritten)).toEqual([409, 'note-signed']);
    await step(id, 'completion', { answer: 'Er staat nu een aanvulling bij.' });
    expect(await rows(app, 'select * from note_bodies where note_id = $1', [note.id])).toEqual(before);
  });

  it('is not carried out by the system, and an access is', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await ask(client, 'access');
    await step(id, 'approval');
    expect(await refusedStep(id, 'completion')).toEqual([409, 'wrong-state']);
  });
});

describe.each(['restriction', 'objection'])('a %s', (kind) => {
  it('holds from when it is asked until it is settled: erasure waits for it', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await ask(client, kind);
    const erasure = await ask(client, 'erasure');
    expect(await refusedStep(erasure.id, 'approval')).toEqual([409, 'file-held']);
    expect(await step(id, 'approval')).toMatchObject({ status: 'running' });
    expect(await refusedStep(erasure.id, 'approval')).toEqual([409, 'file-held']);
    expect(await step(id, 'completion', { answer: 'Uitgezocht.' })).toMatchObject({ status: 'completed' });
    expect(await step(erasure.id, 'approval')).toMatchObject({ status: 'approved' });
  });

  it('keeps reminders away', async () => {
    const client = await openFileWithAccount(app, coach);
    told(await client.put('/v1/me/reminders', { on: true, times: [{ weekday: 1, at: '08:30' }] }));
    const wished = (): Promise<Wish[]> =>
      app.get(Tenant).read(taskOfJob(practice.id, 'reminders'), (tx) => wishes(tx));
    expect(await wished()).toMatchObject([{ clientId: client.clientId }]);
    const { id } = await ask(client, kind);
    expect(await wished()).toEqual([]);
    await step(id, 'approval');
    expect(await wished()).toEqual([]);
    await step(id, 'cancellation');
    expect(await wished()).toHaveLength(1);
  });

  it('keeps the file out of what the practice takes out, and its dossier from being made', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id: other } = await openFile(coach);
    await ask(client, kind);
    const take = async (by: Caller, wanted: object): Promise<ExportView> => {
      const { id } = told<ExportView>(
        await by.post('/v1/exports', { purpose: 'Controle van het register', ...wanted }),
      );
      await app.runJobs();
      return told(await by.get(`/v1/exports/${id}`));
    };
    const listed = await take(practice.admin, { records: 'clients', format: 'ndjson' });
    const file = await practice.admin.get(`/v1/exports/${listed.id}/file`);
    expect(file.body).toContain(other);
    expect(file.body).not.toContain(client.clientId);
    const dossier = await take(coach, { records: 'dossier', format: 'zip', clientId: client.clientId });
    expect(dossier).toMatchObject({ status: 'failed', failure: { code: 'data_held' } });
    const log = await take(practice.admin, { records: 'audit_events', format: 'ndjson' });
    expect((await practice.admin.get(`/v1/exports/${log.id}/file`)).body).toContain(client.clientId);
  });
});

describe('the regime of a practice', () => {
  const regime = { regime: 'care_provider', reason: 'BIG-geregistreerd, dus dossierplicht.' };

  it('is changed with a reason, and leaves an audit event that says from what to what', async () => {
    const answer = await practice.admin.put('/v1/practice/regime', regime, { 'if-match': '"1"' });
    expect(told(answer)).toMatchObject({ regime: 'care_provider', regimeReason: regime.reason, version: 2 });
    expect(
      await rows(app, 'select event, ground from audit_events where request_id = $1', [
        answer.headers['x-request-id'],
      ]),
    ).toEqual([{ event: 'practice.regime_changed', ground: 'coach to care_provider' }]);
    expect((await practice.admin.put('/v1/practice/regime', regime, { 'if-match': '"1"' })).statusCode).toBe(
      412,
    );
  });

  it('is not changed without a reason, nor along with other settings', async () => {
    expect((await practice.admin.put('/v1/practice/regime', { regime: 'coach' })).statusCode).toBe(422);
    expect((await practice.admin.patch('/v1/practice', { regime: 'care_provider' })).statusCode).toBe(422);
  });

  it('is for the admin', async () => {
    expect((await coach.put('/v1/practice/regime', regime)).statusCode).toBe(403);
  });
});
