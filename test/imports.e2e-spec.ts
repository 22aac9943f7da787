import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/common/package-root.js';
import { CLIENT_FIELDS, NOTE_FIELDS, SESSION_FIELDS } from '../src/imports/records/columns.js';
import { connected } from '../src/database/embedded/prepare-database.js';
import { Tenant } from '../src/database/tenant.js';
import type { AccessLogPage } from '../src/audit/access-log.dto.js';
import type { ClientPage, ClientView } from '../src/clients/client.dto.js';
import type { ImportPage, ImportView } from '../src/imports/import.dto.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { Jobs, taskOfJob } from '../src/jobs/jobs.js';
import type { NoteView } from '../src/notes/note.dto.js';
import type { ObservationView } from '../src/observations/observation.dto.js';
import type { SessionPage, SessionView } from '../src/sessions/session.dto.js';
import { ErasureLedger } from '../src/privacy/erasure/erasure-ledger.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { bring, broughtIn, checked, CSV, JSON_FILE, seenImport } from './support/imports.js';
import { sign } from './support/notes.js';
import {
  acceptInvitation,
  invitationCode,
  openFile,
  openPractice,
  type TestPractice,
} from './support/practice.js';
import { freeHour, planSession } from './support/sessions.js';
import { rows } from './support/rows.js';
import { sealAll } from './support/sealing.js';

let app: TestApp;
let practice: TestPractice;
let admin: Caller;
let coach: Caller;
let coachMail: string;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
// Each test has a practice of its own: what is on file is what it says.
beforeEach(async () => {
  practice = await openPractice(app);
  ({ admin, coach } = practice);
  coachMail = `coach@${practice.slug}.example`;
});
afterEach(() => app.clock.reset());

const lines = (...rows: string[]): string => rows.join('\r\n');
const clientsOf = async (by = admin): Promise<ClientView[]> =>
  told<ClientPage>(await by.get('/v1/clients?limit=100')).items;
const clientNamed = async (name: string): Promise<ClientView> => {
  const { id } = (await clientsOf()).find((client) => client.name === name)!;
  return told(await coach.get(`/v1/clients/${id}`));
};
const sessionsOf = async (by = admin): Promise<SessionView[]> =>
  told<SessionPage>(await by.get('/v1/sessions?limit=100')).items;
const notesOf = async (clientId: string, by = coach): Promise<NoteView[]> =>
  told<{ items: NoteView[] }>(await by.get(`/v1/clients/${clientId}/notes?limit=100`)).items;
/** Row, column and code of each problem, in one look. */
const found = ({ problems }: ImportView): (string | number)[][] =>
  problems.map(({ row, column, code }) => (column ? [row, column, code] : [row, code]));
const ofPractice = <Row>(sql: string): Promise<Row[]> => rows<Row>(app, sql, [practice.id]);
const countOf = async (table: string): Promise<number> =>
  (await ofPractice<{ n: number }>(`select count(*)::int as n from ${table} where practice_id = $1`))[0]!.n;
const auditOf = (id: string) =>
  rows(
    app,
    `select event, outcome, row_count as rows, user_id as by, task, ground from audit_events where object_id = $1 order by id`,
    [id],
  );

describe('clients from CSV', () => {
  it('come in with their consent and their question, under the words of other systems', async () => {
    const file = lines(
      'Naam;E-mail;Telefoon;Bedrijf;Coach;Status;Toestemming op;Toestemming via;Hulpvraag;Soort stress;Sinds',
      `Sanne Bakker;Sanne@Bakker.example;06-12345678;Bakker Ontwerp;${coachMail};actief;12-01-2026;papier;"Hoe kom ik; weer tot rust?";chronisch;2025-09-01`,
      `Jan de Wit;;;;${coachMail};;;;;;`,
    );
    const brought = await broughtIn(app, admin, 'clients', `\ufeff${file}`);
    expect(brought).toMatchObject({ status: 'done', rowCount: 2, problemCount: 0, alreadyThereCount: 0 });
    expect(await clientNamed('Sanne Bakker')).toMatchObject({
      email: 'sanne@bakker.example',
      phone: '+31612345678',
      company: 'Bakker Ontwerp',
      status: 'active',
      language: 'nl',
      coachId: coach.id,
      hasConsent: true,
      question: 'Hoe kom ik; weer tot rust?',
      stressKind: 'chronic',
      since: '2025-09-01',
    });
    const jan = await clientNamed('Jan de Wit');
    expect(jan).toMatchObject({ status: 'prospect', hasConsent: false });
    const { items } = told<{ items: object[] }>(
      await admin.get(`/v1/clients/${(await clientNamed('Sanne Bakker')).id}/consents`),
    );
    expect(items).toMatchObject([{ channel: 'paper', givenOn: '2026-01-12', textVersion: 1, inForce: true }]);
  });

  it('are checked all at once, and nothing is on file until they are started', async () => {
    const file = lines(
      'name,email,phone,coach,status,closedAt,consentGivenOn,question,schoenmaat',
      'A,geen adres,06 1,onbekend@nergens.example,slapend,,2099-01-01,,42',
      `,b@example.nl,,${coachMail},active,2026-01-01,,Wat nu?,42`,
      `C,c@example.nl,,${coachMail},,,,,42`,
    );
    const dry = await checked(admin, 'clients', file);
    expect(dry).toMatchObject({ status: 'checked', rowCount: 3 });
    expect(found(dry)).toEqual([
      [1, 'I', 'column_unknown'],
      [2, 'email', 'invalid'],
      [2, 'phone', 'invalid'],
      [2, 'status', 'invalid'],
      [2, 'coach', 'unknown_coach'],
      [2, 'consentGivenOn', 'in_the_future'],
      [3, 'name', 'missing'],
      [3, 'closedAt', 'closed_since'],
      [3, 'question', 'consent_required'],
    ]);
    expect(dry.problems[8]!.reason).toBe(
      'Without the consent of the client nothing about their health comes in here. Fill in the consent, or leave this out.',
    );
    const dutch = told<ImportView>(await admin.get(`/v1/imports/${dry.id}`, { 'accept-language': 'nl' }));
    expect(dutch.problems[8]!.reason).toContain('Zonder toestemming');
    expect(JSON.stringify(dry)).not.toContain('Wat nu?');
    const refused = await admin.post(`/v1/imports/${dry.id}/start`);
    expect([refused.statusCode, problemOf(refused)]).toEqual([409, 'import-has-problems']);
    await app.runJobs();
    expect(await clientsOf()).toEqual([]);
  });

  it('who are on file already are passed over: by mail, then by name and phone', async () => {
    await openFile(coach, { name: 'Sanne Bakker', email: 'sanne@bakker.example', phone: '+31612345678' });
    await openFile(coach, { name: 'Piet Jansen', email: 'piet@jansen.example', phone: '+31687654321' });
    const file = lines(
      'name,email,phone,coach',
      `Iemand Anders,SANNE@bakker.example,,${coachMail}`,
      `piet  JANSEN,nieuw@jansen.example,0687654321,${coachMail}`,
      `Piet Jansen,anders@jansen.example,0612345678,${coachMail}`,
    );
    const brought = await broughtIn(app, admin, 'clients', file);
    expect(brought).toMatchObject({ status: 'done', rowCount: 3, alreadyThere: [2, 3] });
    expect((await clientsOf()).map(({ email }) => email).sort()).toEqual([
      'anders@jansen.example',
      'piet@jansen.example',
      'sanne@bakker.example',
    ]);
    // The same file once more brings nobody in twice.
    const again = await broughtIn(app, admin, 'clients', file);
    expect(again).toMatchObject({ status: 'done', alreadyThere: [2, 3, 4] });
    expect(await clientsOf()).toHaveLength(3);
  });

  it('who stand in the file twice are not brought in', async () => {
    const file = lines(
      'name,email,phone,coach',
      `A,a@example.nl,,${coachMail}`,
      `B,A@example.nl,,${coachMail}`,
      `C,,0612345678,${coachMail}`,
      `c,,+31612345678,${coachMail}`,
    );
    expect(found(await checked(admin, 'clients', file))).toEqual([
      [3, 'twice_in_file'],
      [5, 'twice_in_file'],
    ]);
  });

  it('who were erased do not come back', async () => {
    const id = crypto.randomUUID();
    await app.get(ErasureLedger).append([{ practiceId: practice.id, clientId: id }]);
    const file = lines('id,name,coach', `${id},Weg,${coachMail}`);
    expect(found(await checked(admin, 'clients', file))).toEqual([[2, 'id', 'erased_client']]);
  });

  it('that are no CSV, or not what they say, are told so', async () => {
    expect(found(await checked(admin, 'clients', 'name,coach\na,b\n"nooit dicht,'))).toEqual([
      [3, 'unreadable'],
    ]);
    expect(found(await checked(admin, 'clients', `name,coach\na,${coachMail},c`))).toEqual([
      [2, 'too_many_cells'],
    ]);
    const words = `name,coach,language,status,stressKind\na,${coachMail},constructor,toString,__proto__`;
    expect(found(await checked(admin, 'clients', words))).toEqual([
      [2, 'language', 'invalid'],
      [2, 'status', 'invalid'],
      [2, 'stressKind', 'invalid'],
    ]);
    expect(found(await checked(admin, 'clients', 'name,coach'))).toEqual([[1, 'empty']]);
    expect(found(await checked(admin, 'clients', '{"name":"A"}', JSON_FILE))).toEqual([[1, 'unreadable']]);
    expect(found(await checked(admin, 'clients', 'email\na@example.nl\n'))).toEqual([
      [1, 'name', 'column_missing'],
      [2, 'coach', 'missing'],
    ]);
    const rows = Array.from({ length: 10_001 }, (_, i) => `Naam ${i}`).join('\n');
    expect(found(await checked(admin, 'clients', `name\n${rows}`))).toEqual([[10_001, 'too_many_rows']]);
    const other = await bring(admin, 'clients', 'x', { 'content-type': 'image/png' });
    expect([other.statusCode, problemOf(other)]).toEqual([415, 'unsupported-media-type']);
    const large = await bring(admin, 'clients', Buffer.alloc(8 * 1_048_576 + 1, 'a'));
    expect([large.statusCode, problemOf(large)]).toEqual([413, 'import-too-large']);
    const unknown = await bring(admin, 'logs', 'x');
    expect(unknown.statusCode).toBe(422);
  });

  it('that are too large are answered, also over a connection of their own, whether they say so or not', async () => {
    await app.fastify.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.fastify.server.address() as AddressInfo;
    const send = (body: Buffer | ReadableStream): Promise<globalThis.Response> =>
      fetch(`http://127.0.0.1:${port}/v1/imports?records=clients`, {
        method: 'POST',
        headers: { ...CSV, authorization: `Bearer ${admin.tokens!.accessToken}` },
        body,
        duplex: 'half',
      } as RequestInit);
    const large = Buffer.alloc(12 * 1_048_576, 'a');
    for (const body of [large, new Blob([large]).stream()]) {
      const answer = await send(body);
      expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
        413,
        'urn:ademruimte:problem:import-too-large',
      ]);
    }
    const right = await send(Buffer.from(lines('name,coach', `Kim,${coachMail}`)));
    expect([right.status, ((await right.json()) as ImportView).problems]).toEqual([201, []]);
  });

  it('saved by an Excel of before keep their accents', async () => {
    const file = Buffer.from(lines('name;coach', `Zoë Müller;${coachMail}`), 'latin1');
    await broughtIn(app, admin, 'clients', file);
    expect(await clientNamed('Zoë Müller')).toBeDefined();
  });
});

describe('sessions from CSV', () => {
  const fileOf = (...rows: string[]): string =>
    lines(
      'client,startsAt,durationMinutes,kind,mode,status,price,vat,location,tensionBefore,tensionAfter,takeHome',
      ...rows,
    );

  it('come in by the clock of the practice, with what was observed and where it was', async () => {
    const client = await openFile(coach, { email: 'sanne@bakker.example' });
    const file = fileOf(
      'sanne@bakker.example,2026-03-02 10:30,45,intake,in_person,completed,"95,00",21,"Kade 1, Zwolle",7,4,Drie keer zuchten',
      `sanne@bakker.example,${freeHour()},60,vervolg,online,gepland,,,,,,`,
    );
    expect(await broughtIn(app, admin, 'sessions', file)).toMatchObject({ status: 'done', rowCount: 2 });
    const sessions = await sessionsOf(coach);
    const held = sessions.find(({ kind }) => kind === 'intake')!;
    expect(held).toMatchObject({
      clientId: client.id,
      givenBy: coach.id,
      startsAt: '2026-03-02T09:30:00.000Z',
      durationMinutes: 45,
      mode: 'in_person',
      status: 'completed',
      priceCents: 9500,
      vatPercent: 21,
      location: 'Kade 1, Zwolle',
    });
    expect(sessions.find(({ kind }) => kind === 'follow_up')).toMatchObject({
      mode: 'video',
      status: 'planned',
    });
    const observed = told<ObservationView>(await coach.get(`/v1/sessions/${held.id}/observation`));
    expect(observed).toMatchObject({ tensionBefore: 7, tensionAfter: 4, takeHome: 'Drie keer zuchten' });
    // Nothing of it lies there in plain text.
    const [row] = await rows<{ sealed: Buffer }>(
      app,
      'select take_home as sealed from observations where session_id = $1',
      [held.id],
    );
    expect(row!.sealed.includes('zuchten')).toBe(false);
  });

  it('say what is wrong with each row: whose it is, without consent, at a taken time, not held yet', async () => {
    const client = await openFile(coach, { email: 'a@example.nl' });
    await openFile(coach, { email: 'zonder@example.nl', consent: undefined });
    const taken = await planSession(coach, client.id, { durationMinutes: 60 });
    const halfway = new Date(Date.parse(taken.startsAt) + 1_800_000).toISOString();
    const later = freeHour();
    const file = fileOf(
      `wie@example.nl,2026-03-02 10:30,45,intake,video,completed,,,,,,`,
      `zonder@example.nl,2026-03-02 10:30,45,intake,video,completed,,,,7,,Rust`,
      `a@example.nl,${halfway},45,intake,video,planned,,,,,,`,
      `a@example.nl,${later},45,intake,video,completed,,,,,,`,
      `a@example.nl,1950-01-01,45,intake,video,completed,,,,11,,`,
      `a@example.nl,2026-03-29 02:30,600,intake,video,completed,,,,,,`,
      `,2026-03-30 02:30,45,intake,video,completed,,,,,,`,
    );
    expect(found(await checked(admin, 'sessions', file))).toEqual([
      [2, 'client', 'unknown_client'],
      [3, 'tensionBefore', 'consent_required'],
      [3, 'takeHome', 'consent_required'],
      [4, 'startsAt', 'coach_occupied'],
      [4, 'startsAt', 'client_occupied'],
      [5, 'status', 'not_yet_held'],
      [6, 'tensionBefore', 'invalid'],
      [6, 'startsAt', 'out_of_range'],
      [7, 'durationMinutes', 'invalid'],
      [8, 'client', 'missing'],
    ]);
  });

  it('leave whoever asked that alone, and plan nothing in a closed file', async () => {
    const closed = await openFile(coach, { email: 'dicht@example.nl' });
    told(await coach.post(`/v1/clients/${closed.id}/closure`, { reason: 'De coaching is klaar.' }));
    const held = await openFile(coach, { email: 'rust@example.nl' });
    told(
      await admin.post('/v1/data-requests', {
        clientId: held.id,
        kind: 'restriction',
        details: 'Laat mijn gegevens even met rust.',
      }),
    );
    const file = fileOf(
      `dicht@example.nl,${freeHour()},45,intake,video,planned,,,,,,`,
      'dicht@example.nl,2026-03-02 10:30,45,intake,video,completed,,,,,,',
      'rust@example.nl,2026-03-02 12:30,45,intake,video,completed,,,,,,',
    );
    expect(found(await checked(admin, 'sessions', file))).toEqual([
      [2, 'status', 'file_closed'],
      [4, 'client', 'data_held'],
    ]);
  });

  it('that are on file already are passed over, and two of one file do not overlap', async () => {
    await openFile(coach, { email: 'a@example.nl' });
    const first = fileOf('a@example.nl,2026-03-02 10:30,45,intake,video,completed,,,,,,');
    await broughtIn(app, admin, 'sessions', first);
    expect(await checked(admin, 'sessions', `${first}\n`)).toMatchObject({ alreadyThere: [2], problems: [] });
    const at = freeHour();
    const twice = fileOf(
      `a@example.nl,${at},45,intake,video,planned,,,,,,`,
      `a@example.nl,${new Date(Date.parse(at) + 60_000).toISOString()},45,intake,video,planned,,,,,,`,
      `a@example.nl,${at},45,evaluation,video,planned,,,,,,`,
    );
    expect(found(await checked(admin, 'sessions', twice))).toEqual([
      [3, 'startsAt', 'coach_occupied'],
      [3, 'startsAt', 'client_occupied'],
      [4, 'twice_in_file'],
      [4, 'startsAt', 'coach_occupied'],
      [4, 'startsAt', 'client_occupied'],
    ]);
  });
});

describe('notes from CSV', () => {
  it('come in as drafts with their date, which their coach reads and signs and the admin does not', async () => {
    const client = await openFile(coach, {
      name: 'Sanne Bakker',
      email: 'sanne@bakker.example',
      phone: '+31612345678',
    });
    const file = lines(
      'naam cliënt,telefoon cliënt,datum,tekst',
      'sanne bakker,0612345678,2024-05-06 09:00,"Adem zat hoog.\nSchouders zakten."',
    );
    const brought = await broughtIn(app, admin, 'notes', file);
    expect(brought).toMatchObject({ status: 'done', rowCount: 1 });
    const [note] = await notesOf(client.id);
    expect(note).toMatchObject({
      status: 'draft',
      visibility: 'private',
      authorId: coach.id,
      createdAt: '2024-05-06T07:00:00.000Z',
      body: 'Adem zat hoog.\nSchouders zakten.',
    });
    expect((await notesOf(client.id, admin))[0]).not.toHaveProperty('body');
    expect(await sign(coach, note!)).toMatchObject({ status: 'signed', signedBy: coach.id });
    expect(await checked(admin, 'notes', `${file}\n`)).toMatchObject({ alreadyThere: [2], problems: [] });
  });

  it('without consent, of another coach, signed, or of nobody are refused, and no word of them is told', async () => {
    await openFile(coach, { email: 'a@example.nl' });
    await openFile(coach, { email: 'zonder@example.nl', consent: undefined });
    const file = lines(
      'client,author,date,status,body',
      'zonder@example.nl,,2024-05-06,,Geheim een',
      `a@example.nl,olga@${practice.slug}.example,2024-05-06,,Geheim twee`,
      'a@example.nl,,2024-05-06,signed,Geheim drie',
      'b@example.nl,,2099-05-06,,Geheim vier',
      'a@example.nl,,2024-05-06,,',
    );
    const dry = await bring(admin, 'notes', file);
    expect(found(told<ImportView>(dry))).toEqual([
      [2, 'body', 'consent_required'],
      [3, 'author', 'draft_of_another'],
      [4, 'status', 'signed_only_in_json'],
      [4, 'signedAt', 'signature_not_whole'],
      [5, 'client', 'unknown_client'],
      [5, 'createdAt', 'in_the_future'],
      [6, 'body', 'missing'],
    ]);
    expect(dry.body).not.toContain('Geheim');
    expect(app.logged.join('\n')).not.toContain('Geheim');
    const problems = await ofPractice<{ problems: unknown }>(
      'select problems from imports where practice_id = $1',
    );
    expect(JSON.stringify(problems)).not.toContain('Geheim');
  });
});

describe('what is written about it', () => {
  const guide = readFileSync(join(PACKAGE_ROOT, 'docs/imports.md'), 'utf8');

  it('names every column, and nothing that is none', () => {
    for (const [title, fields] of Object.entries({
      Clients: CLIENT_FIELDS,
      Sessions: SESSION_FIELDS,
      Notes: NOTE_FIELDS,
    })) {
      const [, part = ''] = new RegExp(`## ${title}\\n([^]*?)(?=\\n## |$)`).exec(guide) ?? [];
      const named = [...part.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
      expect([title, named.sort()]).toEqual([title, Object.keys(fields).sort()]);
    }
  });

  it('shows files that come in', async () => {
    const files = [...guide.matchAll(/```csv\n([^]*?)```/g)].map(([, file]) =>
      file!.replaceAll('coen@praktijk.example', coachMail),
    );
    expect(files).toHaveLength(3);
    for (const [i, records] of ['clients', 'sessions', 'notes'].entries()) {
      const brought = await broughtIn(app, admin, records, files[i]!);
      expect(brought).toMatchObject({ status: 'done', problems: [], rowCount: 2 });
    }
  });
});

describe('an import', () => {
  const file = (): string =>
    lines('name,email,coach', `Sanne,sanne@bakker.example,${coachMail}`, `Jan,,${coachMail}`);

  it('lies sealed until it is brought in, and is gone then', async () => {
    const { id, sha256 } = await checked(admin, 'clients', file());
    expect(sha256).toBe(createHash('sha256').update(file()).digest('hex'));
    const [kept] = await ofPractice<{ content: Buffer }>(
      'select content from import_contents where practice_id = $1',
    );
    expect(kept!.content.includes('Sanne')).toBe(false);
    expect(kept!.content.includes('bakker')).toBe(false);
    told(await admin.post(`/v1/imports/${id}/start`));
    await app.runJobs();
    expect(await countOf('import_contents')).toBe(0);
  });

  it('is all or nothing: what the database refuses at the last row leaves no first', async () => {
    const { id } = await checked(admin, 'clients', file());
    told(await admin.post(`/v1/imports/${id}/start`));
    await refusing(
      'clients',
      "new.name = 'Jan' and new.practice_id = '" + practice.id + "'",
      'check_violation',
      async () => {
        await app.runJobs();
      },
    );
    const failed = await seenImport(admin, id);
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'conflict' } });
    for (const table of ['clients', 'client_keys', 'consents', 'import_contents'])
      expect(await countOf(table)).toBe(0);
    expect(await auditOf(id)).toMatchObject([
      { event: 'import.checked' },
      { event: 'import.started' },
      { event: 'import.failed', outcome: 'failed', task: 'import', ground: 'conflict' },
      { event: 'import.read' },
    ]);
  });

  it('whose run is cut off half way is taken up again, whole, and is not done twice', async () => {
    const { id } = await checked(admin, 'clients', file());
    told(await admin.post(`/v1/imports/${id}/start`));
    // As when the worker, or its connection, ends between two statements.
    await refusing(
      'consents_or_keys',
      "new.practice_id = '" + practice.id + "'",
      'admin_shutdown',
      async () => {
        await expect(app.runJobs()).rejects.toThrow();
      },
    );
    expect(await countOf('clients')).toBe(0);
    expect(await seenImport(admin, id)).toMatchObject({ status: 'queued' });
    await enqueueAgain(id);
    await enqueueAgain(id);
    await app.runJobs();
    expect(await seenImport(admin, id)).toMatchObject({ status: 'done' });
    expect(await countOf('clients')).toBe(2);
    const finished = (await auditOf(id)).filter(({ event }) => event === 'import.finished');
    expect(finished).toHaveLength(1);
    expect(finished[0]).toMatchObject({
      rows: 2,
      task: 'import',
      ground: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
  });

  it('that got lost in the queue is started again by who brought it', async () => {
    const { id } = await checked(admin, 'clients', file());
    told(await admin.post(`/v1/imports/${id}/start`));
    await rows(app, "delete from jobs.job where name = 'run-import'");
    await app.runJobs();
    expect(await seenImport(admin, id)).toMatchObject({ status: 'queued' });
    expect(told<ImportView>(await admin.post(`/v1/imports/${id}/start`))).toMatchObject({ status: 'queued' });
    await app.runJobs();
    expect(await seenImport(admin, id)).toMatchObject({ status: 'done' });
    expect((await admin.post(`/v1/imports/${id}/start`)).statusCode).toBe(409);
  });

  it('is checked once more before it is written: who came on file meanwhile is passed over, or stops it', async () => {
    const { id } = await checked(admin, 'clients', file());
    await openFile(coach, { name: 'Sanne', email: 'sanne@bakker.example' });
    told(await admin.post(`/v1/imports/${id}/start`));
    await app.runJobs();
    expect(await seenImport(admin, id)).toMatchObject({ status: 'done', alreadyThere: [2] });
    const other = await checked(admin, 'clients', lines('name,coach', `Kim,olga@${practice.slug}.example`));
    told(await admin.post(`/v1/users/${practice.otherCoach.id}/disabling`));
    told(await admin.post(`/v1/imports/${other.id}/start`));
    await app.runJobs();
    expect(await seenImport(admin, other.id)).toMatchObject({
      status: 'failed',
      failure: { code: 'rows_refused' },
      problems: [{ row: 2, column: 'coach', code: 'coach_left' }],
    });
  });

  it('is one at a time of the same file, and can be cancelled', async () => {
    const { id } = await checked(admin, 'clients', file());
    const twice = await bring(admin, 'clients', file());
    expect([twice.statusCode, problemOf(twice)]).toEqual([409, 'import-under-way']);
    expect((await admin.delete(`/v1/imports/${id}`)).statusCode).toBe(204);
    expect(await countOf('import_contents')).toBe(0);
    expect(await seenImport(admin, id)).toMatchObject({ status: 'cancelled' });
    expect((await admin.post(`/v1/imports/${id}/start`)).statusCode).toBe(409);
    expect(await broughtIn(app, admin, 'clients', file())).toMatchObject({ status: 'done' });
    expect((await auditOf(id)).map(({ event }) => event)).toEqual([
      'import.checked',
      'import.cancelled',
      'import.read',
    ]);
  });

  it('that nobody starts within a week is thrown away', async () => {
    app.clock.set('2026-06-01T10:00:00Z');
    const { id, expiresAt } = await checked(admin, 'clients', file());
    expect(expiresAt).toBe('2026-06-08T10:00:00.000Z');
    app.clock.set('2026-06-08T10:00:00Z');
    await app.get(Housekeeping).run();
    expect(await countOf('import_contents')).toBe(0);
    app.clock.reset();
    expect(await seenImport(admin, id)).toMatchObject({ status: 'cancelled' });
  });

  it('sent twice with one Idempotency-Key is brought once; with another file it is refused', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const first = told<ImportView>(await bring(admin, 'clients', file(), { ...CSV, ...key }));
    const second = told<ImportView>(await bring(admin, 'clients', file(), { ...CSV, ...key }));
    expect(second.id).toBe(first.id);
    const differs = await bring(admin, 'clients', `${file()}\n`, { ...CSV, ...key });
    expect(problemOf(differs)).toBe('repeat-differs');
  });

  it('stands in the list of the practice, with who brought it, and in no other', async () => {
    const { id } = await checked(admin, 'clients', file());
    const page = told<ImportPage>(await admin.get('/v1/imports'));
    expect(page.items).toMatchObject([
      { id, records: 'clients', format: 'csv', requestedBy: admin.id, rowCount: 2 },
    ]);
    const elsewhere = await openPractice(app);
    expect(told<ImportPage>(await elsewhere.admin.get('/v1/imports')).items).toEqual([]);
    expect((await elsewhere.admin.get(`/v1/imports/${id}`)).statusCode).toBe(404);
    expect((await coach.get(`/v1/imports/${id}`)).statusCode).toBe(403);
  });

  it('of an admin who is one no more is not brought in', async () => {
    const { id } = await checked(admin, 'clients', file());
    told(await admin.post(`/v1/imports/${id}/start`));
    await rows(app, "update users set roles = '{coach}' where id = $1", [admin.id]);
    await app.runJobs();
    expect(await ofPractice('select status, failure from imports where practice_id = $1')).toEqual([
      { status: 'failed', failure: 'requester_left' },
    ]);
    expect(await countOf('clients')).toBe(0);
  });

  it('is told to the client in their access log', async () => {
    await broughtIn(
      app,
      admin,
      'clients',
      lines('name,email,coach,consentGivenOn', `Sanne,sanne@log.example,${coachMail},2026-01-05`),
    );
    const { id } = await clientNamed('Sanne');
    told(await coach.post(`/v1/clients/${id}/invitation`));
    await app.runJobs();
    const client = await acceptInvitation(app, invitationCode(app, 'sanne@log.example'));
    await sealAll(app, practice.id);
    const { items } = told<AccessLogPage>(await client.get('/v1/me/access-log?limit=100'));
    expect(items.map(({ event }) => event)).toContain('import.finished');
  });
});

/** While something is done, the database refuses rows: as a row that it does not take, or as a connection that ends. */
async function refusing(table: string, when: string, how: string, work: () => Promise<void>): Promise<void> {
  const on = table === 'consents_or_keys' ? 'client_keys' : table;
  await connected(app.database.superuser, async (client) => {
    await client.query(`create function refuse_rows() returns trigger language plpgsql as $$
      begin
        if ${when} then raise exception 'refused by a test' using errcode = '${how}'; end if;
        return new;
      end $$`);
    await client.query(
      `create trigger refuse_rows before insert on ${on} for each row execute function refuse_rows()`,
    );
    try {
      await work();
    } finally {
      await client.query(`drop trigger refuse_rows on ${on}`);
      await client.query('drop function refuse_rows');
    }
  });
}

/** Puts the job of an import in the queue once more, as after a crash. */
const enqueueAgain = (importId: string): Promise<void> =>
  app
    .get(Tenant)
    .change(taskOfJob(practice.id, 'import'), (tx) =>
      app.get(Jobs).enqueue(tx, 'run-import', { practiceId: practice.id, importId }),
    );
