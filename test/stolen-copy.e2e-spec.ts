import { randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import type { SessionView } from '../src/sessions/session.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign, today } from './support/homework.js';
import { addTo, seen, strikeThrough, writeNote, writeSigned } from './support/notes.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { freeHour, NOTHING_SEEN, plan } from './support/sessions.js';

/** Whoever carries the database off, its write-ahead log too, and has no key of the installation. */
let app: TestApp;
let beganAt: number;
/** A word that was told in each place where people write of somebody, by that place. */
const whispered = new Map<string, string>();

/** A word as no other text has it, kept for the search below. */
function word(place: string): string {
  const made = `fluisterwoord${randomBytes(6).toString('hex')}`;
  whispered.set(place, made);
  return made;
}

beforeAll(async () => {
  beganAt = Date.now();
  app = await startApp();
  // Other tests make checkpoints; the log of this one must still be there when it is read.
  await rows(app, `select pg_create_physical_replication_slot('thief', true)`);
  const practice = await openPractice(app);
  await writeEverywhere(practice);
  await app.runJobs();
}, 60_000);
afterAll(async () => {
  await rows(app, `select pg_drop_replication_slot('thief')`);
  await app.close();
});

async function writeEverywhere(practice: TestPractice): Promise<void> {
  const { coach } = practice;
  const client = await openFileWithAccount(app, coach, { question: word("client's question") });
  await writeSessions(coach, client.clientId);
  await writeNotes(coach, client.clientId);
  await writeHomework(coach, client);
  told(await practice.admin.put(`/v1/clients/${client.clientId}/hold`, { reason: word('reason of a hold') }));
  await askAbout(practice, client);
  const { id } = await openFile(coach, { name: 'Klaartje Klaarblijkelijk' });
  const handOver = { coachId: practice.otherCoach.id, reason: word('reason of a transfer') };
  told(await practice.admin.put(`/v1/clients/${id}/coach`, { ...handOver, privateNotesGoAlong: false }));
}

async function askAbout({ admin }: TestPractice, client: Caller): Promise<void> {
  const asked = { kind: 'rectification', details: word('what a request is about') };
  const { id } = told<{ id: string }>(await client.post('/v1/me/data-requests', asked));
  const request = `/v1/data-requests/${id}`;
  told(await admin.post(`${request}/extension`, { reason: word('why a request takes longer') }));
  const answer = word('answer to a request');
  told(await admin.post(`${request}/refusal`, { ground: 'unfounded', answer }));
}

async function writeSessions(coach: Caller, clientId: string): Promise<void> {
  const session = told<SessionView>(
    await coach.post(
      '/v1/sessions',
      plan(clientId, { mode: 'in_person', location: word('place of a session') }),
    ),
  );
  const observed = {
    ...NOTHING_SEEN,
    question: word('question of a session'),
    thoughts: word('thoughts'),
    letGo: word('what was let go'),
    takeHome: word('what was taken home'),
  };
  told(await coach.put(`/v1/sessions/${session.id}/observation`, observed, { 'if-none-match': '*' }));
  const other = told<SessionView>(await coach.post('/v1/sessions', plan(clientId, { startsAt: freeHour() })));
  told(
    await coach.post(`/v1/sessions/${other.id}/cancellation`, { reason: word('reason of a cancellation') }),
  );
  const ended = { reason: word('reason of a reinstatement') };
  told(await coach.post(`/v1/sessions/${other.id}/reinstatement`, ended));
}

async function writeNotes(coach: Caller, clientId: string): Promise<void> {
  const draft = await writeNote(coach, clientId, { body: word('first version of a note') });
  told(await coach.patch(`/v1/notes/${draft.id}`, { body: word('second version of a note') }, seen(draft)));
  const kept = await writeSigned(coach, clientId, { body: word('withheld note') });
  const why = { ground: 'rights_of_others', reason: word('reason of a withholding') };
  told(await coach.put(`/v1/notes/${kept.id}/withholding`, why));
  const shared = await writeSigned(coach, clientId, { body: word('shared note'), visibility: 'shared' });
  const more = await addTo(coach, shared, word('addendum'));
  await strikeThrough(coach, more, word('reason of a mistake'));
  const found = await coach.get(`/v1/notes?q=${whispered.get('shared note')}`);
  expect(found.body).toContain(whispered.get('shared note'));
}

async function writeHomework(coach: Caller, client: Caller & { clientId: string }): Promise<void> {
  const { id } = await assign(coach, client.clientId, {
    startOn: today(),
    message: word('message with homework'),
  });
  const log = `/v1/me/assignments/${id}/logs/${randomUUID()}`;
  const logged = { doneOn: today(), outcome: 'done', sharing: 'all' };
  const first = await client.put(log, { ...logged, remark: word('remark') });
  const { version } = told<{ version: number }>(first);
  told(await client.put(log, { ...logged, remark: word('corrected remark') }, seen({ version })));
  const checkIn = `/v1/me/check-ins/${randomUUID()}`;
  const look = { on: today(), tension: 5, stressSignals: [], conditions: {}, sharing: 'all' };
  told(await client.put(checkIn, { ...look, remark: word('remark on a week') }));
  told(await client.put(checkIn, { ...look, remark: word('corrected remark on a week') }));
}

describe('a stolen copy of the database', () => {
  it('holds something in every sealed column of a file, or the silence below would prove too little', async () => {
    const columns = await rows<{ name: string; column: string }>(
      app,
      `select c.table_name as name, c.column_name as column from information_schema.columns c
         join information_schema.columns f using (table_schema, table_name)
        where c.table_schema = 'public' and c.data_type = 'bytea' and f.column_name = 'coach_id'
          and c.column_name not like all ('{%\\_hash,%\\_key}')`,
    );
    expect(columns.length).toBeGreaterThan(15);
    for (const { name, column } of columns) {
      const [filled] = await rows<{ count: number }>(
        app,
        `select count(${column})::int as count from ${name}`,
      );
      expect([`${name}.${column}`, filled!.count > 0]).toEqual([`${name}.${column}`, true]);
    }
  });

  it('has no word of what people told in any column of any table', async () => {
    const dump = await dumpOf();
    expect(dump).toContain('Klaartje Klaarblijkelijk');
    expect(heard(Buffer.from(dump))).toEqual([]);
  });

  it('has none in its files either, nor in the write-ahead log', async () => {
    await rows(app, 'checkpoint');
    const files = await filesOf();
    const found = { table: false, log: false };
    for (const file of files) {
      const content = await readFile(file);
      if (content.includes('Klaartje Klaarblijkelijk'))
        found[file.includes('pg_wal') ? 'log' : 'table'] = true;
      expect([file, heard(content)]).toEqual([file, []]);
    }
    expect(found).toEqual({ table: true, log: true });
  });
});

/** The places whose word can be read here. */
const heard = (content: Buffer): string[] =>
  [...whispered]
    .filter(([, made]) => content.includes(made) || content.includes(sealedNot(made)))
    .map(([place]) => place);

/** As a `bytea` column shows a text that was only written as bytes. */
const sealedNot = (text: string): string => Buffer.from(text).toString('hex');

/** Every row of every table, of every schema that is ours. */
async function dumpOf(): Promise<string> {
  const tables = await rows<{ schema: string; name: string }>(
    app,
    `select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['note_bodies', 'audit_events', 'job']),
  );
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

/** The files of this database, and the write-ahead log as far as it was written since this began. */
async function filesOf(): Promise<string[]> {
  const [place] = await rows<{ data: string; base: string }>(
    app,
    `select current_setting('data_directory') as data, oid::text as base from pg_database where datname = current_database()`,
  );
  const all = await Promise.all(
    [join(place!.data, 'base', place!.base), join(place!.data, 'pg_wal')].map(async (folder) => {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
    }),
  );
  const touched = await Promise.all(
    all.flat().map(async (file) => ((await stat(file)).mtimeMs >= beganAt - 1000 ? [file] : [])),
  );
  return touched.flat();
}
