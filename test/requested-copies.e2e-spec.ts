import { randomUUID } from 'node:crypto';
import { BlobReader, TextWriter, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ExportPage } from '../src/exports/export.dto.js';
import type { DossierParts } from '../src/exports/dossier/dossier-parts.js';
import type { DossierManifest } from '../src/exports/dossier/dossier-zip.js';
import { ExportFiles } from '../src/exports/export-files.js';
import { Tenant } from '../src/database/tenant.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { taskOfJob } from '../src/jobs/jobs.js';
import type { NoteWithholdingView } from '../src/notes/withholding/note-withholding.dto.js';
import type { CopyPassphrase, DataRequestDetail } from '../src/privacy/data-request.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { assign, today } from './support/homework.js';
import { addTo, writeNote, writeSigned } from './support/notes.js';
import {
  newestMail,
  openFile,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';
import { longAgo, NOTHING_SEEN, planSession, refusalOf } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let admin: Caller;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  practice = await openPractice(app);
  ({ coach, admin } = practice);
});
afterEach(() => {
  app.clock.reset();
  jest.restoreAllMocks();
});
afterAll(() => app.close());

const DAY_MS = 86_400_000;
let addresses = 0;
const anAddress = (): string => `noor${(addresses += 1)}@post.example`;

/** The files of an archive by name; nothing opens without its passphrase. */
async function unzipped(bytes: Buffer, password?: string): Promise<Map<string, string>> {
  const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])), { checkSignature: true });
  const files = new Map<string, string>();
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    const text = await entry.getData(new TextWriter(), password === undefined ? {} : { password });
    files.set(entry.filename, text);
  }
  return files;
}

async function approvedCopy(client: Caller, kind = 'access'): Promise<DataRequestDetail> {
  const { id } = told<DataRequestDetail>(await client.post('/v1/me/data-requests', { kind }));
  const approved = told<DataRequestDetail>(await admin.post(`/v1/data-requests/${id}/approval`));
  expect(approved.status).toBe('running');
  await app.runJobs();
  return told(await client.get(`/v1/me/data-requests/${id}`));
}

const partOf = <Part extends keyof DossierParts>(
  files: Map<string, string>,
  part: Part,
): DossierParts[Part] => JSON.parse(files.get(`${part}.json`)!) as DossierParts[Part];

async function copyOf(client: Caller, kind = 'access'): Promise<Map<string, string>> {
  const { id } = await approvedCopy(client, kind);
  const answer = await client.get(`/v1/me/data-requests/${id}/file`);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
  return unzipped(answer.rawPayload);
}

/** A client whose file has something in each place. */
async function filled(): Promise<Caller & { clientId: string }> {
  const client = await openFileWithAccount(app, coach, { question: 'Waarom val ik niet in slaap?' });
  const { clientId } = client;
  const session = await planSession(coach, clientId, { startsAt: longAgo(), location: 'Bij de vijver' });
  const observation = { ...NOTHING_SEEN, thoughts: 'Alles moet tegelijk.', takeHome: 'Voel je voeten.' };
  told(await coach.post(`/v1/sessions/${session.id}/completion`, { observation }));
  const { id } = await assign(coach, clientId, { message: 'Blijf even staan.', startOn: today() });
  const log = { doneOn: today(), outcome: 'done', tensionBefore: 7, tensionAfter: 4 };
  told(
    await client.put(`/v1/me/assignments/${id}/logs/${randomUUID()}`, {
      ...log,
      remark: 'Voor mezelf.',
      sharing: 'private',
    }),
  );
  const look = { on: today(), tension: 6, stressSignals: [], conditions: {}, sharing: 'private' };
  told(await client.put(`/v1/me/check-ins/${randomUUID()}`, { ...look, remark: 'Stil.' }));
  return client;
}

describe('a copy of all that is on record about a client', () => {
  it('is for that client, whole: also private notes of whatever coach, and what they kept from their coach', async () => {
    const client = await filled();
    const first = await writeSigned(coach, client.clientId, { body: 'Adem zit hoog.' });
    await addTo(coach, first, 'Later: zakt vanzelf.');
    const { otherCoach } = practice;
    told(
      await admin.put(`/v1/clients/${client.clientId}/coach`, {
        coachId: otherCoach.id,
        reason: 'Zwangerschapsverlof',
        privateNotesGoAlong: false,
      }),
    );
    await writeNote(otherCoach, client.clientId, { body: 'Een eerste indruk.' });
    const files = await copyOf(client);
    const [who] = partOf(files, 'client');
    expect(who).toMatchObject({ id: client.clientId, question: 'Waarom val ik niet in slaap?' });
    expect(partOf(files, 'notes')).toMatchObject([
      {
        visibility: 'private',
        body: 'Adem zit hoog.',
        addenda: [{ body: 'Later: zakt vanzelf.' }],
        withheld: null,
      },
      { visibility: 'private', body: 'Een eerste indruk.', status: 'draft' },
    ]);
    expect(partOf(files, 'sessions')).toMatchObject([{ location: 'Bij de vijver' }]);
    expect(partOf(files, 'observations')).toMatchObject([{ thoughts: 'Alles moet tegelijk.' }]);
    expect(partOf(files, 'assignments')).toMatchObject([{ message: 'Blijf even staan.' }]);
    expect(partOf(files, 'logs')).toMatchObject([{ tensionBefore: 7, remark: 'Voor mezelf.' }]);
    expect(partOf(files, 'checkIns')).toMatchObject([{ tension: 6, remark: 'Stil.' }]);
    expect(files.get('over-je-gegevens.txt')).toContain('autoriteitpersoonsgegevens.nl');
    expect(files.get('dossier.pdf')!.slice(0, 5)).toBe('%PDF-');
    const manifest = JSON.parse(files.get('manifest.json')!) as DossierManifest;
    expect(manifest).toMatchObject({
      client: client.clientId,
      purpose: 'Inzage, op verzoek van de cliënt (AVG art. 15)',
      attachments: [{ name: 'dossier.pdf' }, { name: 'over-je-gegevens.txt' }],
    });
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    ajv.addSchema(JSON.parse(files.get('schema.json')!) as object, 'dossier');
    expect(ajv.validate('dossier#/$defs/notes', partOf(files, 'notes'))).toBe(true);
  });

  it('completes the request, is told of, and can be fetched for thirty days, also in parts', async () => {
    const client = await openFileWithAccount(app, coach, { email: anAddress() });
    const request = await approvedCopy(client);
    expect(request).toMatchObject({ status: 'completed', fileUntil: expect.any(String) as string });
    expect(Date.parse(request.fileUntil!) - Date.now()).toBeGreaterThan(29 * DAY_MS);
    const { email } = told<{ email: string }>(await client.get('/v1/me'));
    expect(newestMail(app, email)).toContain('is klaar');
    const path = `/v1/me/data-requests/${request.id}/file`;
    const whole = (await client.get(path)).rawPayload;
    const rest = await client.get(path, { range: 'bytes=10-' });
    expect([rest.statusCode, rest.rawPayload.equals(whole.subarray(10))]).toEqual([206, true]);
    app.clock.set(new Date(Date.now() + 8 * DAY_MS).toISOString());
    expect(await rows(app, 'select status from exports where client_id = $1', [client.clientId])).toEqual([
      { status: 'ready' },
    ]);
    const events = await rows<{ event: string }>(
      app,
      `select event from audit_events where practice_id = $1 and object_id = $2 order by id`,
      [practice.id, request.id],
    );
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['data_request.approved', 'data_request.completed', 'data_request.downloaded']),
    );
  });

  it('is fetched by nobody else: no admin, no coach, no other client, and not without a fresh proof', async () => {
    const client = await openFileWithAccount(app, coach);
    const other = await openFileWithAccount(app, coach);
    const { id } = await approvedCopy(client);
    expect((await other.get(`/v1/me/data-requests/${id}/file`)).statusCode).toBe(404);
    expect((await coach.get(`/v1/data-requests/${id}/file`)).statusCode).toBe(403);
    expect(refusalOf(await admin.get(`/v1/data-requests/${id}/file`))).toEqual([409, 'copy-in-the-portal']);
    const { items } = told<ExportPage>(await admin.get('/v1/exports'));
    const copy = items.find(({ clientId }) => clientId === client.clientId)!;
    expect(copy).toMatchObject({ records: 'dossier', requestedBy: admin.id, approvals: [] });
    expect(refusalOf(await admin.get(`/v1/exports/${copy.id}/file`))).toEqual([
      404,
      'export-of-somebody-else',
    ]);
    expect(refusalOf(await admin.delete(`/v1/exports/${copy.id}`))).toEqual([409, 'export-for-the-client']);
    app.clock.set(new Date(Date.now() + 11 * 60_000).toISOString());
    expect(refusalOf(await client.get(`/v1/me/data-requests/${id}/file`))).toEqual([401, 'step-up-required']);
  });

  it('is given also to who asked that their data be left alone', async () => {
    const client = await openFileWithAccount(app, coach);
    told(await client.post('/v1/me/data-requests', { kind: 'restriction' }));
    expect((await copyOf(client)).has('client.json')).toBe(true);
  });

  it('goes back to the admin where nothing comes of it, and is approved anew', async () => {
    const client = await openFileWithAccount(app, coach);
    await writeNote(coach, client.clientId, { body: 'Een tekst.' });
    const [note] = await rows<{ body: Buffer }>(
      app,
      `update note_bodies b set body = '\\x00' from (select body from note_bodies where client_id = $1) o
        where client_id = $1 returning o.body`,
      [client.clientId],
    );
    const { id } = told<DataRequestDetail>(await client.post('/v1/me/data-requests', { kind: 'access' }));
    told(await admin.post(`/v1/data-requests/${id}/approval`));
    await app.runJobs();
    expect(told(await admin.get(`/v1/data-requests/${id}`))).toMatchObject({ status: 'confirmed' });
    expect(refusalOf(await client.get(`/v1/me/data-requests/${id}/file`))).toEqual([409, 'no-copy']);
    await rows(app, 'update note_bodies set body = $2 where client_id = $1', [client.clientId, note!.body]);
    told(await admin.post(`/v1/data-requests/${id}/approval`));
    await app.runJobs();
    expect(told(await admin.get(`/v1/data-requests/${id}`))).toMatchObject({ status: 'completed' });
  });

  it('opens no texts of anybody else, whatever the task is aimed at', async () => {
    const client = await filled();
    await writeNote(coach, client.clientId, { body: 'Een tekst.' });
    const other = await openFile(coach);
    const seen = await app.get(Tenant).read(taskOfJob(practice.id, 'export'), async (tx) => {
      await tx.query(`set local app.copied_client = '${other.id}'`);
      const counts: Record<string, number> = {};
      for (const table of ['note_bodies', 'log_details', 'check_ins', 'client_details', 'client_keys']) {
        const found = await tx.query<object>(`select 1 from ${table} where client_id = $1`, [
          client.clientId,
        ]);
        counts[table] = found.length;
      }
      return counts;
    });
    expect(seen).toEqual({ note_bodies: 0, log_details: 0, check_ins: 0, client_details: 0, client_keys: 0 });
  });
});

describe('what a client provided', () => {
  it('goes along in a form that another system reads, and nothing of what their coach wrote', async () => {
    const client = await filled();
    await writeNote(coach, client.clientId, { body: 'Van de coach.' });
    const files = await copyOf(client, 'portability');
    expect([...files.keys()].sort()).toEqual([
      'checkIns.json',
      'client.json',
      'consents.json',
      'logs.json',
      'manifest.json',
      'over-je-gegevens.txt',
      'schema.json',
    ]);
    expect(partOf(files, 'logs')).toMatchObject([{ remark: 'Voor mezelf.' }]);
    expect([...files.values()].join()).not.toContain('Van de coach.');
  });
});

describe('a copy for a client without a login', () => {
  const fileOf = (id: string) => admin.get(`/v1/data-requests/${id}/file`);

  const passphraseFor = async ({ id }: { id: string }) =>
    told<CopyPassphrase>(await coach.get(`/v1/clients/${id}/copy-passphrase`));

  async function handedOver(file: { id: string }): Promise<string> {
    const asked = { clientId: file.id, kind: 'access' };
    const { id } = told<{ id: string }>(await admin.post('/v1/data-requests', asked));
    told(await admin.post(`/v1/data-requests/${id}/confirmation`));
    told(await admin.post(`/v1/data-requests/${id}/approval`));
    await app.runJobs();
    return id;
  }

  it('is an archive for the admin to hand over, encrypted, whose passphrase the coach has', async () => {
    const email = anAddress();
    const file = await openFile(coach, { email, question: 'Hoe kom ik tot rust?' });
    await writeSigned(coach, file.id, { body: 'Adem zit hoog.' });
    const id = await handedOver(file);
    const answer = await fileOf(id);
    expect(answer.statusCode).toBe(200);
    const archive = answer.rawPayload;
    expect(archive.includes('Adem zit hoog.')).toBe(false);
    await expect(unzipped(archive)).rejects.toThrow();
    await expect(unzipped(archive, 'geraden')).rejects.toThrow();
    const { passphrase } = await passphraseFor(file);
    expect(passphrase).toMatch(/^[0-9a-z]{5}(-[0-9a-z]{5}){4}$/);
    const files = await unzipped(archive, passphrase);
    expect(partOf(files, 'notes')).toMatchObject([{ body: 'Adem zit hoog.' }]);
    // AES-256, of which the weaker ways of a ZIP archive are none.
    const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(archive)])));
    for (const entry of await reader.getEntries()) {
      expect(entry).toMatchObject({ encrypted: true, extraFieldAES: { strength: 3 } });
    }
    // Nowhere else: not in the database, not in the log, not in what the admin is told.
    const [{ text }] = (await rows<{ text: string }>(
      app,
      `select (select string_agg(j::text, '') from jobs.job j) || (select string_agg(e::text, '') from exports e) as text`,
    )) as [{ text: string }];
    expect(text).not.toContain(passphrase);
    expect(app.logged.join()).not.toContain(passphrase);
    expect((await admin.get(`/v1/data-requests/${id}`)).body).not.toContain(passphrase);
  });

  it('tells its passphrase to the file’s coach alone, with a fresh proof; and no mail holds it', async () => {
    const email = anAddress();
    const file = await openFile(coach, { email });
    const path = `/v1/clients/${file.id}/copy-passphrase`;
    expect((await coach.get(path)).statusCode).toBe(404);
    const id = await handedOver(file);
    const { passphrase, requestId } = await passphraseFor(file);
    expect(requestId).toBe(id);
    expect((await practice.otherCoach.get(path)).statusCode).toBe(404);
    expect((await admin.get(path)).statusCode).toBe(403);
    const told_ = newestMail(app, `coach@${practice.slug}.example`);
    expect(told_).toContain('zonder inlog');
    expect(told_).not.toContain(passphrase);
    expect(newestMail(app, email)).not.toContain(passphrase);
    app.clock.set(new Date(Date.now() + 11 * 60_000).toISOString());
    expect(refusalOf(await coach.get(path))).toEqual([401, 'step-up-required']);
    app.clock.set(new Date(Date.now() + 31 * DAY_MS).toISOString());
    await app.get(Housekeeping).run();
    app.clock.reset();
    expect((await coach.get(path)).statusCode).toBe(404);
  });

  it('has another passphrase each time, which is gone with the key of its file', async () => {
    const file = await openFile(coach, { email: anAddress() });
    await handedOver(file);
    await handedOver(file);
    const keys = await rows<{ id: string; file_key: Buffer }>(
      app,
      'select id, file_key from exports where client_id = $1',
      [file.id],
    );
    const passphrases = keys.map(({ id, file_key: fileKey }) =>
      app.get(ExportFiles).passphraseOf({ practiceId: practice.id, id, fileKey } as never),
    );
    expect(new Set(passphrases).size).toBe(2);
  });
});

describe('a private note that stays out of it', () => {
  const GROUND = { ground: 'rights_of_others', reason: 'Er staat wat zijn compagnon vertelde.' };

  it('is listed with its ground, and its texts are not there; nor is the reason', async () => {
    const client = await openFileWithAccount(app, coach);
    const note = await writeSigned(coach, client.clientId, { body: 'De compagnon vertelde het.' });
    await addTo(coach, note, 'En nog meer.');
    await writeSigned(coach, client.clientId, { body: 'Dit gaat mee.' });
    const path = `/v1/notes/${note.id}/withholding`;
    expect(told(await coach.put(path, GROUND))).toMatchObject({ ...GROUND, recordedBy: coach.id });
    const again = told<NoteWithholdingView>(
      await coach.put(path, { ...GROUND, ground: 'protection_of_client' }),
    );
    expect(again).toMatchObject({ ground: 'protection_of_client', version: 2 });
    expect(told(await coach.get(path))).toEqual(again);
    const files = await copyOf(client);
    expect(partOf(files, 'notes')).toMatchObject([
      { id: note.id, body: null, addenda: [], withheld: 'protection_of_client' },
      { body: 'Dit gaat mee.', withheld: null },
    ]);
    expect([...files.values()].join()).not.toContain('compagnon');
    expect((await coach.delete(path)).statusCode).toBe(204);
    expect((await coach.get(path)).statusCode).toBe(404);
    expect(partOf(await copyOf(client), 'notes')[0]).toMatchObject({ body: 'De compagnon vertelde het.' });
  });

  it('is none that is shared, and goes along once it was', async () => {
    const client = await openFileWithAccount(app, coach);
    const shared = await writeSigned(coach, client.clientId, { body: 'Gedeeld.', visibility: 'shared' });
    const path = `/v1/notes/${shared.id}/withholding`;
    expect(refusalOf(await coach.put(path, GROUND))).toEqual([409, 'note-shared']);
    const note = await writeNote(coach, client.clientId, { body: 'Eerst privé.' });
    told(await coach.put(`/v1/notes/${note.id}/withholding`, GROUND));
    told(
      await coach.patch(
        `/v1/notes/${note.id}`,
        { visibility: 'shared' },
        { 'if-match': `"${note.version}"` },
      ),
    );
    expect(partOf(await copyOf(client), 'notes')[1]).toMatchObject({ body: 'Eerst privé.', withheld: null });
  });

  it('is asked of a ground that the law knows, by who may read the note', async () => {
    const client = await openFileWithAccount(app, coach);
    const note = await writeNote(coach, client.clientId);
    const path = `/v1/notes/${note.id}/withholding`;
    const wrong = await coach.put(path, { ground: 'unpleasant', reason: 'Liever niet.' });
    expect([wrong.statusCode, wrong.body]).toEqual([422, expect.stringContaining('/ground')]);
    expect(problemOf(wrong)).toBe('invalid-input');
    expect((await practice.otherCoach.put(path, GROUND)).statusCode).toBe(404);
    expect((await admin.put(path, GROUND)).statusCode).toBe(403);
    expect((await client.get(path)).statusCode).toBe(403);
  });
});

describe('the PDF in a copy', () => {
  it('is whole', async () => {
    const client = await filled();
    const { id } = await approvedCopy(client);
    const { rawPayload } = await client.get(`/v1/me/data-requests/${id}/file`);
    const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(rawPayload)])));
    const entry = (await reader.getEntries()).find(({ filename }) => filename === 'dossier.pdf')!;
    const pdf = Buffer.from(
      await (entry as { getData: (w: Uint8ArrayWriter) => Promise<Uint8Array> }).getData(
        new Uint8ArrayWriter(),
      ),
    );
    expect(pdf.subarray(-6).toString()).toContain('%%EOF');
  });
});
