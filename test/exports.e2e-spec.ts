import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { addDays } from '../src/common/day.js';
import { connected } from '../src/database/embedded/prepare-database.js';
import { Streams } from '../src/database/streams.js';
import { Tenant } from '../src/database/tenant.js';
import type { ExportPage, ExportView } from '../src/exports/export.dto.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { Jobs, taskOfJob } from '../src/jobs/jobs.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { today } from './support/homework.js';
import {
  addUser,
  openFile,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let admin: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  admin = practice.admin;
});
afterAll(() => app.close());
afterEach(() => app.clock.reset());

const purpose = 'Jaarafsluiting voor de boekhouder';
/** A copy that fails only after megabytes of it have gone. */
const BREAKS_OFF =
  "copy (select 1 / (30000 - n), repeat('adem', 99) from generate_series(1, 50000) n) to stdout";
const asked = { records: 'clients', format: 'csv', purpose };
const inQuery = (query: Record<string, string>): string => new URLSearchParams(query).toString();

const request = async (input: object = {}, by = admin): Promise<ExportView> =>
  told(await by.post('/v1/exports', { ...asked, ...input }));
const seen = async (id: string, by = admin): Promise<ExportView> => told(await by.get(`/v1/exports/${id}`));

/** An export whose file is ready. */
async function ready(input: object = {}, by = admin): Promise<ExportView> {
  const { id } = await request(input, by);
  await app.runJobs();
  return seen(id, by);
}

/** The newest export, once it runs no more: what broke off is written down after the connection is gone. */
async function newestDone(): Promise<ExportView> {
  for (;;) {
    const [copy] = told<ExportPage>(await admin.get('/v1/exports?limit=1')).items;
    if (copy!.status !== 'running') return copy!;
  }
}

async function rowsOf<T>(input: object, by = admin): Promise<T[]> {
  const { id } = await ready({ ...input, format: 'json' }, by);
  return told<T[]>(await by.get(`/v1/exports/${id}/file`));
}

async function csvOf(input: object): Promise<string> {
  const { id } = await ready(input);
  return (await admin.get(`/v1/exports/${id}/file`)).body;
}

const stream = (records: string, query: Record<string, string> = {}, by = admin) =>
  by.get(`/v1/exports/stream/${records}.csv?${inQuery({ purpose, ...query })}`);

/** Past both locks, as the owner of the tables in a transaction that lifts row-level security. */
async function asOwner(tables: string[], sql: string, values: unknown[] = []): Promise<void> {
  await connected(app.database.owner, async (owner) => {
    await owner.query('begin');
    for (const table of tables) await owner.query(`alter table ${table} no force row level security`);
    await owner.query(sql, values);
    // What is checked at the end is checked now: a table with checks pending cannot be altered.
    await owner.query('set constraints all immediate');
    for (const table of tables) await owner.query(`alter table ${table} force row level security`);
    await owner.query('commit');
  });
}

/** So many sessions of one client, an hour apart, the last hours of them in 2026. */
const insertSessions = (
  of: TestPractice,
  clientId: string,
  starts: string,
  count = 1,
  coachId = of.coach.id,
): Promise<void> =>
  asOwner(
    ['sessions', 'clients', 'users'],
    `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
       occupied_from, occupied_until, price_cents, vat_percent, created_at, version)
     select $1, gen_random_uuid(), $2, $3, $3, 'energizing', 'completed', 'video', at, at + interval '45 minutes', at,
            at + interval '45 minutes', 9500, 21, at, 1
       from generate_series(0, $5::integer - 1) n, lateral (select $4::timestamptz + n * interval '1 hour' as at) t`,
    [of.id, clientId, coachId, starts, count],
  );

/** An assignment in a practice, with one log of it. */
async function insertHomework(of: TestPractice, clientId: string, title: string): Promise<string> {
  const exerciseId = crypto.randomUUID();
  const assignmentId = crypto.randomUUID();
  const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const [practiceId, coachId] = [literal(of.id), literal(of.coach.id)];
  await asOwner(
    ['exercises', 'exercise_versions', 'assignments', 'logs', 'clients', 'users', 'practices'],
    `insert into exercises (practice_id, id, status, published_version, created_at, version)
       values (${practiceId}, ${literal(exerciseId)}, 'published', 1, now(), 1);
     insert into exercise_versions (practice_id, exercise_id, version, title_nl, title_en, purpose_nl, purpose_en,
         steps_nl, steps_en, technique, approach, moment, minutes, rhythm, written_at, published_at)
       values (${practiceId}, ${literal(exerciseId)}, 1, ${literal(title)}, 'Title', 'p', 'p', '{}', '{}', 'rest',
         'letting_go', 'any', 5, 'free', now(), now());
     insert into assignments (practice_id, id, client_id, coach_id, exercise_id, exercise_version, assigned_by, status,
         moment, rhythm, times_per_day, weekdays, start_on, end_on, created_at, version)
       values (${practiceId}, ${literal(assignmentId)}, ${literal(clientId)}, ${coachId}, ${literal(exerciseId)}, 1,
         ${coachId}, 'active', 'morning', 'scheduled', 2, '{1,3,5}', '2026-03-02', '2026-03-30', now(), 1);
     insert into logs (practice_id, client_id, id, coach_id, assignment_id, done_on, outcome, sharing, logged_at, version)
       values (${practiceId}, ${literal(clientId)}, gen_random_uuid(), ${coachId}, ${literal(assignmentId)},
         '2026-03-04', 'partly', 'private', now(), 1)`,
  );
  return assignmentId;
}

/** What the audit log holds of one export, oldest first. */
const auditOf = (exportId: string) =>
  connected(app.database.superuser, async (client) => {
    const { rows } = await client.query(
      `select event, outcome, row_count as rows, user_id as by, task, ground from audit_events
        where object_id = $1 order by id`,
      [exportId],
    );
    return rows as Record<string, unknown>[];
  });

const folderOf = ({ id }: TestPractice): string => join(app.folder, 'files', 'exports', id);
const fileOf = (of: TestPractice, id: string): string => join(folderOf(of), id);

/** Puts the job of an export in the queue once more, as after a crash. */
const enqueueAgain = (exportId: string): Promise<void> =>
  app
    .get(Tenant)
    .change(taskOfJob(practice.id, 'export'), (tx) =>
      app.get(Jobs).enqueue(tx, 'run-export', { practiceId: practice.id, exportId }),
    );

describe('asking for an export', () => {
  it('queues it, and says where it can be followed', async () => {
    const answer = await admin.post('/v1/exports', { ...asked, from: '2026-01-01', to: '2026-12-31' });
    expect(answer.statusCode).toBe(201);
    const copy: ExportView = answer.json();
    expect(answer.headers['location']).toBe(`/v1/exports/${copy.id}`);
    expect(copy).toMatchObject({
      ...asked,
      status: 'queued',
      rowsDone: 0,
      from: '2026-01-01',
      to: '2026-12-31',
    });
    expect(await auditOf(copy.id)).toMatchObject([{ event: 'export.requested', by: admin.id }]);
  });

  it.each([undefined, 'te kort', ' '.repeat(20), 'x'.repeat(501)])('refuses the purpose %p', async (none) => {
    const answer = await admin.post('/v1/exports', { ...asked, purpose: none });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toMatchObject([{ pointer: '/purpose' }]);
  });

  it('is not for a coach or a client', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    for (const caller of [practice.coach, client]) {
      expect((await caller.post('/v1/exports', asked)).statusCode).toBe(403);
      expect((await stream('clients', {}, caller)).statusCode).toBe(403);
    }
  });

  it('sent twice with one key is done once', async () => {
    const key = { 'idempotency-key': 'export-1' };
    const first = await admin.post('/v1/exports', asked, key);
    const second = await admin.post('/v1/exports', asked, key);
    expect(second.json()).toEqual(first.json());
  });

  it('points at a client or a coach who is not of this practice', async () => {
    const file = await openFile(elsewhere.coach);
    const client = await admin.post('/v1/exports', { ...asked, clientId: file.id });
    expect([client.statusCode, client.json().errors[0].pointer]).toEqual([422, '/clientId']);
    const coach = await admin.post('/v1/exports', { ...asked, coachId: elsewhere.coach.id });
    expect([coach.statusCode, coach.json().errors[0].pointer]).toEqual([422, '/coachId']);
    const nobody = await admin.post('/v1/exports', { ...asked, coachId: admin.id });
    expect([nobody.statusCode, nobody.json().errors[0].pointer]).toEqual([422, '/coachId']);
  });

  it('points at a period that ends before it begins', async () => {
    const period = { from: '2026-03-02', to: '2026-03-01' };
    const answer = await admin.post('/v1/exports', { ...asked, ...period });
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/to']);
    expect((await stream('clients', period)).statusCode).toBe(422);
  });

  it('refuses an unknown field', async () => {
    const answer = await admin.post('/v1/exports', { ...asked, password: true });
    expect(answer.json().errors).toMatchObject([{ pointer: '/password' }]);
  });
});

describe('a file', () => {
  it('holds exactly the clients of its own practice', async () => {
    await openFile(practice.otherCoach);
    await openFile(elsewhere.coach);
    const page = told<{ items: { id: string }[] }>(await admin.get('/v1/clients?limit=100'));
    const exported = await rowsOf<{ id: string }>({ records: 'clients' });
    expect(exported.map(({ id }) => id).sort()).toEqual(page.items.map(({ id }) => id).sort());
    const theirs = await rowsOf<{ id: string }>({ records: 'clients' }, elsewhere.admin);
    expect(theirs.map(({ id }) => id)).not.toEqual(expect.arrayContaining([exported[0]!.id]));
    expect(theirs.length).toBeGreaterThan(0);
  });

  it('says of a client who it is and how it stands, and no more', async () => {
    const { id } = await openFile(practice.coach, {
      question: 'Waarom slaap ik niet?',
      company: 'Bakker bv',
    });
    const [row] = await rowsOf<object>({ records: 'clients', clientId: id });
    const { createdAt } = told<{ createdAt: string }>(await admin.get(`/v1/clients/${id}`));
    expect(row).toEqual({
      id,
      coachId: practice.coach.id,
      name: expect.stringMatching(/^Cliënt/),
      email: expect.stringContaining('@example.nl'),
      phone: null,
      company: 'Bakker bv',
      language: 'nl',
      status: 'active',
      hasConsent: true,
      consentGivenOn: '2026-01-05',
      consentChannel: 'paper',
      consentTextVersion: 1,
      hasAccount: false,
      createdAt,
      invitedAt: null,
      closedAt: null,
    });
  });

  it('says of a session when, how and for how much', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSessions(practice, clientId, '2026-03-02T09:30:00Z');
    const [row] = await rowsOf({ records: 'sessions', clientId });
    expect(row).toEqual({
      id: expect.any(String),
      clientId,
      coachId: practice.coach.id,
      givenBy: practice.coach.id,
      kind: 'energizing',
      status: 'completed',
      mode: 'video',
      startsAt: '2026-03-02T09:30:00.000Z',
      endsAt: '2026-03-02T10:15:00.000Z',
      durationMinutes: 45,
      priceCents: 9500,
      vatPercent: 21,
      price: 95,
    });
  });

  it('says of a check-in that there was one, and not what was said, whatever the client shares', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    const { clientId } = client;
    const look = { tension: 9, stressSignals: ['shallow_sleep'], conditions: { rest: 1 }, remark: 'Moe.' };
    const days = [addDays(today(), -2), addDays(today(), -1), today()];
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    for (const [i, sharing] of ['all', 'numbers', 'private'].entries()) {
      told(await client.put(`/v1/me/check-ins/${ids[i]!}`, { ...look, on: days[i], sharing }));
    }
    const all = days.map((on, i) => ({ on, id: ids[i], clientId }));
    const checkIns = { records: 'check_ins', clientId };
    expect(await rowsOf(checkIns)).toEqual(all);
    expect(await rowsOf({ ...checkIns, from: days[1], to: days[1] })).toEqual([all[1]]);
    expect(await rowsOf({ records: 'check_ins', coachId: practice.otherCoach.id })).toEqual([]);
    expect(await csvOf({ ...checkIns, columns: ['on'], from: days[2] })).toBe(`on\r\n${days[2]}\r\n`);
    const seen = await app.get(Tenant).read(taskOfJob(practice.id, 'export'), async (tx) => ({
      own: await tx.query('select tension from check_ins'),
      byFunction: await tx.query<object>('select * from lookup.check_in_days() where client_id = $1', [
        clientId,
      ]),
    }));
    expect(seen.own).toEqual([]);
    expect(Object.keys(seen.byFunction[0]!)).toEqual(['practice_id', 'client_id', 'coach_id', 'id', 'day']);
    for (const other of ['housekeeping', 'mail'] as const) {
      const found = await app
        .get(Tenant)
        .read(taskOfJob(practice.id, other), (tx) => tx.query('select from lookup.check_in_days()'));
      expect(found).toEqual([]);
    }
  });

  it('says of homework what was given and done, and not how it felt', async () => {
    const { id: clientId } = await openFile(practice.coach);
    const id = await insertHomework(practice, clientId, 'Bewust overgangsmoment');
    expect(await rowsOf({ records: 'assignments', clientId })).toEqual([
      {
        id,
        clientId,
        exerciseId: expect.any(String),
        exerciseTitle: 'Bewust overgangsmoment',
        moment: 'morning',
        rhythm: 'scheduled',
        timesPerDay: 2,
        weekdays: [1, 3, 5],
        startOn: '2026-03-02',
        endOn: '2026-03-30',
        status: 'active',
      },
    ]);
    const logs = [{ doneOn: '2026-03-04', assignmentId: id, outcome: 'partly' }];
    expect(await rowsOf({ records: 'logs', clientId })).toEqual(logs);
    expect(await rowsOf({ records: 'logs', clientId, from: '2026-03-05' })).toEqual([]);
    expect(await rowsOf({ records: 'logs', clientId, from: '2026-03-04', to: '2026-03-04' })).toEqual(logs);
    expect(await rowsOf({ records: 'assignments', clientId, to: '2026-03-01' })).toEqual([]);
    const line = (await csvOf({ records: 'assignments', clientId })).split('\r\n')[1];
    expect(line).toContain(',Bewust overgangsmoment,morning,scheduled,2,1 3 5,2026-03-02,2026-03-30,active');
  });

  it('takes a period as days of the practice, both inclusive', async () => {
    const { id: clientId } = await openFile(practice.coach);
    // In Amsterdam: the last minutes of 28 March, the first and last of 29 March (23 hours long), the first of 30 March.
    const starts = ['03-28T22:50', '03-28T23:10', '03-29T21:50', '03-29T22:10'].map((at) => `2026-${at}:00Z`);
    for (const [n, at] of starts.entries()) {
      await insertSessions(practice, clientId, new Date(Date.parse(at) + n).toISOString());
    }
    const days = { records: 'sessions', clientId, from: '2026-03-29', to: '2026-03-29' };
    const rows = await rowsOf<{ startsAt: string }>(days);
    expect(rows.map(({ startsAt }) => startsAt)).toEqual([
      '2026-03-28T23:10:00.001Z',
      '2026-03-29T21:50:00.002Z',
    ]);
  });

  it('is limited to the files of one coach', async () => {
    await openFile(practice.otherCoach);
    const rows = await rowsOf<{ coachId: string }>({ records: 'clients', coachId: practice.otherCoach.id });
    expect(new Set(rows.map(({ coachId }) => coachId))).toEqual(new Set([practice.otherCoach.id]));
  });

  it('runs no formula in a spreadsheet, and leaves a phone number as it is', async () => {
    const names = ['=1+1', '+cmd|calc', '-2+3', '@x'];
    const ids: string[] = [];
    for (const name of names) {
      const file = { name, company: 'x', phone: '+31612345678', language: 'nl' };
      ids.push(told<{ id: string }>(await practice.coach.post('/v1/clients', file)).id);
    }
    // No tab comes in by the API, so it is laid ready in the table itself.
    await asOwner(['clients'], `update clients set company = E'\\t=1+1' where id = $1`, [ids[0]]);
    const csv = await csvOf({ records: 'clients' });
    const cellsOf = (id: string) =>
      csv
        .split('\r\n')
        .find((line) => line.startsWith(id))!
        .split(',')
        .slice(2, 6);
    expect(ids.map((id) => cellsOf(id)[0])).toEqual(["'=1+1", "'+cmd|calc", "'-2+3", "'@x"]);
    expect(cellsOf(ids[0]!)).toEqual(["'=1+1", '', '+31612345678', "'\t=1+1"]);
    const rows = await rowsOf<{ id: string; name: string }>({ records: 'clients' });
    expect(rows.find(({ id }) => id === ids[0])!.name).toBe('=1+1');
  });

  it('keeps commas, quotes and new lines inside their cell', async () => {
    const { id } = await openFile(practice.coach);
    await asOwner(['clients'], `update clients set company = E'Bakker, "De Rust"\\nen zoon' where id = $1`, [
      id,
    ]);
    const csv = await csvOf({ records: 'clients', clientId: id });
    expect(csv).toMatch(/^id,coachId,name,email,phone,company,language,status,[^\n]*\r\n/);
    expect(csv).toContain(',"Bakker, ""De Rust""\nen zoon",nl,');
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(await seen((await request({ clientId: id })).id)).toMatchObject({ status: 'queued' });
    const [row] = await rowsOf<{ company: string }>({ records: 'clients', clientId: id });
    expect(row!.company).toBe('Bakker, "De Rust"\nen zoon');
  });

  it('is an empty list, or a header alone, where there is nothing', async () => {
    const { id: clientId } = await openFile(practice.coach);
    expect(await rowsOf({ records: 'sessions', clientId })).toEqual([]);
    expect(await csvOf({ records: 'logs', clientId })).toBe('doneOn,assignmentId,outcome\r\n');
  });

  it('is what the export says it is, for seven days', async () => {
    const copy = await ready();
    const answer = await admin.get(`/v1/exports/${copy.id}/file`);
    const content = answer.rawPayload;
    expect(copy).toMatchObject({
      status: 'ready',
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      rowsTotal: copy.rowsDone,
    });
    expect(Date.parse(copy.expiresAt!) - Date.parse(copy.finishedAt!)).toBe(7 * 86_400_000);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-length': String(copy.bytes),
      'cache-control': 'no-store',
    });
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="clients-[\d-]{10}\.csv"$/);
    expect(await auditOf(copy.id)).toMatchObject([
      { event: 'export.requested' },
      { event: 'export.finished', task: 'export', rows: copy.rowsDone, ground: `sha256:${copy.sha256}` },
      { event: 'export.read' },
      { event: 'export.downloaded', by: admin.id, rows: copy.rowsDone },
    ]);
  });

  it('lies on disk for the server alone', async () => {
    const { id } = await ready();
    expect(statSync(fileOf(practice, id)).mode & 0o777).toBe(0o600);
    expect(statSync(folderOf(practice)).mode & 0o777).toBe(0o700);
    expect(readdirSync(folderOf(practice)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is fetched by who asked for it, and by no other admin', async () => {
    const other = await addUser(app, admin, {
      name: 'Bea Beheer',
      email: 'bea@beheer.example',
      roles: ['admin'],
    });
    const { id } = await ready();
    expect(told<ExportView>(await other.get(`/v1/exports/${id}`))).toMatchObject({ id, purpose });
    const answer = await other.get(`/v1/exports/${id}/file`);
    expect([answer.statusCode, problemOf(answer)]).toEqual([404, 'export-of-somebody-else']);
    expect((await elsewhere.admin.get(`/v1/exports/${id}/file`)).statusCode).toBe(404);
    expect((await elsewhere.admin.get(`/v1/exports/${id}`)).statusCode).toBe(404);
    expect((await elsewhere.admin.delete(`/v1/exports/${id}`)).statusCode).toBe(404);
  });

  it('is not there before it is ready', async () => {
    const { id } = await request();
    const answer = await admin.get(`/v1/exports/${id}/file`);
    expect([answer.statusCode, answer.json().state]).toEqual([409, 'queued']);
  });

  it('that was changed on disk is not handed out', async () => {
    const { id } = await ready();
    writeFileSync(fileOf(practice, id), 'iets anders');
    expect(problemOf(await admin.get(`/v1/exports/${id}/file`))).toBe('export-without-file');
    rmSync(fileOf(practice, id));
    expect(problemOf(await admin.get(`/v1/exports/${id}/file`))).toBe('export-without-file');
  });
});

describe('the list of exports', () => {
  it('shows all of the practice, newest first, page by page', async () => {
    const made = [await request(), await request({ format: 'json' }), await request({ records: 'logs' })];
    const first = told<ExportPage>(await admin.get('/v1/exports?limit=2'));
    const second = told<ExportPage>(await admin.get(`/v1/exports?limit=2&cursor=${first.next}`));
    const ids = [...first.items, ...second.items].slice(0, 3).map(({ id }) => id);
    expect(ids).toEqual(made.map(({ id }) => id).reverse());
    const theirs = told<ExportPage>(await elsewhere.admin.get('/v1/exports?limit=100'));
    expect(theirs.items.map(({ id }) => id)).not.toEqual(expect.arrayContaining(ids));
  });
});

describe('taking an export back', () => {
  it('cancels it before it runs, and makes no file', async () => {
    const { id } = await request();
    expect((await admin.delete(`/v1/exports/${id}`)).statusCode).toBe(204);
    await app.runJobs();
    expect(await seen(id)).toMatchObject({ status: 'cancelled' });
    expect(existsSync(fileOf(practice, id))).toBe(false);
    expect(problemOf(await admin.get(`/v1/exports/${id}/file`))).toBe('export-without-file');
    expect((await admin.delete(`/v1/exports/${id}`)).statusCode).toBe(204);
  });

  it('stops one that runs at its next step, and removes what it wrote', async () => {
    const { id } = await request();
    const streams = app.get(Streams);
    const copying = jest.spyOn(streams, 'copy').mockImplementation(async (...asked) => {
      copying.mockRestore();
      const rows = await streams.copy(...asked);
      expect((await admin.delete(`/v1/exports/${id}`)).statusCode).toBe(204);
      return rows;
    });
    await app.runJobs();
    expect(await seen(id)).toMatchObject({ status: 'cancelled' });
    expect(readdirSync(folderOf(practice)).filter((name) => name.startsWith(id))).toEqual([]);
  });

  it('removes the file of a ready one; the record of it stays', async () => {
    const { id, version } = await ready();
    expect((await admin.delete(`/v1/exports/${id}`, { 'if-match': '"1"' })).statusCode).toBe(412);
    expect((await admin.delete(`/v1/exports/${id}`, { 'if-match': `"${version}"` })).statusCode).toBe(204);
    expect(await seen(id)).toMatchObject({ status: 'expired', purpose });
    expect(existsSync(fileOf(practice, id))).toBe(false);
    expect((await auditOf(id)).map(({ event }) => event)).toContain('export.expired');
  });
});

describe('a run', () => {
  it('after a crash starts over, whatever was left behind', async () => {
    const { id } = await request();
    await asOwner(['exports'], "update exports set status = 'running', rows_done = 3 where id = $1", [id]);
    mkdirSync(folderOf(practice), { recursive: true });
    writeFileSync(`${fileOf(practice, id)}.part`, 'half a fi');
    await app.runJobs();
    const copy = await seen(id);
    expect(copy).toMatchObject({ status: 'ready', rowsDone: copy.rowsTotal });
    expect((await admin.get(`/v1/exports/${id}/file`)).body).toMatch(/^id,coachId/);
  });

  it('done twice is done once', async () => {
    const copy = await ready();
    await enqueueAgain(copy.id);
    await app.runJobs();
    expect(await seen(copy.id)).toEqual(copy);
  });

  it.each([
    ['is left alone while it lives', 0],
    ['that fell silent gives way to a later one, and leaves its file alone', 61_000],
  ])('%s', async (_, silentMs) => {
    const { id } = await request();
    const streams = app.get(Streams);
    const runs: number[] = [];
    const open = streams.copy.bind(streams);
    const copying = jest.spyOn(streams, 'copy').mockImplementation(async (...asked) => {
      const rows = await open(...asked);
      if (runs.push(1) === 1) {
        app.clock.set(new Date(Date.now() + silentMs).toISOString());
        await enqueueAgain(id);
        await app.runJobs();
      }
      return rows;
    });
    await app.runJobs();
    copying.mockRestore();
    app.clock.reset();
    expect(runs).toHaveLength(silentMs === 0 ? 1 : 2);
    const copy = await seen(id);
    const answer = await admin.get(`/v1/exports/${id}/file`);
    expect(createHash('sha256').update(answer.rawPayload).digest('hex')).toBe(copy.sha256);
    expect((await auditOf(id)).filter(({ event }) => event === 'export.finished')).toHaveLength(1);
  });

  it('that cannot store its file says so, and is tried again', async () => {
    const { id } = await request({}, elsewhere.admin);
    mkdirSync(dirname(folderOf(elsewhere)), { recursive: true });
    rmSync(folderOf(elsewhere), { recursive: true, force: true });
    writeFileSync(folderOf(elsewhere), 'not a folder');
    await expect(app.runJobs()).rejects.toThrow();
    const failed = await seen(id, elsewhere.admin);
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'storage' } });
    expect(failed.failure!.reason).not.toMatch(/ENO|EEX|\//);
    rmSync(folderOf(elsewhere));
    await app
      .get(Tenant)
      .change(taskOfJob(elsewhere.id, 'export'), (tx) =>
        app.get(Jobs).enqueue(tx, 'run-export', { practiceId: elsewhere.id, exportId: id }),
      );
    await app.runJobs();
    expect(await seen(id, elsewhere.admin)).not.toHaveProperty('failure');
    expect(await seen(id, elsewhere.admin)).toMatchObject({ status: 'ready' });
  });

  it('that the database breaks off is never ready', async () => {
    const { id } = await request();
    const streams = app.get(Streams);
    const copying = jest.spyOn(streams, 'copy').mockImplementation((actor) => {
      copying.mockRestore();
      return streams.copy(actor, BREAKS_OFF);
    });
    await expect(app.runJobs()).rejects.toThrow();
    const failed = await seen(id);
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'interrupted' } });
    expect(failed.failure!.reason).not.toMatch(/division|select/);
    expect(readdirSync(folderOf(practice)).filter((name) => name.startsWith(id))).toEqual([]);
  });

  it('is for nobody when who asked is an admin no more', async () => {
    const leaving = await addUser(app, admin, {
      name: 'Wil Weg',
      email: 'wil@weg.example',
      roles: ['admin'],
    });
    const { id } = await request({}, leaving);
    told(await admin.post(`/v1/users/${leaving.id}/disabling`));
    await app.runJobs();
    expect(await seen(id)).toMatchObject({ status: 'failed', failure: { code: 'requester_left' } });
    expect(existsSync(fileOf(practice, id))).toBe(false);
  });

  it('tells how far it is', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSessions(practice, clientId, '2020-01-01T00:00:00Z', 25_000);
    const { id } = await request({ records: 'sessions', clientId });
    const told: number[] = [];
    const paces: ExportView['pace'][] = [];
    // Between one look at the clock and the next passes more than is told of at once.
    let now = Date.now();
    const passing = jest.spyOn(app.clock, 'now').mockImplementation(() => new Date((now += 600)));
    const tenant = app.get(Tenant);
    const change = tenant.change.bind(tenant);
    const changing = jest.spyOn(tenant, 'change').mockImplementation(async (actor, work) => {
      const result = await change(actor, work);
      const { id: changed, rowsDone } = (result ?? {}) as { id?: string; rowsDone?: number };
      if (changed === id && told.push(rowsDone!) % 5 === 0) paces.push((await seen(id)).pace);
      return result;
    });
    await app.runJobs();
    changing.mockRestore();
    passing.mockRestore();
    expect(await seen(id)).toMatchObject({ status: 'ready', rowsDone: 25_000, rowsTotal: 25_000 });
    expect(told.at(-1)).toBe(25_000);
    expect(told.filter((rows) => rows > 0 && rows < 25_000).length).toBeGreaterThanOrEqual(1);
    const [first, ...later] = paces.filter((pace) => pace !== undefined);
    expect(first!.rowsPerSecond).toBeGreaterThan(0);
    expect(later.at(-1)!.secondsLeft).toBeLessThan(first!.secondsLeft!);
    expect(await seen(id)).not.toHaveProperty('pace');
  });
});

describe('a stream', () => {
  let clientId: string;
  beforeAll(async () => {
    ({ id: clientId } = await openFile(elsewhere.coach));
    await insertSessions(elsewhere, clientId, '2010-01-01T00:00:00Z', 5000);
  });

  it('gives every row of the practice, and is on record before and after', async () => {
    const answer = await stream('sessions', {}, elsewhere.admin);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    const lines = answer.body.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^id,clientId,coachId,givenBy,kind/);
    expect(lines).toHaveLength(5001);
    expect(lines.slice(1).every((line) => line.split(',')[1] === clientId)).toBe(true);
    const [copy] = told<ExportPage>(await elsewhere.admin.get('/v1/exports?limit=1')).items;
    expect(copy).toMatchObject({ status: 'streamed', records: 'sessions', rowsDone: 5000, purpose });
    expect(copy!.sha256).toBe(createHash('sha256').update(answer.rawPayload).digest('hex'));
    expect(await auditOf(copy!.id)).toMatchObject([
      { event: 'export.streamed', by: elsewhere.admin.id, rows: null },
      {
        event: 'export.streamed',
        by: elsewhere.admin.id,
        rows: 5000,
        outcome: 'done',
        ground: `sha256:${copy!.sha256}`,
      },
    ]);
  });

  it.each(['clients', 'sessions', 'notes', 'assignments', 'logs', 'check_ins', 'audit_events'])(
    'gives %s',
    async (records) => {
      const answer = await stream(records, { from: '2026-01-01', to: '2026-12-31' });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toMatch(/^(id|doneOn|on),\w+/);
    },
  );

  it('gives the days that are asked for', async () => {
    const answer = await stream('sessions', { from: '2010-01-02', to: '2010-01-02' }, elsewhere.admin);
    expect(answer.body.trimEnd().split('\r\n')).toHaveLength(25);
  });

  it('has a purpose and records that exist', async () => {
    expect((await admin.get('/v1/exports/stream/sessions.csv')).statusCode).toBe(422);
    expect((await stream('sessions', { purpose: 'kort' })).statusCode).toBe(422);
    expect((await stream('note_bodies')).statusCode).toBe(404);
    expect((await stream('users')).statusCode).toBe(404);
  });

  it('leaves neither its purpose nor a row of it in the log', async () => {
    const { name } = await openFile(practice.coach, { name: 'Xanthippe van Zevenhuizen' });
    expect((await stream('clients')).body).toContain(name);
    expect(app.logged.join('\n')).not.toMatch(/Xanthippe|boekhouder/);
  });

  it('has no file to fetch afterwards', async () => {
    await stream('clients');
    const [copy] = told<ExportPage>(await admin.get('/v1/exports?limit=1')).items;
    const answer = await admin.get(`/v1/exports/${copy!.id}/file`);
    expect([answer.statusCode, answer.json().state]).toEqual([409, 'streamed']);
  });

  it('is refused before its first byte when the login has ended', async () => {
    const leaving = await addUser(app, admin, {
      name: 'Wia Weg',
      email: 'wia@weg.example',
      roles: ['admin'],
    });
    told(await admin.post(`/v1/users/${leaving.id}/disabling`));
    expect((await stream('clients', {}, leaving)).statusCode).toBe(401);
  });

  it('breaks off rather than look whole, and says how far it came', async () => {
    const streams = app.get(Streams);
    const copying = jest.spyOn(streams, 'copy').mockImplementation((actor) => {
      copying.mockRestore();
      return streams.copy(actor, BREAKS_OFF);
    });
    await expect(stream('clients')).rejects.toThrow();
    expect((await newestDone()).failure).toMatchObject({ code: 'broken_off' });
  });

  it('gives its connection back when whoever asked hangs up', async () => {
    await app.fastify.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.fastify.server.address() as AddressInfo;
    const streams = app.get(Streams);
    const endless = "copy (select repeat('adem', 100), generate_series(1, 1000000000)) to stdout";
    const copy = streams.copy.bind(streams);
    const copying = jest.spyOn(streams, 'copy').mockImplementation((actor) => copy(actor, endless));
    const path = `/v1/exports/stream/clients.csv?${inQuery({ purpose })}`;
    const headers = { authorization: `Bearer ${admin.tokens!.accessToken}` };
    const hangUp = () =>
      new Promise<void>((resolve, reject) => {
        const call = get({ host: '127.0.0.1', port, path, headers }, (answer) => {
          answer.once('data', () => {
            answer.destroy();
            resolve();
          });
        });
        call.on('error', reject);
      });
    // More than there are connections: each must come back for the next to begin.
    for (let n = 0; n < 9; n++) await hangUp();
    copying.mockRestore();
    expect((await stream('clients')).statusCode).toBe(200);
  });
});

describe('the housekeeping', () => {
  it('removes the files whose week is over, and nothing sooner', async () => {
    const { id, expiresAt } = await ready();
    app.clock.set(new Date(Date.parse(expiresAt!) - 1000).toISOString());
    await app.get(Housekeeping).run();
    expect(existsSync(fileOf(practice, id))).toBe(true);
    app.clock.set(new Date(Date.parse(expiresAt!) + 1000).toISOString());
    await app.get(Housekeeping).run();
    expect(existsSync(fileOf(practice, id))).toBe(false);
    app.clock.reset();
    expect(await seen(id)).toMatchObject({ status: 'expired' });
  });

  it('hands out no file whose week is over, even before it is removed', async () => {
    const { id, expiresAt } = await ready();
    await asOwner(['exports'], "update exports set expires_at = now() - interval '1 second' where id = $1", [
      id,
    ]);
    const answer = await admin.get(`/v1/exports/${id}/file`);
    expect([expiresAt !== undefined, answer.statusCode, answer.json().state]).toEqual([true, 409, 'expired']);
  });

  it('gives up an export that nothing came of for a day, and what it left', async () => {
    const { id } = await request();
    await asOwner(
      ['exports'],
      "update exports set status = 'running', created_at = now() - interval '25 hours' where id = $1",
      [id],
    );
    writeFileSync(`${fileOf(practice, id)}.part`, 'half a fi');
    await app.get(Housekeeping).run();
    expect(await seen(id)).toMatchObject({ status: 'failed', failure: { code: 'stranded' } });
    expect(existsSync(`${fileOf(practice, id)}.part`)).toBe(false);
    await app.runJobs();
    expect(await seen(id)).toMatchObject({ status: 'failed' });
  });
});
