import { Client } from 'pg';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import { begin } from '../src/database/actor-settings.js';
import type { ExportPage, ExportView } from '../src/exports/export.dto.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { taskOfJob } from '../src/jobs/jobs.js';
import { startApp, type TestApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { exportedFile, fileOf, madeExport, PURPOSE, requestExport, seenExport } from './support/exports.js';
import { addTo, handOver, writeNote, writeSigned } from './support/notes.js';
import {
  addUser,
  openFile,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';
import { sealAll } from './support/sealing.js';

let app: TestApp;
let practice: TestPractice;
let admin: Caller;
let coach: Caller;
let otherCoach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  ({ admin, coach, otherCoach } = practice);
});
afterAll(() => app.close());
afterEach(() => app.clock.reset());

const NOTES = { records: 'notes', format: 'json', bodies: true };
const approve = (id: string, by = coach) => by.post(`/v1/exports/${id}/approval`);
const refuse = (id: string, by = coach) => by.post(`/v1/exports/${id}/refusal`);

/** A file with a signed note that was added to, and a draft. */
async function fileWithNotes(of = coach): Promise<{ clientId: string; signedId: string; draftId: string }> {
  const { id: clientId } = await openFile(of);
  const signed = await writeSigned(of, clientId, { body: 'Zij sliep "door", zei ze;\ntot zes uur.' });
  await addTo(of, signed, 'En de nacht erna ook.');
  const draft = await writeNote(of, clientId, { body: '- een streepje is geen formule' });
  return { clientId, signedId: signed.id, draftId: draft.id };
}

interface NoteRow {
  id: string;
  status: string;
  body: string | null;
  addenda: { body: string; signedBy: string; signedAt: string }[];
}

describe('the texts of notes', () => {
  it('leave when the coach approves, opened, as they were written', async () => {
    const { clientId, signedId, draftId } = await fileWithNotes();
    const asked = await requestExport(admin, { ...NOTES, clientId });
    expect(asked).toMatchObject({
      status: 'awaiting_approval',
      bodies: true,
      approvals: [{ coachId: coach.id, coachName: 'Coen de Coach', noteCount: 2 }],
    });
    const approved = told<ExportView>(await approve(asked.id));
    expect(approved).toMatchObject({ status: 'queued', approvals: [{ decision: 'approved' }] });
    await app.runJobs();
    const found = told<NoteRow[]>(await fileOf(admin, asked.id));
    expect(found).toEqual([
      expect.objectContaining({
        id: draftId,
        status: 'draft',
        body: '- een streepje is geen formule',
        addenda: [],
      }),
      expect.objectContaining({
        id: signedId,
        status: 'signed',
        body: 'Zij sliep "door", zei ze;\ntot zes uur.',
        addenda: [
          { body: 'En de nacht erna ook.', signedBy: coach.id, signedAt: expect.stringMatching(/Z$/) },
        ],
      }),
    ]);
  });

  it.each([
    ['rfc4180', ','],
    ['excel-nl', ';'],
  ])('leave as CSV (%s) with no cell that a spreadsheet would run', async (dialect, mark) => {
    const { clientId } = await fileWithNotes();
    const wanted = { ...NOTES, format: 'csv', dialect, clientId, columns: ['status', 'visibility'] };
    const { id } = await requestExport(admin, wanted);
    told(await approve(id));
    await app.runJobs();
    const text = (await fileOf(admin, id)).body.replace('\ufeff', '').split('\r\n');
    expect(text).toEqual([
      ['status', 'visibility', 'body', 'addenda'].join(mark),
      ['draft', 'private', "'- een streepje is geen formule", ''].join(mark),
      expect.stringMatching(
        new RegExp(
          `^signed${mark}private${mark}"Zij sliep ""door"", zei ze;\ntot zes uur."${mark}"?[^"]*Z: En de nacht erna ook."?$`,
        ),
      ),
      '',
    ]);
    expect(await seenExport(admin, id)).toMatchObject({ status: 'ready', rowsDone: 2, rowsTotal: 2 });
  });

  it('of many notes leave in their order, and none is lost between the batches', async () => {
    const { id: clientId } = await openFile(coach);
    const { id: sample } = await writeNote(coach, clientId, { body: 'kort' });
    for (let n = 0; n < 150; n += 1) {
      await writeNote(coach, clientId, { body: `${n}: ${'adem in, adem uit. '.repeat(200)}` });
    }
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    told(await approve(id));
    await app.runJobs();
    const found = told<NoteRow[]>(await fileOf(admin, id));
    expect(found).toHaveLength(151);
    expect(found.at(-1)).toMatchObject({ id: sample, body: 'kort' });
    expect(found.slice(0, -1).map(({ body }) => Number.parseInt(body!, 10))).toEqual(
      Array.from({ length: 150 }, (_, n) => 149 - n),
    );
  }, 120_000);

  it('are of notes alone', async () => {
    const answer = await admin.post('/v1/exports', {
      records: 'clients',
      format: 'csv',
      purpose: PURPOSE,
      bodies: true,
    });
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/bodies']);
    const query = `purpose=${encodeURIComponent(PURPOSE)}&bodies=true`;
    expect((await admin.get(`/v1/exports/stream/notes.csv?${query}`)).statusCode).toBe(422);
  });

  it('wait for nobody where there are no notes', async () => {
    const { id: clientId } = await openFile(coach);
    const copy = await madeExport(app, admin, { ...NOTES, clientId });
    expect(copy).toMatchObject({ status: 'ready', rowsDone: 0, approvals: [] });
    expect((await fileOf(admin, copy.id)).body).toBe('[]\n');
  });

  it('tell the client that they left, and when', async () => {
    const client = await openFileWithAccount(app, coach);
    await writeNote(coach, client.clientId);
    const { id } = await requestExport(admin, { ...NOTES, coachId: coach.id });
    told(await approve(id));
    await app.runJobs();
    await sealAll(app, practice.id);
    const log = (await client.get('/v1/me/access-log')).body;
    expect(log).toContain('a copy of your data');
  });

  it('leave no word of themselves in the log or on disk', async () => {
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    told(await approve(id));
    await app.runJobs();
    expect((await fileOf(admin, id)).body).toContain('streepje');
    expect(app.logged.join('\n')).not.toMatch(/streepje|sliep/);
  });
});

describe('an export with texts', () => {
  it('is made when every coach concerned has approved, and not before', async () => {
    const [one, other] = [await fileWithNotes(coach), await fileWithNotes(otherCoach)];
    const { id, approvals } = await requestExport(admin, NOTES);
    expect(approvals!.map(({ coachId }) => coachId).sort()).toEqual([coach.id, otherCoach.id].sort());
    expect(told<ExportView>(await approve(id, coach)).status).toBe('awaiting_approval');
    await app.runJobs();
    const waiting = await fileOf(admin, id);
    expect([waiting.statusCode, waiting.json().state]).toEqual([409, 'awaiting_approval']);
    expect(told<ExportView>(await approve(id, otherCoach)).status).toBe('queued');
    await app.runJobs();
    const found = told<(NoteRow & { clientId: string })[]>(await fileOf(admin, id));
    const files = new Set(found.map(({ clientId }) => clientId));
    expect([files.has(one.clientId), files.has(other.clientId)]).toEqual([true, true]);
    expect(found.every(({ body }) => body !== null)).toBe(true);
  });

  it('says to a coach what is asked, why and by whom, and to a coach who is not concerned nothing', async () => {
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    const seen = await seenExport(coach, id);
    expect(seen).toMatchObject({
      records: 'notes',
      purpose: PURPOSE,
      clientId,
      requestedBy: admin.id,
      requesterName: 'Ada de Beheerder',
      approvals: [{ coachId: coach.id, noteCount: 2 }],
    });
    const list = told<ExportPage>(await coach.get('/v1/exports?limit=1'));
    expect(list.items.map((copy) => copy.id)).toEqual([id]);
    expect((await otherCoach.get(`/v1/exports/${id}`)).statusCode).toBe(404);
    const others = told<ExportPage>(await otherCoach.get('/v1/exports?limit=100'));
    expect(others.items.map((copy) => copy.id)).not.toContain(id);
    for (const decide of [approve, refuse]) expect((await decide(id, otherCoach)).statusCode).toBe(404);
    expect((await coach.get(`/v1/exports/${id}/file`)).statusCode).toBe(404);
    expect((await coach.delete(`/v1/exports/${id}`)).statusCode).toBe(404);
  });

  it('shows a coach no other coach’s answer', async () => {
    await fileWithNotes(coach);
    await fileWithNotes(otherCoach);
    const { id } = await requestExport(admin, NOTES);
    told(await approve(id, otherCoach));
    expect((await seenExport(coach, id)).approvals).toEqual([
      { coachId: coach.id, coachName: 'Coen de Coach', noteCount: expect.any(Number) },
    ]);
    expect((await seenExport(admin, id)).approvals).toHaveLength(2);
    told(await admin.delete(`/v1/exports/${id}`));
    expect(await seenExport(admin, id)).toMatchObject({ status: 'cancelled' });
    const late = await approve(id, coach);
    expect([late.statusCode, problemOf(late), late.json().state]).toEqual([
      409,
      'export-already-decided',
      'cancelled',
    ]);
  });

  it('is over when one coach refuses, for good', async () => {
    await fileWithNotes(otherCoach);
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, NOTES);
    told(await approve(id, otherCoach));
    expect(told<ExportView>(await refuse(id))).toMatchObject({ status: 'refused' });
    // Said twice is said once.
    expect(told<ExportView>(await refuse(id))).toMatchObject({ status: 'refused' });
    expect(problemOf(await approve(id))).toBe('export-already-decided');
    await app.runJobs();
    const answer = await fileOf(admin, id);
    expect([answer.statusCode, answer.json().state]).toEqual([409, 'refused']);
    const events = await rows<{ event: string; on_behalf_of: string }>(
      app,
      "select event, on_behalf_of from audit_events where object_id = $1 and event in ('export.approved', 'export.refused') order by id",
      [id],
    );
    expect(events).toEqual([
      { event: 'export.approved', on_behalf_of: otherCoach.id },
      { event: 'export.refused', on_behalf_of: coach.id },
    ]);
    expect(clientId).toBeDefined();
  });

  it('is approved by who proved lately who they are', async () => {
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    app.clock.set(new Date(Date.now() + 11 * 60_000).toISOString());
    for (const decide of [approve, refuse]) expect(problemOf(await decide(id))).toBe('step-up-required');
    app.clock.reset();
    expect((await approve(id, admin)).statusCode).toBe(403);
    expect((await approve(id)).statusCode).toBe(200);
  });

  it('is approved by asking where the one coach concerned is who asks', async () => {
    const owner = await addUser(app, admin, {
      name: 'Eva Eigenaar',
      email: 'eva@een.example',
      roles: ['admin', 'coach'],
    });
    const { clientId } = await fileWithNotes(owner);
    const copy = await madeExport(app, owner, { ...NOTES, clientId });
    expect(copy).toMatchObject({ status: 'ready', approvals: [{ coachId: owner.id, decision: 'approved' }] });
    // Of another's file nobody approves by asking.
    const other = await fileWithNotes(otherCoach);
    const theirs = await requestExport(owner, { ...NOTES, clientId: other.clientId });
    expect(theirs.status).toBe('awaiting_approval');
  });

  it('is not fetched by who is no admin any more', async () => {
    const user = { name: 'Fenna Voorheen', email: 'fenna@een.example', roles: ['admin', 'coach'] };
    const { id: userId } = await addUser(app, admin, user);
    const signIn = async (): Promise<Caller> => {
      const credentials = { email: user.email, password: PASSWORD, practice: practice.slug };
      return new Caller(app, told<LoginTokens>(await new Caller(app).post('/v1/auth/login', credentials)));
    };
    const before = await signIn();
    await fileWithNotes(before);
    const own = { ...NOTES, coachId: userId };
    const copy = await madeExport(app, before, own);
    expect((await fileOf(before, copy.id)).statusCode).toBe(200);
    told(await admin.patch(`/v1/users/${userId}`, { roles: ['coach'] }));
    expect((await fileOf(before, copy.id)).statusCode).toBe(401);
    expect((await fileOf(await signIn(), copy.id)).statusCode).toBe(404);
  });

  it('is not made of more than was approved', async () => {
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    told(await approve(id));
    await handOver(app, clientId, otherCoach);
    await app.runJobs();
    expect(await seenExport(admin, id)).toMatchObject({
      status: 'failed',
      failure: { code: 'approval_outdated' },
    });
  });

  it('holds no private text whose coach has left the file', async () => {
    const { clientId, signedId } = await fileWithNotes(otherCoach);
    await handOver(app, clientId, coach);
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    told(await approve(id));
    await app.runJobs();
    const found = told<NoteRow[]>(await fileOf(admin, id));
    expect(found.find((note) => note.id === signedId)).toMatchObject({ body: null, addenda: [] });
  });

  it('is not made where a text is not what was signed', async () => {
    const { clientId, signedId } = await fileWithNotes();
    await rows(
      app,
      `update note_bodies set body = set_byte(body, 20, get_byte(body, 20) # 1) where note_id = $1`,
      [signedId],
    );
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    told(await approve(id));
    await app.runJobs();
    expect(await seenExport(admin, id)).toMatchObject({ status: 'failed', failure: { code: 'text_broken' } });
    const broken = await rows<{ client_id: string }>(
      app,
      "select client_id from audit_events where event = 'note.signature_broken' and object_id = $1",
      [signedId],
    );
    expect(broken).toEqual([{ client_id: clientId }]);
    expect((await fileOf(admin, id)).statusCode).toBe(409);
  });

  it('waits two weeks for an answer', async () => {
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    const housekeeping = app.get(Housekeeping);
    app.clock.set(new Date(Date.now() + 13 * 86_400_000).toISOString());
    await housekeeping.run();
    app.clock.set(new Date(Date.now() + 15 * 86_400_000).toISOString());
    const before = await rows<{ status: string }>(app, 'select status from exports where id = $1', [id]);
    expect(before).toEqual([{ status: 'awaiting_approval' }]);
    await housekeeping.run();
    app.clock.reset();
    expect(await seenExport(admin, id)).toMatchObject({
      status: 'failed',
      failure: { code: 'unanswered' },
    });
  });

  it('says in its manifest that it holds texts', async () => {
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, { ...NOTES, clientId, columns: ['id'] });
    told(await approve(id));
    await app.runJobs();
    const manifest = told<object>(await admin.get(`/v1/exports/${id}/manifest`));
    expect(manifest).toMatchObject({
      bodies: true,
      columns: [
        { name: 'id', kind: 'id' },
        { name: 'body', kind: 'text' },
        { name: 'addenda', kind: 'text' },
      ],
    });
  });
});

describe('the database itself', () => {
  /** As the serving role would ask, past the service. */
  async function asTask<T>(sql: string[], approved?: string): Promise<T[]> {
    const client = new Client({ connectionString: app.database.serving });
    await client.connect();
    try {
      await client.query(begin(taskOfJob(practice.id, 'export'), 'read write'));
      if (approved) await client.query(`set local app.approved_coaches = '${approved}'`);
      let found: unknown[] = [];
      for (const statement of sql) found = (await client.query(statement)).rows;
      return found as T[];
    } finally {
      await client.end();
    }
  }

  it('opens texts to the task for the coaches who approved, and for nobody else', async () => {
    await fileWithNotes(coach);
    await fileWithNotes(otherCoach);
    for (const table of ['note_bodies', 'note_addenda', 'client_keys']) {
      const all = `select distinct coach_id::text as id from ${table}`;
      expect(await asTask([all])).toEqual([]);
      expect(await asTask([all], coach.id)).toEqual([{ id: coach.id }]);
    }
  });

  it('opens what only a coach sees to the dossier of that coach, and to no other export', async () => {
    const { id: clientId } = await openFile(coach, { question: 'Waarom slaap ik niet?' });
    const { id: elsewhere } = await openFile(otherCoach, { question: 'Hoe kom ik tot rust?' });
    const all = 'select client_id::text as id from client_details';
    const whole = [`set local app.user_id = '${coach.id}'`, all];
    const idsOf = async (sql: string[], approved?: string): Promise<string[]> =>
      (await asTask<{ id: string }>(sql, approved)).map(({ id }) => id);
    expect(await idsOf([all], coach.id)).toEqual([]);
    expect(await idsOf(whole)).toEqual([]);
    expect(await idsOf(whole, otherCoach.id)).toEqual([]);
    const own = await idsOf(whole, coach.id);
    expect(own).toContain(clientId);
    expect(own).not.toContain(elsewhere);
  });

  it('lets no export with texts run that a coach has not approved', async () => {
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    for (const status of ['queued', 'running', 'ready']) {
      const sql = `update exports set status = '${status}' where id = '${id}'`;
      await expect(asTask([sql])).rejects.toMatchObject({ constraint: 'exports_bodies_are_approved' });
    }
  });

  it('lets nobody decide for a coach, and no coach decide twice', async () => {
    const { clientId } = await fileWithNotes();
    const { id } = await requestExport(admin, { ...NOTES, clientId });
    const yes = `update export_approvals set decision = 'approved', decided_at = now() where export_id = '${id}' returning 1`;
    expect(await asTask([yes])).toEqual([]);
    expect(await asTask([`set local app.user_id = '${otherCoach.id}'`, yes])).toEqual([]);
    told(await refuse(id));
    const again = [`set local app.user_id = '${coach.id}'`, yes];
    await expect(asTask(again)).rejects.toMatchObject({ constraint: 'export_approvals_decision_stays' });
  });
});

it('an export without texts waits for nobody', async () => {
  await fileWithNotes();
  const file = await exportedFile(app, admin, { records: 'notes', format: 'json' });
  expect(file.body).not.toMatch(/sliep|streepje/);
  expect(JSON.parse(file.body)[0]).not.toHaveProperty('body');
});
