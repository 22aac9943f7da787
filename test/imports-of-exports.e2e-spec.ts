import type { ExportView } from '../src/exports/export.dto.js';
import type { ClientView } from '../src/clients/client.dto.js';
import type { ImportView } from '../src/imports/import.dto.js';
import type { NoteView, OwnNoteView } from '../src/notes/note.dto.js';
import { rows } from './support/rows.js';
import { connected } from '../src/database/embedded/prepare-database.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { PURPOSE } from './support/exports.js';
import { bring, broughtIn, checked, JSON_FILE, NDJSON } from './support/imports.js';
import { addTo, strikeThrough, writeNote, writeSigned } from './support/notes.js';
import {
  acceptInvitation,
  invitationCode,
  openFile,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from './support/practice.js';
import { freeHour, longAgo, planSession } from './support/sessions.js';

let app: TestApp;
let from: TestPractice;
let client: ClientView;
let shared: NoteView;

/** A practice whose files hold all that an export tells of. */
beforeAll(async () => {
  app = await startApp();
  from = await openPractice(app);
  const { coach, otherCoach, admin } = from;
  client = await openFile(coach, {
    name: '=SOM(A1) "Zoë" O’Neill 🌿',
    phone: '+31612345678',
    company: 'Bakker; Ontwerp, bv',
  });
  // A family shares a mail address; each has a file.
  await openFile(coach, { name: 'Kind O’Neill', email: client.email });
  await openFile(coach, { email: undefined, language: 'en', consent: undefined });
  const closed = await openFile(otherCoach);
  told(await otherCoach.post(`/v1/clients/${closed.id}/closure`, { reason: 'De coaching is klaar.' }));
  const invited = await openFile(otherCoach);
  told(await admin.post(`/v1/clients/${invited.id}/invitation`));

  await planSession(coach, client.id, { location: 'Kade 1' });
  const held = await planSession(coach, client.id, { startsAt: longAgo(), priceCents: 9550, vatPercent: 21 });
  const off = await planSession(coach, client.id, { startsAt: freeHour(), kind: 'intake', mode: 'phone' });
  told(await coach.post(`/v1/sessions/${off.id}/cancellation`, { reason: 'Griep' }));
  await planSession(otherCoach, invited.id, { durationMinutes: 45 });

  await writeNote(coach, client.id, { body: 'Een concept.\n\nMet "regels" — en 🌿.' });
  told(
    await coach.post(`/v1/sessions/${held.id}/notes`, { visibility: 'private', body: 'Over een sessie.' }),
  );
  shared = await writeSigned(coach, client.id, { visibility: 'shared', body: 'Drie keer zuchten.' });
  shared = await addTo(coach, shared, 'Vier keer mag ook.');
  shared = await addTo(coach, shared, 'Vijf niet.');
  const mistake = await writeSigned(coach, client.id, { body: 'Dit was iemand anders.' });
  await strikeThrough(coach, mistake, 'Verkeerd dossier');
  await writeSigned(otherCoach, invited.id, { body: 'Van de andere coach.' });
}, 60_000);
afterAll(() => app.close());

type Records = 'clients' | 'sessions' | 'notes';
const ALL: readonly Records[] = ['clients', 'sessions', 'notes'];

/** The bytes of an export, approved by whoever has to. */
async function exported(of: TestPractice, records: Records, more: object = {}): Promise<string> {
  const bodies = records === 'notes';
  const asked = { records, format: 'json', purpose: PURPOSE, ...(bodies && { bodies }), ...more };
  const { id, approvals = [] } = told<ExportView>(await of.admin.post('/v1/exports', asked));
  for (const { coachId } of approvals) {
    const coach = [of.coach, of.otherCoach].find((one) => one.id === coachId)!;
    told(await coach.post(`/v1/exports/${id}/approval`));
  }
  await app.runJobs();
  const answer = await of.admin.get(`/v1/exports/${id}/file`);
  expect(answer.statusCode).toBe(200);
  return answer.body;
}

/** A practice in another installation, where the same people work: with the ids that they have there. */
async function practiceOfTheSamePeople(): Promise<TestPractice> {
  const made = await openPractice(app);
  const coach = await withId(made, `coen@${made.slug}.example`, from.coach.id);
  const otherCoach = await withId(made, `anders@${made.slug}.example`, from.otherCoach.id);
  return { ...made, coach, otherCoach };
}

/** Somebody whom the admin invites, who gets an id of elsewhere before anything hangs on it. */
async function withId({ id: practiceId, admin }: TestPractice, email: string, id: string): Promise<Caller> {
  const user = told<{ id: string }>(
    await admin.post('/v1/users', { name: 'Zelfde Coach', email, roles: ['coach'] }),
  );
  await connected(app.database.superuser, async (database) => {
    await database.query('update users set id = $3 where practice_id = $1 and id = $2', [
      practiceId,
      user.id,
      id,
    ]);
    await database.query(
      `update jobs.job set data = replace(data::text, $1, $2)::jsonb where name = 'mail-invitation' and data::text like '%' || $1 || '%'`,
      [user.id, id],
    );
  });
  await app.runJobs();
  return acceptInvitation(app, invitationCode(app, email));
}

const found = ({ problems }: ImportView): (string | number)[][] =>
  problems.map(({ row, column, code }) => (column ? [row, column, code] : [row, code]));

describe('an export of one installation, imported into another,', () => {
  it.each(['json', 'ndjson'])(
    'is exported from there with the same bytes, column for column (%s)',
    async (format) => {
      const to = await practiceOfTheSamePeople();
      for (const records of ALL) {
        const file = await exported(from, records, { format });
        expect(file.length).toBeGreaterThan(500);
        const brought = await broughtIn(app, to.admin, records, file, format === 'json' ? JSON_FILE : NDJSON);
        expect(brought).toMatchObject({ status: 'done', problems: [], alreadyThere: [] });
        expect(await exported(to, records, { format })).toBe(file);
      }
    },
  );

  it('with other coaches there has the same bytes but for who they are', async () => {
    const to = await openPractice(app);
    const coaches = `&coaches=${from.coach.id}:${to.coach.id},${from.otherCoach.id}:${to.otherCoach.id}`;
    const there = (file: string): string =>
      file.replaceAll(from.coach.id, to.coach.id).replaceAll(from.otherCoach.id, to.otherCoach.id);
    for (const records of ALL) {
      const file = await exported(from, records);
      const unknown = await checked(to.admin, records, file, JSON_FILE);
      expect(unknown.problems.map(({ code }) => code)).toContain('unknown_coach');
      told(await to.admin.delete(`/v1/imports/${unknown.id}`));
      await broughtIn(app, to.admin, records, file, JSON_FILE, coaches);
      expect(await exported(to, records)).toBe(there(file));
    }
    // Once more brings nothing: every row is known by its id.
    const again = await broughtIn(
      app,
      to.admin,
      'clients',
      await exported(from, 'clients'),
      JSON_FILE,
      coaches,
    );
    expect(again).toMatchObject({ status: 'done', alreadyThereCount: again.rowCount });
  });

  it('stands there as it stood here: signed, added to, struck through, read by its client', async () => {
    const to = await practiceOfTheSamePeople();
    for (const records of ALL)
      await broughtIn(app, to.admin, records, await exported(from, records), JSON_FILE);
    const note = told<NoteView>(await to.coach.get(`/v1/notes/${shared.id}`));
    expect(note).toMatchObject({
      status: 'signed',
      body: 'Drie keer zuchten.',
      signedBy: from.coach.id,
      signedAt: shared.signedAt,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      addenda: [{ body: 'Vier keer mag ook.' }, { body: 'Vijf niet.' }],
      importId: expect.any(String),
    });
    // What a signature covers names the practice: it is another one here.
    expect(note.sha256).not.toBe(shared.sha256);
    const all = told<{ items: NoteView[] }>(
      await to.coach.get(`/v1/clients/${client.id}/notes?limit=100`),
    ).items;
    expect(all.map(({ status }) => status).sort()).toEqual(['draft', 'draft', 'entered_in_error', 'signed']);
    expect(told<NoteView>(await to.admin.get(`/v1/notes/${shared.id}`))).not.toHaveProperty('body');
    // What is signed stays signed: it takes no other text.
    const changed = await to.coach.patch(`/v1/notes/${shared.id}`, { body: 'Anders' }, { 'if-match': '"1"' });
    expect(changed.statusCode).toBe(409);
    told(await to.coach.post(`/v1/clients/${client.id}/invitation`));
    await app.runJobs();
    const own = await acceptInvitation(app, invitationCode(app, client.email!));
    const { items } = told<{ items: OwnNoteView[] }>(await own.get('/v1/me/notes'));
    expect(items).toMatchObject([{ id: shared.id, body: 'Drie keer zuchten.' }]);
  });

  it('brings a client who signed in there without the account: everything else is the same', async () => {
    const there = await openPractice(app);
    const account = await openFileWithAccount(app, there.coach);
    const to = await openPractice(app);
    const coaches = `&coaches=${there.coach.id}:${to.coach.id}`;
    await broughtIn(app, to.admin, 'clients', await exported(there, 'clients'), JSON_FILE, coaches);
    const columns = [
      'id',
      'name',
      'email',
      'status',
      'hasConsent',
      'consentGivenOn',
      'createdAt',
      'invitedAt',
    ];
    expect(await exported(to, 'clients', { columns })).toBe(await exported(there, 'clients', { columns }));
    const [row] = JSON.parse(await exported(to, 'clients')) as Record<string, unknown>[];
    expect(row).toMatchObject({ id: account.clientId, hasAccount: false });
  });

  it('of clients as our CSV comes in too, with the cells that it guards against a spreadsheet', async () => {
    const to = await practiceOfTheSamePeople();
    for (const dialect of ['rfc4180', 'excel-nl']) {
      const file = await exported(from, 'clients', { format: 'csv', dialect });
      expect(file).toContain("'=SOM(A1)");
      const brought = await broughtIn(app, to.admin, 'clients', file);
      expect(brought).toMatchObject({ status: 'done', problems: [] });
    }
    expect(await exported(to, 'clients')).toBe(await exported(from, 'clients'));
  });

  it('is held against what is here: consent, its text, its sessions, what was signed, and what is erased', async () => {
    const to = await practiceOfTheSamePeople();
    const rowsOf = async (records: Records): Promise<Record<string, unknown>[]> =>
      JSON.parse(await exported(from, records)) as Record<string, unknown>[];
    const clients = await rowsOf('clients');
    const consenting = clients.findIndex(({ id }) => id === client.id);
    const changedAt = (changes: object): string =>
      JSON.stringify(clients.map((row, i) => (i === consenting ? { ...row, ...changes } : row)));
    const problemsOf = async (records: string, file: string): Promise<(string | number)[][]> =>
      found(await checked(to.admin, records, file, JSON_FILE));
    const row = consenting + 1;
    expect(await problemsOf('clients', changedAt({ consentTextVersion: 9 }))).toEqual([
      [row, 'consentTextVersion', 'unknown_consent_text'],
    ]);
    expect(await problemsOf('clients', changedAt({ consentGivenOn: null }))).toEqual([
      [row, 'consentGivenOn', 'consent_without_day'],
    ]);
    const withoutConsent = changedAt({ consentGivenOn: null, hasConsent: false });
    await broughtIn(app, to.admin, 'clients', withoutConsent, JSON_FILE);
    const notes = (await rowsOf('notes')).filter(({ clientId }) => clientId === client.id);
    const refused = await problemsOf('notes', JSON.stringify(notes));
    expect(refused.filter(([, , code]) => code === 'consent_required')).toHaveLength(notes.length);
    expect(refused.filter(([, , code]) => code === 'unknown_session')).toHaveLength(1);
    const other = await practiceOfTheSamePeople();
    await broughtIn(app, other.admin, 'clients', JSON.stringify(clients), JSON_FILE);
    const signed = notes.find(({ id }) => id === shared.id)!;
    const broken = [
      { ...signed, signedBy: null },
      {
        ...signed,
        id: crypto.randomUUID(),
        addenda: [{ body: 'x', signedBy: crypto.randomUUID(), signedAt: signed['signedAt'] }],
      },
      { ...signed, id: crypto.randomUUID(), addenda: 'x' },
      { ...signed, id: crypto.randomUUID(), status: 'draft' },
    ];
    expect(found(await checked(other.admin, 'notes', JSON.stringify(broken), JSON_FILE))).toEqual([
      [1, 'signedAt', 'signature_not_whole'],
      [2, 'addenda', 'unknown_coach'],
      [3, 'addenda', 'invalid'],
      [4, 'signedAt', 'signature_not_whole'],
      [4, 'addenda', 'signature_not_whole'],
    ]);
    await rows(
      app,
      `update clients set erased_at = now(), status = 'closed', closed_at = now(), email = null, phone = null, company = null,
              user_id = null, consent_id = null, invited_at = null where practice_id = $1 and id = $2`,
      [other.id, client.id],
    );
    expect(
      found(await checked(other.admin, 'clients', changedAt({ name: 'Weer terug' }), JSON_FILE)),
    ).toEqual([[row, 'id', 'erased_client']]);
    expect(found(await checked(other.admin, 'notes', JSON.stringify([signed]), JSON_FILE))).toEqual([
      [1, 'clientId', 'erased_client'],
    ]);
  });

  it('with a mapping that is none is refused', async () => {
    const { admin } = await openPractice(app);
    const answer = await bring(admin, 'clients', '[]', JSON_FILE, '&coaches=iemand');
    expect(answer.statusCode).toBe(422);
  });
});

describe('the database', () => {
  /** As the serving role, carrying the task as its transactions do. */
  const asTask = async (sql: string, task: string): Promise<unknown> =>
    connected(app.database.serving, async (database) => {
      await database.query('begin');
      await database.query(`set local app.practice_id = '${from.id}'; set local app.task = '${task}'`);
      return (await database.query(sql)).rows;
    });

  it('shows the task that imports no text, changes nothing for it, and lets no other bring in what was signed', async () => {
    for (const table of [
      'note_bodies',
      'note_addenda',
      'client_details',
      'session_details',
      'observations',
    ]) {
      expect(await asTask(`select 1 from ${table}`, 'import')).toEqual([]);
    }
    expect(await asTask('update notes set visibility = visibility returning id', 'import')).toEqual([]);
    await expect(
      asTask("update sessions set status = 'planned' where status = 'cancelled'", 'import'),
    ).rejects.toMatchObject({
      constraint: 'sessions_import_marks_only',
    });
    expect(await asTask('delete from sessions returning id', 'import')).toEqual([]);
    const brought = `insert into notes (practice_id, id, client_id, coach_id, author_id, visibility, status, text_version, created_at,
        updated_at, signed_at, signed_by, version)
      select practice_id, gen_random_uuid(), id, coach_id, coach_id, 'private', 'signed', 1, now(), now(), now(), coach_id, 1
        from clients where id = '${client.id}'`;
    for (const task of ['import', 'export', 'transfer']) {
      await expect(asTask(brought, task)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('lets an admin bring a file and not take it out again', async () => {
    await checked(from.admin, 'clients', 'name\nIemand\n');
    const seen = await connected(app.database.serving, async (database) => {
      await database.query('begin');
      await database.query(`set local app.practice_id = '${from.id}'; set local app.admin = 'on'`);
      return (await database.query('select * from import_contents')).rows as unknown[];
    });
    expect(seen).toEqual([]);
    expect(await rows(app, 'select 1 from import_contents where practice_id = $1', [from.id])).toHaveLength(
      1,
    );
  });
});
