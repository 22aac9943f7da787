import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import type { ClientView } from '../src/clients/client.dto.js';
import { taskOfJob } from '../src/jobs/jobs.js';
import { Settings } from '../src/config/settings.js';
import { Tenant } from '../src/database/tenant.js';
import { FILE_TABLES } from '../src/dossier/file-transfer.queries.js';
import type { ExportView } from '../src/exports/export.dto.js';
import type { DataRequestDetail } from '../src/privacy/data-request.dto.js';
import { DROPPED_OF_FILE, DROPPED_OF_USER, KEPT } from '../src/privacy/erasure/erased-rows.js';
import { aimAt } from '../src/privacy/erasure/erasure.queries.js';
import { ErasureLedger } from '../src/privacy/erasure/erasure-ledger.js';
import { ErasureReplay } from '../src/privacy/erasure/erasure-replay.js';
import { ErasureRun, ErasuresFailed } from '../src/privacy/erasure/erasure-run.js';
import { Erasing } from '../src/privacy/erasure/erasing.js';
import { FIELD_CATALOGUE } from '../src/register/field-catalogue.js';
import { RetentionRun } from '../src/retention/retention-run.js';
import type { SessionView } from '../src/sessions/session.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { Caller, told } from './support/caller.js';
import { assign, today } from './support/homework.js';
import { addTo, seen, strikeThrough, writeNote, writeSigned } from './support/notes.js';
import {
  openFile,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';
import { sealAll } from './support/sealing.js';
import { freeHour, longAgo, NOTHING_SEEN, plan, planSession, refusalOf } from './support/sessions.js';

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
const hours = (): Promise<void> => app.get(ErasureRun).run();
const ledgerFile = (): string => app.get(Settings).erasureLedgerFile;
const inLedger = (): string => (existsSync(ledgerFile()) ? readFileSync(ledgerFile(), 'utf8') : '');
const afterGrace = (days = 7): void => app.clock.set(new Date(Date.now() + days * DAY_MS).toISOString());

/** The client asks, the admin approves. */
async function approved(client: Caller): Promise<DataRequestDetail> {
  const { id } = told<DataRequestDetail>(await client.post('/v1/me/data-requests', { kind: 'erasure' }));
  return told(await admin.post(`/v1/data-requests/${id}/approval`));
}

async function erased(client: Caller): Promise<DataRequestDetail> {
  const request = await approved(client);
  afterGrace();
  await hours();
  return request;
}

const tombstone = async (id: string) => (await rows(app, 'select * from clients where id = $1', [id]))[0]!;
const keyOf = (id: string) => rows(app, 'select from client_keys where client_id = $1', [id]);

/** Every row of every table, of every schema that is ours. */
async function dump(): Promise<string> {
  const tables = await rows<{ schema: string; name: string }>(
    app,
    `select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(60);
  const parts: string[] = [];
  for (const { schema, name } of tables) {
    const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
    const [all] = await rows<{ text: string | null }>(
      app,
      `select string_agg(t::text, e'\\n') as text from ${table} t`,
    );
    parts.push(`${schema}.${name}\n${all!.text ?? ''}`);
  }
  return parts.join('\n');
}

/** Names of the files in the file store, and all that is in them. */
function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

describe('an erasure', () => {
  it('leaves no trace of who it was and what was told, in any table or file', async () => {
    const marks: string[] = [];
    const mark = (before = ''): string => {
      marks.push(`${before}${randomBytes(8).toString('hex')}`);
      return marks.at(-1)!;
    };
    const who = {
      name: `Wilhelmina ${mark('Wissema')}`,
      email: `${mark('wis')}@ergens.example`,
      company: mark('Windvlaag'),
      phone: '+31612349876',
      question: mark('vraag'),
    };
    const client = await openFileWithAccount(app, coach, who);
    const { clientId } = client;
    const other = await openFileWithAccount(app, coach, { name: 'Klaartje Klaarblijkelijk' });
    await fillFile(client, mark);
    await wholeCopies(client);
    const [key] = await rows<{ wrapped: string }>(
      app,
      `select encode(wrapped, 'hex') as wrapped from client_keys where client_id = $1`,
      [clientId],
    );
    const [user] = await rows<{ id: string }>(app, 'select user_id as id from clients where id = $1', [
      clientId,
    ]);
    const before = await dump();
    // What the search below looks for is really there to be found.
    for (const said of [who.name, who.email, who.company, who.phone, key!.wrapped]) {
      expect([said, before.includes(said)]).toEqual([said, true]);
    }
    // Sealed texts are told apart by what they are sealed as.
    const sealed = await sealedOf(clientId);
    expect(sealed.length).toBeGreaterThan(15);
    expect(filesOf(app.get(Settings).filesDir).length).toBeGreaterThan(1);
    // A mail that waits, and a job that names who signs in.
    told(await new Caller(app).post('/v1/auth/password-resets', { email: who.email }));

    await erased(client);
    await sealAll(app, practice.id);

    const after = await dump();
    for (const said of [...marks, who.phone, key!.wrapped, ...sealed]) {
      expect([said.slice(0, 60), after.includes(said)]).toEqual([said.slice(0, 60), false]);
    }
    expect(after).toContain('Klaartje Klaarblijkelijk');
    const left = await tablesNaming(clientId, user!.id);
    expect(left).toEqual(['audit_event_clients', 'audit_events', 'clients', 'data_requests', 'sessions']);
    const files = filesOf(app.get(Settings).filesDir).filter((name) => name.startsWith('exports'));
    expect(files.filter((name) => name.includes(practice.id))).toEqual([]);
    // Somebody else's file is as it was.
    expect((await other.get('/v1/me')).statusCode).toBe(200);
    expect(await keyOf(other.clientId)).toHaveLength(1);
    await app.runJobs();
  }, 60_000);

  it('leaves a tombstone without content, and that it was asked and done', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await erased(client);
    expect(await tombstone(client.clientId)).toMatchObject({
      name: 'Gewist dossier',
      email: null,
      phone: null,
      company: null,
      user_id: null,
      consent_id: null,
      invited_at: null,
      status: 'closed',
      erased_at: app.clock.now(),
    });
    expect(told(await admin.get(`/v1/data-requests/${id}`))).toMatchObject({ status: 'completed' });
    const [event] = await rows(
      app,
      `select task, ground, client_id from audit_events where practice_id = $1 and event = 'client.erased'`,
      [practice.id],
    );
    expect(event).toEqual({ task: 'erasure', ground: 'request', client_id: client.clientId });
  });

  it('keeps what the tax office asks for, seven years: dates, durations and prices, and no words', async () => {
    const client = await openFileWithAccount(app, coach);
    const { clientId } = client;
    const paid = { priceCents: 9500, vatPercent: 21, mode: 'in_person', location: 'Bij de vijver' };
    const held = await planSession(coach, clientId, { ...paid, startsAt: longAgo() });
    told(await coach.post(`/v1/sessions/${held.id}/completion`, {}));
    await planSession(coach, clientId, { startsAt: freeHour(), priceCents: 9500, vatPercent: 21 });
    await erased(client);
    const left = await rows<{ id: string; price_cents: number }>(
      app,
      'select id, price_cents, status from sessions where client_id = $1',
      [clientId],
    );
    expect(left).toEqual([{ id: held.id, price_cents: 9500, status: 'completed' }]);
    expect(await rows(app, 'select from session_details where client_id = $1', [clientId])).toEqual([]);
    await rows(
      app,
      `update sessions set starts_at = '2017-03-01', ends_at = '2017-03-01T01:00Z',
      occupied_from = '2017-03-01', occupied_until = '2017-03-01T01:00Z' where id = $1`,
      [held.id],
    );
    await app.get(RetentionRun).run();
    expect(await rows(app, 'select from sessions where client_id = $1', [clientId])).toEqual([]);
  });

  it('ends the sign-in of who it was, and the file is found by nobody', async () => {
    const client = await openFileWithAccount(app, coach, { email: 'weg@ergens.example' });
    await erased(client);
    expect((await client.get('/v1/me')).statusCode).toBe(401);
    const again = { email: 'weg@ergens.example', password: PASSWORD, practice: practice.slug };
    expect((await new Caller(app).post('/v1/auth/login', again)).statusCode).toBe(401);
    const path = `/v1/clients/${client.clientId}`;
    for (const by of [coach, admin]) {
      expect((await by.get(path)).statusCode).toBe(404);
      expect((await by.get(`${path}/consents`)).statusCode).toBe(404);
      const { items } = told<{ items: { id: string }[] }>(await by.get('/v1/clients?limit=100'));
      expect(items.map(({ id }) => id)).not.toContain(client.clientId);
    }
    expect((await coach.post(`${path}/reopening`)).statusCode).toBe(404);
    expect(
      (await admin.post('/v1/data-requests', { clientId: client.clientId, kind: 'access' })).statusCode,
    ).toBe(404);
    const dossier = {
      records: 'dossier',
      format: 'zip',
      clientId: client.clientId,
      purpose: 'Nog één keer kijken',
    };
    app.clock.reset();
    expect((await coach.post('/v1/exports', dossier)).statusCode).toBe(422);
  });

  it('takes the role of a client from who is also a coach, and leaves them the rest', async () => {
    const client = await openFileWithAccount(app, coach);
    await rows(app, `update users set roles = '{client,coach}' where id = $1`, [client.id]);
    const [{ id: requestId }] = (await rows(
      app,
      `insert into data_requests (practice_id, id, client_id, coach_id, kind, status, erases_on, received_on, due_on, created_at, version)
       values ($1, gen_random_uuid(), $2, $3, 'erasure', 'approved', current_date, current_date, current_date + 30, now(), 1) returning id`,
      [practice.id, client.clientId, coach.id],
    )) as [{ id: string }];
    afterGrace(1);
    await hours();
    expect(requestId).toBeDefined();
    expect(await rows(app, 'select roles from users where id = $1', [client.id])).toEqual([
      { roles: ['coach'] },
    ]);
    expect((await tombstone(client.clientId))['erased_at']).not.toBeNull();
  });

  it('waits for the end of the grace, and is not done once it was called off', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await approved(client);
    afterGrace(5);
    await hours();
    expect(await keyOf(client.clientId)).toHaveLength(1);
    expect(inLedger()).not.toContain(client.clientId);
    told(await client.post(`/v1/me/data-requests/${id}/cancellation`));
    afterGrace(9);
    await hours();
    expect(await keyOf(client.clientId)).toHaveLength(1);
  });

  it.each(['restriction', 'hold'])('waits for a %s that came after it was approved', async (what) => {
    const client = await openFileWithAccount(app, coach);
    await approved(client);
    const hold = `/v1/clients/${client.clientId}/hold`;
    const asked =
      what === 'hold'
        ? await admin.put(hold, { reason: 'Er loopt een klacht.' })
        : await client.post('/v1/me/data-requests', { kind: 'restriction' });
    const { id } = told<{ id: string }>(asked);
    afterGrace();
    await hours();
    expect(await keyOf(client.clientId)).toHaveLength(1);
    app.clock.reset();
    told(
      await (what === 'hold'
        ? admin.delete(hold)
        : admin.post(`/v1/data-requests/${id}/refusal`, { ground: 'unfounded', answer: 'Het klopt.' })),
    );
    afterGrace();
    await hours();
    expect(await keyOf(client.clientId)).toEqual([]);
  });

  it('is not approved while the practice holds the file', async () => {
    const client = await openFileWithAccount(app, coach);
    told(await admin.put(`/v1/clients/${client.clientId}/hold`, { reason: 'Er loopt een klacht.' }));
    const { id } = told<DataRequestDetail>(await client.post('/v1/me/data-requests', { kind: 'erasure' }));
    expect(refusalOf(await admin.post(`/v1/data-requests/${id}/approval`))).toEqual([409, 'file-held']);
  });

  it('is in the ledger before it is done, and taken up again when it was cut off in between', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await approved(client);
    afterGrace();
    const cut = jest.spyOn(app.get(Erasing), 'erase').mockRejectedValue(new Error('the power went'));
    await expect(hours()).rejects.toThrow(ErasuresFailed);
    expect(inLedger()).toContain(`${practice.id} ${client.clientId}\n`);
    expect(await keyOf(client.clientId)).toHaveLength(1);
    expect(refusalOf(await admin.post(`/v1/data-requests/${id}/cancellation`))).toEqual([409, 'wrong-state']);
    cut.mockRestore();
    await hours();
    expect(await keyOf(client.clientId)).toEqual([]);
  });

  it('is not done where the ledger cannot be written, and hinders no other practice', async () => {
    const client = await openFileWithAccount(app, coach);
    await approved(client);
    const elsewhere = await openPractice(app);
    const there = await openFileWithAccount(app, elsewhere.coach);
    ({ admin } = elsewhere);
    await approved(there);
    afterGrace();
    const ledger = app.get(ErasureLedger);
    const append = ledger.append.bind(ledger);
    jest.spyOn(ledger, 'append').mockImplementation((lines) => {
      if (lines.some(({ clientId }) => clientId === client.clientId)) throw new Error('no space left');
      return append(lines);
    });
    await expect(hours()).rejects.toThrow(ErasuresFailed);
    expect(await keyOf(client.clientId)).toHaveLength(1);
    expect(await keyOf(there.clientId)).toEqual([]);
  });

  it('lets its task reach the rows of nobody else', async () => {
    const client = await openFileWithAccount(app, coach);
    const other = await openFileWithAccount(app, coach);
    const task = taskOfJob(practice.id, 'erasure');
    const reached = await app.get(Tenant).change(task, async (tx) => {
      await aimAt(tx, { clientId: client.clientId, userId: client.id });
      const counts: Record<string, number> = {};
      for (const table of [...DROPPED_OF_FILE, 'sessions', 'consents'] as const) {
        const gone = await tx.query(`delete from ${table} where client_id = $1 returning 1`, [
          other.clientId,
        ]);
        counts[table] = gone.length;
      }
      for (const table of [...DROPPED_OF_USER, 'logins'] as const) {
        counts[`${table} of a user`] = (
          await tx.query(`delete from ${table} where user_id = $1 returning 1`, [other.id])
        ).length;
      }
      counts['users'] = (await tx.query('delete from users where id <> $1 returning 1', [client.id])).length;
      counts['clients'] = (
        await tx.query(`update clients set name = '' where id <> $1 returning 1`, [client.clientId])
      ).length;
      return counts;
    });
    expect(Object.entries(reached).filter(([, count]) => count > 0)).toEqual([]);
  });
});

describe('the list of what an erasure drops', () => {
  const columnsNamed = (column: string) =>
    rows<{ name: string }>(
      app,
      `select table_name as name from information_schema.columns join information_schema.tables t
          using (table_schema, table_name)
        where table_schema = 'public' and column_name = $1 and t.table_type = 'BASE TABLE'
          and table_name !~ '_\\d{4}_\\d{2}$' order by 1`,
      [column],
    );

  it('has every table with rows of a file, and every table with rows of a user', async () => {
    const said = [...DROPPED_OF_FILE, ...Object.keys(KEPT)];
    const ofFiles = (await columnsNamed('client_id')).map(({ name }) => name);
    expect(ofFiles.length).toBeGreaterThan(30);
    expect([...ofFiles, ...FILE_TABLES].filter((name) => !said.includes(name))).toEqual([]);
    const ofUsers = (await columnsNamed('user_id')).map(({ name }) => name);
    const saidOfUsers = [...DROPPED_OF_USER, ...Object.keys(KEPT), 'clients'];
    expect(ofUsers.filter((name) => !saidOfUsers.includes(name))).toEqual([]);
  });

  it('has every table that the register of processing keeps as long as a file or an account', () => {
    const said = [...DROPPED_OF_FILE, ...DROPPED_OF_USER, ...Object.keys(KEPT), 'clients', 'users'];
    const personal = Object.entries(FIELD_CATALOGUE).filter(
      ([, { kept, columns }]) =>
        ['file', 'account', 'fiscal'].includes(kept) &&
        (columns.identity ?? columns.contact ?? columns.special),
    );
    expect(personal.length).toBeGreaterThan(20);
    expect(personal.map(([table]) => table).filter((table) => !said.includes(table))).toEqual([]);
  });
});

describe('the ledger of erasures', () => {
  it('holds ids and nothing else, for its owner alone', async () => {
    await erased(await openFileWithAccount(app, coach));
    expect(inLedger()).toMatch(/^([0-9a-f-]{36} [0-9a-f-]{36}\n)+$/);
    expect(statSync(ledgerFile()).mode & 0o777).toBe(0o600);
  });

  it('bears a line that a crash cut off', async () => {
    const before = (await app.get(ErasureLedger).read()).length;
    writeFileSync(ledgerFile(), `${practice.id} 0199`, { flag: 'a' });
    const clientId = randomUUID();
    await app.get(ErasureLedger).append([{ practiceId: practice.id, clientId }]);
    const read = await app.get(ErasureLedger).read();
    expect(read).toHaveLength(before + 1);
    expect(read.at(-1)).toEqual({ practiceId: practice.id, clientId });
    expect(app.logged.join()).toContain('a line of the ledger of erasures cannot be read');
  });

  it('has whoever came back erased again, and is told by the tombstones whom it lacks', async () => {
    const back = await openFileWithAccount(app, coach);
    const { id: without } = await openFile(coach);
    await app.get(ErasureLedger).append([{ practiceId: practice.id, clientId: back.clientId }]);
    await app.get(Erasing).erase(practice.id, without, 'request');
    expect(inLedger()).not.toContain(without);
    await app.get(ErasureReplay).onApplicationBootstrap();
    expect(await keyOf(back.clientId)).toEqual([]);
    expect((await back.get('/v1/me')).statusCode).toBe(401);
    expect(inLedger()).toContain(without);
    const events = await rows(
      app,
      `select client_id, ground from audit_events where practice_id = $1 and event = 'client.erased' order by id`,
      [practice.id],
    );
    expect(events).toEqual([
      { client_id: without, ground: 'request' },
      { client_id: back.clientId, ground: 'restored' },
    ]);
    const length = inLedger().length;
    await app.get(ErasureReplay).onApplicationBootstrap();
    expect(inLedger()).toHaveLength(length);
  });
});

/** A word in each place where people write of somebody. */
async function fillFile(client: Caller & { clientId: string }, mark: () => string): Promise<void> {
  const { clientId } = client;
  const place = {
    mode: 'in_person',
    location: mark(),
    startsAt: longAgo(),
    priceCents: 9500,
    vatPercent: 21,
  };
  const session = told<SessionView>(await coach.post('/v1/sessions', plan(clientId, place)));
  const observed = { ...NOTHING_SEEN, question: mark(), thoughts: mark(), letGo: mark(), takeHome: mark() };
  told(await coach.put(`/v1/sessions/${session.id}/observation`, observed, { 'if-none-match': '*' }));
  told(await coach.post(`/v1/sessions/${session.id}/completion`, {}));
  const other = told<SessionView>(await coach.post('/v1/sessions', plan(clientId, { startsAt: freeHour() })));
  told(await coach.post(`/v1/sessions/${other.id}/cancellation`, { reason: mark() }));
  const draft = await writeNote(coach, clientId, { body: mark() });
  told(await coach.patch(`/v1/notes/${draft.id}`, { body: mark() }, seen(draft)));
  const kept = await writeSigned(coach, clientId, { body: mark() });
  told(await coach.put(`/v1/notes/${kept.id}/withholding`, { ground: 'rights_of_others', reason: mark() }));
  const shared = await writeSigned(coach, clientId, { body: mark(), visibility: 'shared' });
  told(await client.get('/v1/me/notes'));
  await strikeThrough(coach, await addTo(coach, shared, mark()), mark());
  const { id } = await assign(coach, clientId, { startOn: today(), message: mark() });
  const log = `/v1/me/assignments/${id}/logs/${randomUUID()}`;
  const logged = {
    doneOn: today(),
    outcome: 'done',
    sharing: 'all',
    minutes: 5,
    tensionBefore: 7,
    tensionAfter: 3,
  };
  const first = told<{ version: number }>(await client.put(log, { ...logged, remark: mark() }));
  told(await client.put(log, { ...logged, remark: mark() }, seen(first)));
  const checkIn = `/v1/me/check-ins/${randomUUID()}`;
  const look = { on: today(), tension: 5, stressSignals: [], conditions: {}, sharing: 'all' };
  told(await client.put(checkIn, { ...look, remark: mark() }));
  told(await client.put(checkIn, { ...look, remark: mark() }));
  told(await client.put('/v1/me/reminders', { on: true, times: [{ weekday: 1, at: '08:30' }] }));
  const asked = { kind: 'rectification', details: mark() };
  const { id: requestId } = told<{ id: string }>(await client.post('/v1/me/data-requests', asked));
  told(await admin.post(`/v1/data-requests/${requestId}/refusal`, { ground: 'unfounded', answer: mark() }));
}

/** A copy of this client alone, and one of the whole practice. */
async function wholeCopies(client: Caller & { clientId: string }): Promise<void> {
  const { clientId } = client;
  const purpose = 'Voor de overdracht aan een collega';
  told<ClientView>(await coach.post('/v1/exports', { records: 'dossier', format: 'zip', clientId, purpose }));
  told<ExportView>(await admin.post('/v1/exports', { records: 'clients', format: 'csv', purpose }));
  await app.runJobs();
}

/** Every sealed text of a file, as the database shows it. */
async function sealedOf(clientId: string): Promise<string[]> {
  const columns = await rows<{ name: string; column: string }>(
    app,
    `select c.table_name as name, c.column_name as column from information_schema.columns c
       join information_schema.columns f using (table_schema, table_name)
      where c.table_schema = 'public' and c.data_type = 'bytea' and f.column_name = 'client_id'`,
  );
  const found: string[] = [];
  for (const { name, column } of columns) {
    const values = await rows<{ sealed: string }>(
      app,
      `select encode(${column}, 'hex') as sealed from ${name} where client_id = $1 and ${column} is not null`,
      [clientId],
    );
    found.push(...values.map(({ sealed }) => sealed));
  }
  return found;
}

/** Tables in which one of these ids still stands, in whatever column. */
async function tablesNaming(...ids: string[]): Promise<string[]> {
  const tables = await rows<{ schema: string; name: string }>(
    app,
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const [row] = await rows<{ found: boolean }>(
      app,
      `select exists (select from ${escapeIdentifier(schema)}.${escapeIdentifier(name)} t
                       where t::text like any ($1)) as found`,
      [ids.map((id) => `%${id}%`)],
    );
    if (row!.found) found.push(schema === 'public' ? name : `${schema}.${name}`);
  }
  return found.sort();
}
