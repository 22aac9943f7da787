import { createHash, randomUUID } from 'node:crypto';
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { addDays } from '../src/common/day.js';
import type { ExportManifest, ExportPage, ExportView } from '../src/exports/export.dto.js';
import type { DossierParts } from '../src/exports/dossier/dossier-parts.js';
import type { DossierManifest } from '../src/exports/dossier/dossier-zip.js';
import { dossierContent } from '../src/exports/documents/dossier.js';
import { PrintThreads } from '../src/exports/documents/print-threads.js';
import type { DossierDocument } from '../src/exports/documents/printed.js';
import type { ProgressView } from '../src/progress/progress.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { fileOf, PURPOSE, requestExport, seenExport } from './support/exports.js';
import { assign, today } from './support/homework.js';
import { publishArticle } from './support/knowledge.js';
import { addTo, handOver, writeNote, writeSigned } from './support/notes.js';
import {
  addUser,
  openFile,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';
import { longAgo, NOTHING_SEEN, planSession } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let otherCoach: Caller;
let admin: Caller;
let client: Caller;

const WORDS = {
  question: 'Waarom val ik niet in slaap?',
  body: 'Adem zakte na tien minuten naar de buik.',
  addendum: 'Zij belde later: het slapen gaat beter.',
  location: 'Bij de vijver in het park',
  thoughts: 'Alles moet tegelijk.',
  takeHome: 'Drie keer per dag voelen.',
  message: 'Blijf even staan bij de deur.',
  remark: 'De trein reed, ik zuchtte.',
  week: 'De week was stiller dan de vorige.',
  kept: 'Dit houd ik voor mezelf.',
};

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  ({ coach, otherCoach, admin } = practice);
  client = await openFileWithAccount(app, coach, {
    name: 'Xanthippe van Zevenhuizen',
    question: WORDS.question,
    stressKind: 'chronic',
    stressSignals: ['shallow_sleep'],
    blockers: ['worry'],
  });
  const { clientId } = client;
  const session = await planSession(coach, clientId, {
    startsAt: longAgo(),
    mode: 'in_person',
    location: WORDS.location,
  });
  const observation = {
    ...NOTHING_SEEN,
    tensionBefore: 8,
    tensionAfter: 3,
    conditions: { safety: 6, naturalRhythm: 4 },
    recoverySignals: ['deep_sigh'],
    thoughts: WORDS.thoughts,
    takeHome: WORDS.takeHome,
  };
  told(await coach.post(`/v1/sessions/${session.id}/completion`, { observation }));
  const note = await writeSigned(coach, clientId, { body: WORDS.body });
  await addTo(coach, note, WORDS.addendum);
  await writeNote(coach, clientId, { body: 'Nog een concept.' });
  const { id } = await assign(coach, clientId, { message: WORDS.message, startOn: today() });
  const log = {
    doneOn: today(),
    outcome: 'done',
    tensionBefore: 7,
    tensionAfter: 5,
    recoverySignals: ['yawning'],
  };
  const logs = `/v1/me/assignments/${id}/logs`;
  told(await client.put(`${logs}/${randomUUID()}`, { ...log, remark: WORDS.remark, sharing: 'all' }));
  told(await client.put(`${logs}/${randomUUID()}`, { ...log, remark: WORDS.kept, sharing: 'private' }));
  const look = { tension: 6, stressSignals: ['shallow_sleep'], conditions: { rest: 4 } };
  const checkIns = [
    { ...look, on: addDays(today(), -2), remark: WORDS.week, sharing: 'all' },
    { ...look, on: addDays(today(), -1), remark: WORDS.kept, sharing: 'numbers' },
    { ...look, on: today(), remark: WORDS.kept, sharing: 'private' },
  ];
  for (const one of checkIns) told(await client.put(`/v1/me/check-ins/${randomUUID()}`, one));
  const { id: articleId } = await publishArticle(coach);
  told(await coach.post(`/v1/clients/${clientId}/readings`, { articleId }));
});
afterAll(() => app.close());

const wanted = (more: object = {}) => ({
  records: 'dossier',
  format: 'zip',
  clientId: client.clientId,
  ...more,
});

async function made(by: Caller, more: object = {}): Promise<ExportView> {
  const { id } = await requestExport(by, wanted(more));
  await app.runJobs();
  return seenExport(by, id);
}

/** The files of an archive by name. */
async function unzipped(bytes: Buffer): Promise<Map<string, string>> {
  const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])), { checkSignature: true });
  const files = new Map<string, string>();
  for (const entry of await reader.getEntries()) {
    if (!entry.directory) files.set(entry.filename, await entry.getData(new TextWriter()));
  }
  return files;
}

const PARTS = [
  'client',
  'consents',
  'sessions',
  'observations',
  'notes',
  'assignments',
  'logs',
  'checkIns',
  'readings',
] as const;

async function partsOf(by: Caller, id: string): Promise<{ parts: DossierParts; files: Map<string, string> }> {
  const files = await unzipped((await fileOf(by, id)).rawPayload);
  const parts = Object.fromEntries(
    PARTS.map((part) => [part, JSON.parse(files.get(`${part}.json`)!) as object]),
  );
  return { parts: parts as unknown as DossierParts, files };
}

describe('a coach’s dossier of their own client', () => {
  let copy: ExportView;
  let parts: DossierParts;
  let files: Map<string, string>;
  beforeAll(async () => {
    copy = await made(coach);
    ({ parts, files } = await partsOf(coach, copy.id));
  });

  it('needs nobody’s approval, for who asks has just proved who they are', () => {
    expect(copy).toMatchObject({
      status: 'ready',
      records: 'dossier',
      bodies: true,
      requestedBy: coach.id,
      approvals: [{ coachId: coach.id, decision: 'approved', noteCount: 2 }],
    });
  });

  it('holds all that the coach sees, opened', () => {
    expect(parts.client).toMatchObject([
      {
        id: client.clientId,
        name: 'Xanthippe van Zevenhuizen',
        question: WORDS.question,
        stressKind: 'chronic',
        stressSignals: ['shallow_sleep'],
        blockers: ['worry'],
      },
    ]);
    expect(parts.consents).toHaveLength(1);
    expect(parts.sessions).toMatchObject([
      { status: 'completed', mode: 'in_person', location: WORDS.location },
    ]);
    expect(parts.observations).toMatchObject([
      {
        sessionId: parts.sessions[0]!.id,
        tensionBefore: 8,
        tensionAfter: 3,
        thoughts: WORDS.thoughts,
        takeHome: WORDS.takeHome,
        conditions: { safety: 6, rest: null, naturalRhythm: 4 },
        recoverySignals: ['deep_sigh'],
      },
    ]);
    expect(parts.notes).toMatchObject([
      { status: 'signed', body: WORDS.body, addenda: [{ body: WORDS.addendum }] },
      { status: 'draft', body: 'Nog een concept.', addenda: [] },
    ]);
    expect(parts.assignments).toMatchObject([{ message: WORDS.message, status: 'active' }]);
  });

  it('holds of what was done at home only what the client shares', () => {
    expect(parts.logs).toMatchObject([{ outcome: 'done', tensionBefore: 7, remark: WORDS.remark }]);
    expect(parts.checkIns).toMatchObject([
      {
        tension: 6,
        remark: WORDS.week,
        conditions: { rest: 4, safety: null },
        stressSignals: ['shallow_sleep'],
      },
      { tension: 6, remark: null },
    ]);
    expect([...files.values()].join('')).not.toContain(WORDS.kept);
  });

  it('names what was given to read', () => {
    expect(parts.readings).toMatchObject([
      { article: expect.stringMatching(/./), givenAt: expect.any(String) },
    ]);
  });

  it('is what its schema says, each part of it', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    const schema = JSON.parse(files.get('schema.json')!) as { $id: string };
    ajv.addSchema(schema);
    for (const part of PARTS) {
      const validate = ajv.compile({ $ref: `${schema.$id}#/$defs/${part}` });
      expect([part, validate(parts[part]), validate.errors]).toEqual([part, true, null]);
      expect(validate([{ ...parts[part][0], more: 1 }])).toBe(false);
    }
  });

  it('has a manifest with the size and the SHA-256 of each part', () => {
    const manifest = JSON.parse(files.get('manifest.json')!) as DossierManifest;
    expect(manifest).toMatchObject({
      export: copy.id,
      client: client.clientId,
      purpose: PURPOSE,
      attachments: [],
      schema: 'schema.json',
    });
    expect(manifest.madeAt).toMatch(/^\d+ \w+ 20\d\d, \d\d:\d\d$/);
    expect(manifest.parts.map(({ name }) => name)).toEqual([
      ...PARTS.map((part) => `${part}.json`),
      'schema.json',
    ]);
    for (const { name, bytes, sha256 } of manifest.parts) {
      const content = Buffer.from(files.get(name)!);
      expect([bytes, sha256]).toEqual([content.length, createHash('sha256').update(content).digest('hex')]);
    }
  });

  it('is a PDF that somebody can read, too', async () => {
    const pdf = await made(coach, { format: 'pdf' });
    expect(pdf).toMatchObject({ status: 'ready', rowsDone: 1 });
    const file = await fileOf(coach, pdf.id);
    expect(file.headers['content-disposition']).toMatch(/filename="dossier-[\d-]{10}\.pdf"$/);
    expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const of = { practice: 'Adem', madeBy: 'Coach', purpose: PURPOSE, madeAt: 'nu' };
    const document = { kind: 'dossier' as const, ...of, parts, timeZone: 'Europe/Amsterdam' };
    const content = JSON.stringify(dossierContent(document));
    const { kept, ...readable } = WORDS;
    for (const words of Object.values(readable)) expect(content).toContain(words);
    expect(content).not.toContain(kept);
    for (const words of [
      'lichte slaap',
      'diepe zucht',
      '8 voor, 3 na',
      'veiligheid 6, natuurlijk ritme 4',
      'gapen',
    ]) {
      expect(content).toContain(words);
    }
    expect(content).not.toContain('<svg');
  });

  it('shows how it goes, as far as the client shares it, and rests as rests', async () => {
    const print = jest.spyOn(app.get(PrintThreads), 'print');
    const { id } = await made(coach, { format: 'pdf' });
    const document = print.mock.calls[0]![0] as DossierDocument;
    print.mockRestore();
    const { figures } = document.progress!;
    expect(figures).toMatchObject({
      counted: 'shared',
      to: today(),
      exercises: [{ logs: { done: 1, partly: 0, skipped: 0 } }],
      // It was twenty years ago.
      sessions: [],
    });
    const seen = told<ProgressView>(
      await coach.get(`/v1/clients/${client.clientId}/progress?from=${figures.from}&to=${figures.to}`),
    );
    expect(figures).toEqual(seen);
    const content = JSON.stringify(dossierContent(document));
    expect(content).toContain('Verloop');
    expect(content).toContain('<svg');
    expect((await fileOf(coach, id)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('shows nothing of a client of whom nothing is told yet', async () => {
    const print = jest.spyOn(app.get(PrintThreads), 'print');
    const { id: clientId } = await openFile(coach);
    expect(await made(coach, { format: 'pdf', clientId })).toMatchObject({ status: 'ready' });
    const document = print.mock.calls[0]![0] as DossierDocument;
    print.mockRestore();
    expect(document.progress).toBeUndefined();
    expect(JSON.stringify(dossierContent(document))).not.toContain('Verloop');
  });

  it('is on record, and the client sees that a copy was made', async () => {
    const events = await rows<{ event: string; ground: string | null; client_ids: string[] | null }>(
      app,
      'select event, ground, client_ids from audit_events where object_id = $1 order by id',
      [copy.id],
    );
    expect(events).toMatchObject([
      { event: 'export.requested' },
      { event: 'export.finished', ground: `sha256:${copy.sha256}`, client_ids: [client.clientId] },
      { event: 'export.read' },
      { event: 'export.downloaded' },
    ]);
    expect(told<ExportManifest>(await coach.get(`/v1/exports/${copy.id}/manifest`))).toMatchObject({
      records: 'dossier',
      columns: [],
      file: { sha256: copy.sha256, mediaType: 'application/zip' },
    });
    expect(told<ExportPage>(await coach.get('/v1/exports')).items.map(({ id }) => id)).toContain(copy.id);
  });

  it('is for that coach alone', async () => {
    expect((await fileOf(admin, copy.id)).statusCode).toBe(404);
    for (const path of ['', '/file', '/manifest', '/events']) {
      expect((await otherCoach.get(`/v1/exports/${copy.id}${path}`)).statusCode).toBe(404);
      expect((await client.get(`/v1/exports/${copy.id}${path}`)).statusCode).toBe(403);
    }
    expect((await otherCoach.delete(`/v1/exports/${copy.id}`)).statusCode).toBe(404);
  });

  it('can be taken back by who made it', async () => {
    const { id } = await made(coach);
    expect((await coach.delete(`/v1/exports/${id}`)).statusCode).toBe(204);
    expect(problemOf(await fileOf(coach, id))).toBe('export-without-file');
  });
});

describe('a dossier', () => {
  const refusal = async (by: Caller, more: object): Promise<unknown[]> => {
    const answer = await by.post('/v1/exports', { purpose: PURPOSE, ...wanted(more) });
    const { errors } = answer.json<{ errors?: { pointer: string }[] }>();
    return [answer.statusCode, errors?.[0]?.pointer];
  };

  it.each([
    [{ clientId: undefined }, '/clientId'],
    [{ format: 'csv' }, '/format'],
    [{ records: 'clients' }, '/format'],
    [{ from: '2026-01-01' }, '/from'],
    [{ columns: ['id'] }, '/columns/0'],
  ])('is refused to be %j', async (more, pointer) => {
    expect(await refusal(admin, more)).toEqual([422, pointer]);
  });

  it('is no stream', async () => {
    const answer = await admin.get(
      `/v1/exports/stream/dossier.csv?${new URLSearchParams({ purpose: PURPOSE })}`,
    );
    expect(answer.statusCode).toBe(404);
  });

  it('of somebody else’s client is not for a coach, nor is anything that is no dossier', async () => {
    expect(await refusal(otherCoach, {})).toEqual([422, '/clientId']);
    expect(await refusal(coach, { records: 'clients', format: 'csv' })).toEqual([403, undefined]);
    expect(await refusal(client, {})).toEqual([403, undefined]);
  });

  it('is not made when the file went to another coach meanwhile', async () => {
    const { id: clientId } = await openFile(coach);
    await writeNote(coach, clientId);
    const { id } = await requestExport(coach, wanted({ clientId }));
    await handOver(app, clientId, otherCoach);
    await app.runJobs();
    expect(await seenExport(coach, id)).toMatchObject({ failure: { code: 'approval_outdated' } });
  });

  it('that was made before the file went to another coach is not fetched after it', async () => {
    const { id: clientId } = await openFile(coach);
    await writeNote(coach, clientId);
    const { id } = await made(coach, { clientId });
    expect((await fileOf(coach, id)).statusCode).toBe(200);
    await handOver(app, clientId, otherCoach);
    for (const by of [coach, otherCoach]) expect((await fileOf(by, id)).statusCode).toBe(404);
    expect((await fileOf(coach, id, { range: 'bytes=0-9' })).statusCode).toBe(404);
  });

  it('of their own client is lost to an admin, too, with the client', async () => {
    const user = { name: 'Eva Eigenaar', email: 'eva@dossier.example', roles: ['admin', 'coach'] };
    const owner = await addUser(app, admin, user);
    const { id: clientId } = await openFile(owner, { question: WORDS.question });
    const { id } = await made(owner, { clientId });
    expect((await fileOf(owner, id)).statusCode).toBe(200);
    await handOver(app, clientId, otherCoach);
    expect((await fileOf(owner, id)).statusCode).toBe(404);
  });
});

describe('a text of a dossier that somebody changed past the system', () => {
  it('is not handed out, and nothing else is with it', async () => {
    const { id: clientId } = await openFile(coach, { question: WORDS.question });
    await rows(app, "update client_details set question = question || '\\x00'::bytea where client_id = $1", [
      clientId,
    ]);
    const { id } = await requestExport(coach, wanted({ clientId }));
    await app.runJobs();
    expect(await seenExport(coach, id)).toMatchObject({ status: 'failed', failure: { code: 'text_broken' } });
    expect(app.logged.join('')).not.toContain(WORDS.question);
  });
});

describe('an admin’s dossier', () => {
  const NONE = { question: null, stressKind: null, stressSignals: null };

  it('holds what an admin sees, and no word of what was said', async () => {
    const copy = await made(admin);
    expect(copy).toMatchObject({ status: 'ready', bodies: false });
    const { parts, files } = await partsOf(admin, copy.id);
    expect(parts.client).toMatchObject([{ name: 'Xanthippe van Zevenhuizen', ...NONE }]);
    expect(parts.sessions).toMatchObject([{ status: 'completed', location: null }]);
    expect(parts.observations).toEqual([]);
    expect(parts.checkIns).toEqual([]);
    expect(parts.notes).toMatchObject([{ body: null, addenda: [] }, { body: null }]);
    expect(parts.logs).toMatchObject([
      { tensionBefore: null, remark: null },
      { tensionBefore: null, remark: null },
    ]);
    const all = [...files.values()].join('');
    for (const words of Object.values(WORDS)) expect(all).not.toContain(words);
  });

  it('holds the texts of notes when the coach approved, and still nothing else that an admin does not see', async () => {
    const { id } = await requestExport(admin, wanted({ bodies: true }));
    expect(await seenExport(admin, id)).toMatchObject({ status: 'awaiting_approval' });
    told(await coach.post(`/v1/exports/${id}/approval`));
    await app.runJobs();
    const { parts, files } = await partsOf(admin, id);
    expect(parts.notes).toMatchObject([{ body: WORDS.body, addenda: [{ body: WORDS.addendum }] }, {}]);
    expect(parts.client).toMatchObject([NONE]);
    expect(parts.observations).toEqual([]);
    expect(parts.checkIns).toEqual([]);
    const { body, addendum, ...others } = WORDS;
    const all = [...files.values()].join('');
    expect(all).toContain(body);
    expect(all).toContain(addendum);
    for (const words of Object.values(others)) expect(all).not.toContain(words);
    expect((await fileOf(coach, id)).statusCode).toBe(404);
    expect((await coach.get(`/v1/exports/${id}/manifest`)).statusCode).toBe(404);
    expect((await coach.delete(`/v1/exports/${id}`)).statusCode).toBe(404);
  });
});
