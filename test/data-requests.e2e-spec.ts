import type { ConsentList } from '../src/clients/consent.dto.js';
import type { DataRequestPage, DataRequestView } from '../src/privacy/data-request.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
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
