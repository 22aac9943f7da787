import { randomUUID } from 'node:crypto';
import type { Response } from 'light-my-request';
import type { ConsentList } from '../src/clients/consent.dto.js';
import type { ClientPage, ClientView } from '../src/clients/client.dto.js';
import { FILE_TABLES } from '../src/dossier/file-transfer.queries.js';
import type { AssignmentView } from '../src/homework/assignments/assignment.dto.js';
import type { NoteView } from '../src/notes/note.dto.js';
import type { SessionView } from '../src/sessions/session.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign, dailyAt } from './support/homework.js';
import { addTo, seen, writeNote, writeSigned, strikeThrough } from './support/notes.js';
import {
  addUser,
  openFile,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from './support/practice.js';
import { publishArticle } from './support/knowledge.js';
import { rows } from './support/rows.js';
import { freeHour, longAgo, NOTHING_SEEN, planSession, refusalOf } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let coach: Caller;
let next: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  coach = practice.coach;
  next = practice.otherCoach;
});
beforeEach(() => app.clock.set('2026-03-10T09:00:00Z'));
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const transfer = (
  clientId: string,
  more: object = {},
  headers = {},
  by = practice.admin,
): Promise<Response> =>
  by.put(
    `/v1/clients/${clientId}/coach`,
    { coachId: next.id, reason: 'Met verlof', privateNotesGoAlong: false, ...more },
    headers,
  );

/** A file with something of everything, and every address at which its coach reads it. */
async function fullFile() {
  const client = await openFileWithAccount(app, coach, { question: 'Waarom slaap ik niet?' });
  const { clientId } = client;
  const had = await planSession(coach, clientId, { startsAt: longAgo(), location: 'Singel 1' });
  told(
    await coach.post(`/v1/sessions/${had.id}/completion`, {
      observation: { ...NOTHING_SEEN, letGo: 'Moeten' },
    }),
  );
  const missed = await planSession(coach, clientId, { startsAt: longAgo() });
  told(await coach.post(`/v1/sessions/${missed.id}/no-show`, { reason: 'Ziek' }));
  const planned = await planSession(coach, clientId);
  const signedAndShared = await writeSigned(coach, clientId, {
    visibility: 'shared',
    body: 'Wat wij bespraken',
  });
  const shared = await addTo(coach, signedAndShared, 'En wat daarna kwam');
  const signed = await writeSigned(coach, clientId, { body: 'Alleen voor mij' });
  const kept = { ground: 'rights_of_others', reason: 'Er staat iets van een ander.' };
  told(await coach.put(`/v1/notes/${signed.id}/withholding`, kept));
  await strikeThrough(coach, await writeSigned(coach, clientId), 'Verkeerde dag');
  const draft = await writeNote(coach, clientId, { body: 'Nog niet af' });
  const given = await assign(coach, clientId, { message: 'Blijf even staan.' });
  const paused = await assign(coach, clientId);
  told(await coach.post(`/v1/assignments/${paused.id}/pause`));
  const log = `/v1/me/assignments/${given.id}/logs/${randomUUID()}`;
  const entry = { doneOn: '2026-03-10', outcome: 'done', remark: 'Gegaapt', sharing: 'all' };
  const { version } = told<{ version: number }>(await client.put(log, entry));
  told(await client.put(log, { ...entry, remark: 'Vaak gegaapt' }, { 'if-match': `"${version}"` }));
  const checkIn = `/v1/me/check-ins/${randomUUID()}`;
  const look = { on: '2026-03-10', tension: 5, stressSignals: [], conditions: {}, sharing: 'all' };
  told(await client.put(checkIn, { ...look, remark: 'Rustig' }));
  told(await client.put(checkIn, { ...look, remark: 'Rustiger' }));
  told(await coach.post(`/v1/clients/${clientId}/readings`, { articleId: (await publishArticle(coach)).id }));
  told(await client.put('/v1/me/reminders', dailyAt('08:30')));
  await rows(
    app,
    `insert into reminder_days (practice_id, client_id, coach_id, on_day, unsubscribe_hash, claimed_at)
     select practice_id, id, coach_id, '2026-03-09', sha256(id::text::bytea), now() from clients where id = $1`,
    [clientId],
  );
  told(await practice.admin.put(`/v1/clients/${clientId}/hold`, { reason: 'Er loopt een klacht.' }));
  // A withdrawal brings a request along, which consent on paper leaves to the admin.
  const [consent] = told<ConsentList>(await coach.get(`/v1/clients/${clientId}/consents`)).items;
  told(await coach.post(`/v1/clients/${clientId}/consents/${consent!.id}/withdrawal`));
  await app.runJobs();
  told(await coach.post(`/v1/clients/${clientId}/consents`, { channel: 'paper', givenOn: '2026-03-10' }));
  const addresses = [
    `/v1/clients/${clientId}`,
    `/v1/clients/${clientId}/consents`,
    `/v1/clients/${clientId}/notes`,
    `/v1/clients/${clientId}/assignments`,
    ...[had, missed, planned].flatMap(({ id }) => [`/v1/sessions/${id}`, `/v1/sessions/${id}/notes`]),
    `/v1/sessions/${had.id}/observation`,
    ...[shared, signed, draft].map(({ id }) => `/v1/notes/${id}`),
    ...[shared, signed].map(({ id }) => `/v1/notes/${id}/versions`),
    ...[given, paused].flatMap(({ id }) => [`/v1/assignments/${id}`, `/v1/assignments/${id}/logs`]),
  ];
  return { client, clientId, had, missed, planned, shared, signed, draft, given, paused, addresses };
}

/** All rows of a file, as they lie there. */
const rowsOf = async (clientId: string) =>
  Promise.all(
    ['clients', ...FILE_TABLES].map((table) =>
      rows(
        app,
        `select * from ${table} t where ${table === 'clients' ? 'id' : 'client_id'} = $1 order by t::text`,
        [clientId],
      ),
    ),
  );

/** Sees that a transfer that is refused leaves every row as it was. */
async function refused(clientId: string, more: object = {}, headers = {}): Promise<Response> {
  const before = await rowsOf(clientId);
  const answer = await transfer(clientId, more, headers);
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(await rowsOf(clientId)).toEqual(before);
  return answer;
}

describe('a file that goes to another coach', () => {
  it('is told to the admin as it stands, without a word about stress', async () => {
    const { id, version } = await openFile(coach, { question: 'Waarom slaap ik niet?' });
    const answer = await transfer(id);
    expect([answer.statusCode, answer.headers['etag']]).toEqual([200, `"${version + 1}"`]);
    expect(answer.json()).toMatchObject({ id, coachId: next.id, status: 'active' });
    expect(answer.json()).not.toHaveProperty('question');
    expect(told(await practice.admin.get(`/v1/clients/${id}`))).toEqual(answer.json());
  });

  it('goes with everything in it, and the former coach finds none of it from then on', async () => {
    const { clientId, addresses } = await fullFile();
    for (const url of addresses) expect([url, (await coach.get(url)).statusCode]).toEqual([url, 200]);
    told(await transfer(clientId));
    for (const url of addresses) expect([url, (await coach.get(url)).statusCode]).toEqual([url, 404]);
    expect(
      told<ClientPage>(await coach.get('/v1/clients?limit=100')).items.map(({ id }) => id),
    ).not.toContain(clientId);
    expect((await coach.get(`/v1/sessions?limit=100&clientId=${clientId}`)).json().items ?? []).toEqual([]);
    for (const url of addresses.filter((one) => !one.endsWith('/versions'))) {
      expect([url, (await next.get(url)).statusCode]).toEqual([url, 200]);
    }
  });

  it('reads for the new coach as it did for the former', async () => {
    const { clientId, had, missed, shared, given, paused } = await fullFile();
    const addresses = [
      `/v1/sessions/${had.id}`,
      `/v1/sessions/${missed.id}`,
      `/v1/sessions/${had.id}/observation`,
      `/v1/notes/${shared.id}`,
      `/v1/notes/${shared.id}/versions`,
      `/v1/assignments/${given.id}`,
      `/v1/assignments/${paused.id}`,
      `/v1/assignments/${given.id}/logs`,
      `/v1/clients/${clientId}/consents`,
    ];
    const before = [];
    for (const url of addresses) before.push(told(await coach.get(url)));
    told(await transfer(clientId));
    for (const [i, url] of addresses.entries()) {
      const { coachId: _former, ...rest } = before[i] as { coachId?: string };
      expect(told(await next.get(url))).toMatchObject(rest);
    }
    const file = told<ClientView>(await next.get(`/v1/clients/${clientId}`));
    expect(file).toMatchObject({ coachId: next.id, question: 'Waarom slaap ik niet?' });
  });

  it('leaves no row of it with the former coach', async () => {
    const { clientId } = await fullFile();
    told(await transfer(clientId));
    for (const table of FILE_TABLES) {
      const coaches = await rows(app, `select distinct coach_id from ${table} where client_id = $1`, [
        clientId,
      ]);
      expect([table, coaches]).toEqual([table, [{ coach_id: next.id }]]);
    }
  });

  it('moves in each table that has rows of a file', async () => {
    const tables = await rows<{ name: string }>(
      app,
      `select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name in ('client_id', 'coach_id') and table_name <> 'exports'
        group by table_name having count(*) = 2 order by table_name`,
    );
    expect(tables.map(({ name }) => name)).toEqual([...FILE_TABLES].sort());
  });

  it('stays with the client as it was', async () => {
    const { client, clientId, given } = await fullFile();
    const addresses = [
      '/v1/me/notes',
      '/v1/me/assignments',
      '/v1/me/consents',
      `/v1/me/assignments/${given.id}/logs`,
    ];
    const before = [];
    for (const url of addresses) before.push(told(await client.get(url)));
    told(await transfer(clientId));
    for (const [i, url] of addresses.entries()) expect(told(await client.get(url))).toMatchObject(before[i]);
  });

  it('can be worked in by the new coach, and no longer by the former', async () => {
    const { clientId, planned, draft, paused } = await fullFile();
    told(await transfer(clientId));
    const former = [
      await coach.post(`/v1/sessions/${planned.id}/completion`),
      await coach.post(`/v1/clients/${clientId}/notes`, { visibility: 'private', body: 'Nog iets' }),
      await coach.patch(`/v1/notes/${draft.id}`, { body: 'Anders' }, seen(draft)),
      await coach.post(`/v1/assignments/${paused.id}/resumption`),
      await coach.post(`/v1/clients/${clientId}/closure`),
    ];
    for (const answer of former) expect(answer.statusCode).toBe(404);
    const body = { observation: NOTHING_SEEN, note: { visibility: 'private', body: 'Van mij' } };
    app.clock.set(planned.endsAt);
    expect(told(await next.post(`/v1/sessions/${planned.id}/completion`, body))).toMatchObject({
      notes: [{ authorId: next.id, body: 'Van mij' }],
    });
    app.clock.reset();
    told(await next.post(`/v1/assignments/${paused.id}/resumption`));
  });

  it('leaves the other clients of both as they are', async () => {
    const [theirs, ours, moved] = [await openFile(next), await openFile(coach), await openFile(coach)];
    const sessions = [await planSession(next, theirs.id), await planSession(coach, ours.id)] as const;
    const before = [await rowsOf(theirs.id), await rowsOf(ours.id)];
    told(await transfer(moved.id));
    expect([await rowsOf(theirs.id), await rowsOf(ours.id)]).toEqual(before);
    expect(told(await next.get(`/v1/sessions/${sessions[0].id}`))).toEqual(sessions[0]);
    expect((await next.get(`/v1/sessions/${sessions[1].id}`)).statusCode).toBe(404);
  });

  it('goes back again, with what was private to its coach', async () => {
    const { clientId, signed } = await fullFile();
    told(await transfer(clientId));
    told(await transfer(clientId, { coachId: coach.id }));
    expect(told(await coach.get(`/v1/notes/${signed.id}`))).toMatchObject({ body: 'Alleen voor mij' });
    expect((await next.get(`/v1/clients/${clientId}`)).statusCode).toBe(404);
    const kept = await rows(app, 'select coach_id from file_transfers where client_id = $1', [clientId]);
    expect(kept).toEqual([{ coach_id: coach.id }, { coach_id: coach.id }]);
  });

  it('goes when it is closed too', async () => {
    const { id } = await openFile(coach);
    told(await coach.post(`/v1/clients/${id}/closure`));
    expect((await transfer(id)).statusCode).toBe(200);
    expect(told(await next.get(`/v1/clients/${id}`))).toMatchObject({ status: 'closed' });
  });
});

describe('the notes of a file that goes', () => {
  it('that are private stay unreadable for the new coach', async () => {
    const { clientId, signed, draft } = await fullFile();
    told(await transfer(clientId));
    for (const { id } of [signed, draft]) {
      expect(told(await next.get(`/v1/notes/${id}`))).not.toHaveProperty('body');
      expect((await next.get(`/v1/notes/${id}/versions`)).body).not.toMatch(/Alleen voor mij|Nog niet af/);
    }
    const page = await next.get(`/v1/clients/${clientId}/notes`);
    expect(page.body).toContain('Wat wij bespraken');
    expect(page.body).not.toMatch(/Alleen voor mij|Nog niet af/);
  });

  it('go along where the admin decided so', async () => {
    const { clientId, signed, draft } = await fullFile();
    told(await transfer(clientId, { privateNotesGoAlong: true }));
    for (const { id, body } of [signed, draft]) {
      expect(told(await next.get(`/v1/notes/${id}`))).toMatchObject({ body });
      expect((await next.get(`/v1/notes/${id}/versions`)).json().items).toMatchObject([{ body }]);
    }
  });

  it('that were signed stay byte for byte what the former coach signed', async () => {
    const { clientId, signed, shared } = await fullFile();
    const bytes = () =>
      rows(
        app,
        'select note_id, version, body, written_by, written_at from note_bodies where client_id = $1 order by note_id, version',
        [clientId],
      );
    const before = await bytes();
    told(await transfer(clientId, { privateNotesGoAlong: true }));
    expect(await bytes()).toEqual(before);
    for (const { id, signedAt } of [signed, shared]) {
      expect(told<NoteView>(await next.get(`/v1/notes/${id}`))).toMatchObject({
        status: 'signed',
        signedAt,
        signedBy: coach.id,
        authorId: coach.id,
      });
    }
  });
});

describe('the sessions of a file that goes', () => {
  it('keep who gave them, and those that are planned go to the new coach', async () => {
    const { clientId, had, missed, planned } = await fullFile();
    told(await transfer(clientId));
    const read = async ({ id }: SessionView) => told<SessionView>(await next.get(`/v1/sessions/${id}`));
    for (const session of [had, missed]) {
      expect(await read(session)).toMatchObject({ coachId: next.id, givenBy: coach.id });
    }
    expect(await read(planned)).toMatchObject({
      coachId: next.id,
      givenBy: next.id,
      status: 'planned',
      version: planned.version + 1,
    });
  });

  it('are named where the new coach is taken, and nothing is moved', async () => {
    const { clientId, planned } = await fullFile();
    await planSession(coach, clientId);
    const halfway = new Date(Date.parse(planned.startsAt) + 1_800_000).toISOString();
    await planSession(next, (await openFile(next)).id, { startsAt: halfway, durationMinutes: 15 });
    const answer = await refused(clientId);
    expect(refusalOf(answer)).toEqual([409, 'planned-sessions-clash']);
    expect(answer.json().clashes).toEqual([{ sessionId: planned.id, startsAt: planned.startsAt }]);
    expect((await next.get(`/v1/clients/${clientId}`)).statusCode).toBe(404);
    told(await coach.patch(`/v1/sessions/${planned.id}`, { startsAt: freeHour() }, seen(planned)));
    expect((await transfer(clientId)).statusCode).toBe(200);
  });

  it('may touch those of the new coach', async () => {
    const { id } = await openFile(coach);
    const theirs = (await openFile(next)).id;
    const start = Date.parse('2028-06-01T10:00:00Z');
    const at = (hours: number) => ({ startsAt: new Date(start + hours * 3_600_000).toISOString() });
    await planSession(next, theirs, at(-1));
    await planSession(next, theirs, at(1));
    await planSession(coach, id, at(0));
    expect((await transfer(id)).statusCode).toBe(200);
  });

  it('clash with nothing that was cancelled or has been, on either side', async () => {
    const { id } = await openFile(coach);
    const theirs = (await openFile(next)).id;
    const [a, b] = [freeHour(), longAgo()];
    await planSession(coach, id, { startsAt: a });
    const cancelled = await planSession(next, theirs, { startsAt: a });
    told(await next.post(`/v1/sessions/${cancelled.id}/cancellation`));
    const had = await planSession(coach, id, { startsAt: b });
    told(await coach.post(`/v1/sessions/${had.id}/completion`));
    await planSession(next, theirs, { startsAt: b });
    expect((await transfer(id)).statusCode).toBe(200);
  });
});

describe('a transfer is refused', () => {
  it('to the coach whose it is already', async () => {
    const { id } = await openFile(coach);
    expect(refusalOf(await refused(id, { coachId: coach.id }))).toEqual([409, 'already-their-coach']);
  });

  it('to who is no coach of the practice who works here', async () => {
    const { id } = await openFile(coach);
    const client = await openFileWithAccount(app, coach);
    const gone = await addUser(app, practice.admin, {
      name: 'Gé Weg',
      email: 'weg@praktijk.example',
      roles: ['coach'],
    });
    told(await practice.admin.post(`/v1/users/${gone.id}/disabling`));
    for (const to of [gone.id, practice.admin.id, client.id, elsewhere.coach.id, randomUUID()]) {
      const answer = await refused(id, { coachId: to });
      expect(refusalOf(answer)).toEqual([422, 'invalid-input']);
      expect(answer.json().errors).toEqual([
        { pointer: '/coachId', detail: 'This is not a coach of this practice.' },
      ]);
    }
  });

  it('when somebody changed the file since', async () => {
    const { id, version } = await openFile(coach);
    const changed = told<ClientView>(
      await coach.patch(`/v1/clients/${id}`, { name: 'Anders' }, seen({ version })),
    );
    expect((await refused(id, {}, seen({ version }))).statusCode).toBe(412);
    expect((await transfer(id, {}, seen(changed))).statusCode).toBe(200);
  });

  it('without a reason, or without a word about the private notes', async () => {
    const { id } = await openFile(coach);
    for (const field of ['reason', 'privateNotesGoAlong', 'coachId']) {
      const answer = await refused(id, { [field]: undefined });
      expect(answer.json().errors).toMatchObject([{ pointer: `/${field}` }]);
    }
    expect((await refused(id, { reason: '' })).json().errors).toMatchObject([{ pointer: '/reason' }]);
  });

  it('to a coach, also the file’s own, and to a client', async () => {
    const client = await openFileWithAccount(app, coach);
    for (const caller of [coach, next, client]) {
      const answer = await transfer(client.clientId, {}, {}, caller);
      expect(refusalOf(answer)).toEqual([403, 'forbidden']);
    }
  });

  it('to an admin elsewhere, for whom the file is not there', async () => {
    const { id } = await openFile(coach);
    const to = { coachId: elsewhere.coach.id };
    expect((await transfer(id, to, {}, elsewhere.admin)).statusCode).toBe(404);
  });
});

describe('two transfers at once', () => {
  it('to one coach are made once', async () => {
    const { id } = await openFile(coach);
    const answers = await Promise.all([transfer(id), transfer(id)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(await rows(app, 'select from file_transfers where client_id = $1', [id])).toHaveLength(1);
  });

  it('and what the former coach writes meanwhile ends up with the new coach, or not at all', async () => {
    const { id } = await openFile(coach);
    const answers = await Promise.all([
      transfer(id),
      coach.post(`/v1/clients/${id}/notes`, { visibility: 'private', body: 'Gauw nog' }),
      assign(coach, id).then(
        () => undefined,
        () => undefined,
      ),
    ]);
    expect(answers[0].statusCode).toBe(200);
    expect([201, 404]).toContain(answers[1].statusCode);
    for (const table of ['notes', 'note_bodies', 'assignments']) {
      const left = await rows(app, `select from ${table} where client_id = $1 and coach_id <> $2`, [
        id,
        next.id,
      ]);
      expect(left).toEqual([]);
    }
  });
});

describe('of a transfer', () => {
  it('the reason is kept, sealed', async () => {
    const { id } = await openFile(coach);
    told(await transfer(id, { reason: 'Zwangerschapsverlof van Coen' }));
    const [kept] = await rows(app, 'select * from file_transfers where client_id = $1', [id]);
    expect(kept).toMatchObject({
      coach_id: next.id,
      from_coach_id: coach.id,
      to_coach_id: next.id,
      private_notes_go_along: false,
      decided_by: practice.admin.id,
      decided_at: new Date('2026-03-10T09:00:00Z'),
    });
    const plain = Object.values(kept!).map((value) =>
      Buffer.isBuffer(value) ? value.toString('latin1') : String(value),
    );
    expect((kept!['reason'] as Buffer).length).toBeGreaterThan(28);
    expect(plain.join('\n')).not.toContain('Zwangerschap');
    expect(app.logged.join('\n')).not.toContain('Zwangerschap');
  });

  it('the log names the task, and the admin on whose behalf it was', async () => {
    const { id } = await openFile(coach);
    const answer = await transfer(id);
    const events = await rows(
      app,
      `select event, outcome, task, user_id, on_behalf_of, client_id, object_type, object_id
         from audit_events where request_id = $1`,
      [String(answer.headers['x-request-id'])],
    );
    expect(events).toEqual([
      {
        event: 'client.transferred',
        outcome: 'done',
        task: 'transfer',
        user_id: null,
        on_behalf_of: practice.admin.id,
        client_id: id,
        object_type: 'client',
        object_id: id,
      },
    ]);
  });

  it('homework that runs is asked of the client as before', async () => {
    const client = await openFileWithAccount(app, coach);
    const given: AssignmentView = await assign(coach, client.clientId);
    told(await transfer(client.clientId));
    const log = `/v1/me/assignments/${given.id}/logs/${randomUUID()}`;
    told(
      await client.put(log, { doneOn: '2026-03-10', outcome: 'done', remark: 'Voor Olga', sharing: 'all' }),
    );
    expect((await next.get(`/v1/assignments/${given.id}/logs`)).json().items).toMatchObject([
      { remark: 'Voor Olga' },
    ]);
  });
});
