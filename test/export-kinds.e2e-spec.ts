import { createHash } from 'node:crypto';
import type { ExportManifest } from '../src/exports/export.dto.js';
import { Streams } from '../src/database/streams.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { exportedFile, exportedRows, fileOf, madeExport, PURPOSE, requestExport } from './support/exports.js';
import { writeNote, writeSigned } from './support/notes.js';
import { addUser, openFile, openPractice, type TestPractice } from './support/practice.js';
import { rows as laidReady } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let admin: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  admin = practice.admin;
});
afterAll(() => app.close());

/** A session of this file in March, when the clock goes forward, for so many cents. */
async function insertSession(clientId: string, startsAt: string, priceCents: number | null): Promise<void> {
  await laidReady(
    app,
    `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
            occupied_from, occupied_until, price_cents, vat_percent, created_at, version)
     select practice_id, gen_random_uuid(), id, coach_id, coach_id, 'energizing', 'completed', 'video', t.at,
            t.at + interval '45 minutes', t.at, t.at + interval '45 minutes', $3, 21, t.at, 1
       from clients, (select $2::timestamptz as at) t where id = $1`,
    [clientId, startsAt, priceCents],
  );
}

describe('notes as an admin sees them', () => {
  it('leave without a word of their texts', async () => {
    const { id: clientId } = await openFile(practice.coach);
    const draft = await writeNote(practice.coach, clientId, { body: 'Zij sliep een nacht door.' });
    const signed = await writeSigned(practice.coach, clientId, { visibility: 'shared' });
    const rows = await exportedRows<object>(app, admin, { records: 'notes', clientId });
    expect(rows).toEqual([
      {
        id: signed.id,
        clientId,
        coachId: practice.coach.id,
        sessionId: null,
        authorId: practice.coach.id,
        visibility: 'shared',
        status: 'signed',
        createdAt: expect.stringMatching(/Z$/),
        updatedAt: expect.stringMatching(/Z$/),
        signedAt: expect.stringMatching(/Z$/),
        signedBy: practice.coach.id,
        enteredInErrorAt: null,
        enteredInErrorBy: null,
      },
      expect.objectContaining({ id: draft.id, status: 'draft', signedAt: null }),
    ]);
  });
});

describe('the audit log', () => {
  it('leaves row by row, with what it says of whom', async () => {
    const { id: clientId } = await openFile(practice.coach);
    const wanted = { records: 'audit_events', clientId };
    const rows = await exportedRows<{ event: string; clientId: string; roles: string[] }>(app, admin, wanted);
    expect(rows.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['client.opened', 'client.activated']),
    );
    expect(rows.every((row) => row.clientId === clientId)).toBe(true);
    expect(rows[0]!.roles).toEqual(['coach']);
  });

  it('holds the lists that a client stood in, and what a coach did', async () => {
    const own = await openFile(practice.otherCoach);
    told(await practice.otherCoach.get('/v1/clients'));
    const seen = await exportedRows<{ event: string; clientIds: string[] | null }>(app, admin, {
      records: 'audit_events',
      clientId: own.id,
    });
    const [list] = seen.filter(({ event }) => event === 'clients.listed');
    expect(list!.clientIds).toContain(own.id);
    const done = await exportedRows<{ userId: string }>(app, admin, {
      records: 'audit_events',
      coachId: practice.otherCoach.id,
    });
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ userId }) => userId))).toEqual(new Set([practice.otherCoach.id]));
  });

  it('takes a period as days of the practice', async () => {
    const none = { records: 'audit_events', from: '2020-01-01', to: '2020-12-31' };
    expect(await exportedRows(app, admin, none)).toEqual([]);
    const all = { records: 'audit_events', from: '2026-01-01' };
    expect((await exportedRows(app, admin, all)).length).toBeGreaterThan(5);
  });
});

describe('a file for a Dutch Excel', () => {
  it('has semicolons, decimal commas, the clock of the practice, a byte order mark and CRLF', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSession(clientId, '2026-03-28T12:00:00Z', 9_550);
    await insertSession(clientId, '2026-03-29T12:00:00Z', null);
    const columns = ['startsAt', 'price', 'priceCents', 'vatPercent', 'status'];
    const wanted = { records: 'sessions', clientId, dialect: 'excel-nl', columns };
    const file = await exportedFile(app, admin, wanted);
    expect(file.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(file.rawPayload.subarray(3).toString()).toBe(
      [
        'startsAt;price;priceCents;vatPercent;status',
        '2026-03-28 13:00:00;95,50;9550;21;completed',
        '2026-03-29 14:00:00;;;21;completed',
        '',
      ].join('\r\n'),
    );
  });

  it('keeps a semicolon inside its cell, and runs no formula either', async () => {
    const { id } = await openFile(practice.coach, { company: 'Rust; en ruimte', name: '=1+1' });
    const columns = ['name', 'company'];
    const file = await exportedFile(app, admin, { clientId: id, dialect: 'excel-nl', columns });
    expect(file.rawPayload.subarray(3).toString()).toBe('name;company\r\n\'=1+1;"Rust; en ruimte"\r\n');
  });

  it('is CSV and nothing else', async () => {
    const asked = { records: 'clients', format: 'json', dialect: 'excel-nl', purpose: PURPOSE };
    const answer = await admin.post('/v1/exports', asked);
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/dialect']);
  });
});

describe('a file of lines', () => {
  it('is one JSON object a line', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSession(clientId, '2026-03-28T12:00:00Z', 9_550);
    await insertSession(clientId, '2026-03-28T14:00:00Z', null);
    const columns = ['price', 'vatPercent'];
    const file = await exportedFile(app, admin, { records: 'sessions', format: 'ndjson', clientId, columns });
    expect(file.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(file.headers['content-disposition']).toMatch(/filename="sessions-[\d-]{10}\.ndjson"$/);
    const lines = file.body.split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.slice(0, 2).map((line) => JSON.parse(line) as object)).toEqual([
      { price: 95.5, vatPercent: 21 },
      { price: null, vatPercent: 21 },
    ]);
  });
});

describe('the columns of a file', () => {
  it('are those that were chosen, in their order', async () => {
    const { id: clientId, name } = await openFile(practice.coach);
    const wanted = { clientId, columns: ['status', 'name'] };
    expect((await exportedFile(app, admin, wanted)).body).toBe(`status,name\r\nactive,${name}\r\n`);
    expect(await exportedRows(app, admin, wanted)).toEqual([{ status: 'active', name }]);
  });

  it.each([
    [['id', 'password'], '/columns/1'],
    [['id', 'name', 'id'], '/columns/2'],
    [['id', 'name"; drop table clients'], '/columns/1'],
    [[], '/columns'],
  ])('are refused where they are %j', async (columns, pointer) => {
    const asked = { records: 'clients', format: 'csv', purpose: PURPOSE, columns };
    const answer = await admin.post('/v1/exports', asked);
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, pointer]);
  });

  it('are chosen of a stream as well, as are its dialect and its client', async () => {
    const { id: clientId, name } = await openFile(practice.coach);
    const query = inQuery({ columns: 'name,status', dialect: 'excel-nl', clientId });
    const answer = await admin.get(`/v1/exports/stream/clients.csv?${query}`);
    expect(answer.body).toBe(`\ufeffname;status\r\n${name};active\r\n`);
    const wrong = await admin.get(`/v1/exports/stream/clients.csv?${inQuery({ columns: 'name,secret' })}`);
    expect([wrong.statusCode, wrong.json().errors[0].pointer]).toEqual([422, '/columns/1']);
  });
});

const inQuery = (query: Record<string, string>): string =>
  new URLSearchParams({ purpose: PURPOSE, ...query }).toString();

describe('a manifest', () => {
  it('says what a file holds, whose it is, why it was made and whether it is whole', async () => {
    const { id: clientId } = await openFile(practice.coach);
    const period = { from: '2026-01-01', to: '2030-12-31' };
    const columns = ['id', 'createdAt'];
    const copy = await madeExport(app, admin, { ...period, clientId, columns });
    const file = await fileOf(admin, copy.id);
    const manifest = told<ExportManifest>(await admin.get(`/v1/exports/${copy.id}/manifest`));
    expect(manifest).toEqual({
      export: copy.id,
      practice: expect.stringContaining('Praktijk'),
      records: 'clients',
      format: 'csv',
      dialect: 'rfc4180',
      columns: [
        { name: 'id', kind: 'id' },
        { name: 'createdAt', kind: 'instant' },
      ],
      bodies: false,
      rows: 1,
      purpose: PURPOSE,
      requestedBy: 'Ada de Beheerder',
      ...period,
      timeZone: 'Europe/Amsterdam',
      clientId,
      requestedAt: copy.createdAt,
      startedAt: expect.any(String),
      finishedAt: copy.finishedAt,
      file: {
        name: expect.stringMatching(/^clients-[\d-]{10}\.csv$/),
        mediaType: file.headers['content-type'],
        bytes: file.rawPayload.length,
        sha256: createHash('sha256').update(file.rawPayload).digest('hex'),
      },
    });
    told(await admin.delete(`/v1/exports/${copy.id}`));
    expect(told(await admin.get(`/v1/exports/${copy.id}/manifest`))).toEqual(manifest);
  });

  it('is of a file that was made, and for the admins of its practice', async () => {
    const { id } = await requestExport(admin);
    const answer = await admin.get(`/v1/exports/${id}/manifest`);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'export-without-manifest']);
    const elsewhere = await openPractice(app);
    expect((await elsewhere.admin.get(`/v1/exports/${id}/manifest`)).statusCode).toBe(404);
    expect((await practice.coach.get(`/v1/exports/${id}/manifest`)).statusCode).toBe(404);
    await app.runJobs();
  });
});

describe('a run', () => {
  it('sees one moment, whatever is written between its count and its last row', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSession(clientId, '2026-03-02T12:00:00Z', 100);
    const streams = app.get(Streams);
    const copy = streams.copy.bind(streams);
    const copying = jest.spyOn(streams, 'copy').mockImplementation((actor, statement, first) =>
      copy(actor, statement, async (ask) => {
        await first!(ask);
        await insertSession(clientId, '2026-03-03T12:00:00Z', 100);
      }),
    );
    const during = await madeExport(app, admin, { records: 'sessions', clientId });
    copying.mockRestore();
    expect(during).toMatchObject({ status: 'ready', rowsDone: 1, rowsTotal: 1 });
    expect(await madeExport(app, admin, { records: 'sessions', clientId })).toMatchObject({ rowsDone: 2 });
  });

  it('asks for who proved lately who they are', async () => {
    const late = await addUser(app, admin, { name: 'Lia', email: 'lia@laat.example', roles: ['admin'] });
    app.clock.set(new Date(Date.now() + 11 * 60_000).toISOString());
    const answer = await late.post('/v1/exports', { records: 'notes', format: 'csv', purpose: PURPOSE });
    app.clock.reset();
    expect([answer.statusCode, problemOf(answer)]).toEqual([401, 'step-up-required']);
  });
});
