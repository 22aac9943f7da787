import { Client, type QueryResult } from 'pg';
import type { Person } from '../src/common/actor.js';
import { begin } from '../src/database/actor-settings.js';
import type { NoteView } from '../src/notes/note.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { handOver, seen, sign, writeNote, writeSigned } from './support/notes.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let coach: Caller;
let client: Caller;
let otherClient: Caller;
/** The serving role, without the service before it. */
let db: Client;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  coach = practice.coach;
  client = await openFileWithAccount(app, coach);
  otherClient = await openFileWithAccount(app, coach);
  db = new Client({ connectionString: app.database.serving });
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await app.close();
});

/** Whom the database sees in the access token of a caller. */
function personOf({ tokens }: Caller): Person {
  const payload = JSON.parse(Buffer.from(tokens!.accessToken.split('.')[1]!, 'base64url').toString());
  const { user } = tokens!;
  return {
    practiceId: payload.practice,
    userId: user.id,
    loginId: payload.login,
    roles: user.roles,
    clientId: user.clientId,
    origin: { requestId: payload.login },
  };
}

/** One statement in a transaction of this caller, which is then undone. */
async function ask(caller: Caller, sql: string, values: unknown[] = []): Promise<QueryResult> {
  await db.query(begin(personOf(caller), 'read write'));
  try {
    return await db.query(sql, values);
  } finally {
    await db.query('rollback');
  }
}

const count = async (caller: Caller, sql: string, { id }: NoteView): Promise<number> =>
  (await ask(caller, sql, [id])).rowCount!;
const bodies = 'select body from note_bodies where note_id = $1';
const notes = 'select id from notes where id = $1';
const shares = 'select note_id from note_shares where note_id = $1';

describe('a private text', () => {
  it.each([
    ['a draft', writeNote],
    ['signed', writeSigned],
  ])('that is %s is there for its coach and for nobody else', async (_, write) => {
    const note = await write(coach, client.clientId);
    expect(await count(coach, bodies, note)).toBe(1);
    const { admin, otherCoach } = practice;
    for (const reader of [admin, otherCoach, client, otherClient, elsewhere.coach, elsewhere.admin])
      expect(await count(reader, bodies, note)).toBe(0);
  });

  it('of a coach before is closed to the coach of the file now', async () => {
    const own = await openFileWithAccount(app, coach);
    const note = await writeNote(coach, own.clientId);
    await handOver(app, own.clientId, practice.otherCoach);
    expect(await count(practice.otherCoach, notes, note)).toBe(1);
    expect(await count(practice.otherCoach, bodies, note)).toBe(0);
    expect(await count(coach, bodies, note)).toBe(0);
  });

  it('cannot be opened to the client by its coach', async () => {
    const note = await writeSigned(coach, client.clientId);
    const open = 'update note_bodies set client_reader_id = client_id where note_id = $1';
    await expect(ask(coach, open, [note.id])).rejects.toMatchObject({
      constraint: 'note_bodies_client_reads_shared',
    });
  });

  it('cannot be opened to another coach, nor taken by one', async () => {
    const note = await writeNote(coach, client.clientId);
    const give = 'update note_bodies set coach_reader_id = $2 where note_id = $1';
    await expect(ask(coach, give, [note.id, practice.otherCoach.id])).rejects.toMatchObject({
      code: '42501',
    });
    expect((await ask(practice.otherCoach, give, [note.id, practice.otherCoach.id])).rowCount).toBe(0);
    expect((await ask(practice.admin, give, [note.id, practice.admin.id])).rowCount).toBe(0);
  });
});

describe('a draft', () => {
  it('is not there for its client, shared or not', async () => {
    for (const visibility of ['private', 'shared'] as const) {
      const note = await writeNote(coach, client.clientId, { visibility });
      expect(await count(client, notes, note)).toBe(0);
      expect(await count(client, bodies, note)).toBe(0);
      expect(await count(client, shares, note)).toBe(0);
    }
  });

  it('takes no text in another’s name', async () => {
    const note = await writeNote(coach, client.clientId);
    await expect(ask(coach, NEXT_TEXT, [note.id, practice.otherCoach.id])).rejects.toMatchObject({
      constraint: 'note_bodies_only_of_drafts',
    });
  });

  it('is not signed in another’s name', async () => {
    const note = await writeNote(coach, client.clientId);
    const sql = "update notes set status = 'signed', signed_at = now(), signed_by = $2 where id = $1";
    await expect(ask(coach, sql, [note.id, practice.otherCoach.id])).rejects.toMatchObject({
      constraint: 'notes_signer_signs',
    });
  });

  it('is how every note begins: none is written signed', async () => {
    const sql = `insert into notes select practice_id, gen_random_uuid(), client_id, coach_id, session_id, author_id,
      visibility, 'signed', text_version, created_at, updated_at, created_at, author_id, 1 from notes where id = $1`;
    const { id } = await writeNote(coach, client.clientId);
    await expect(ask(coach, sql, [id])).rejects.toMatchObject({ code: '42501' });
  });
});

/** The next text of a note, with the bytes of the one before. */
const NEXT_TEXT = `
  insert into note_bodies (practice_id, note_id, version, client_id, coach_id, coach_reader_id, body, written_by, written_at)
  select practice_id, note_id, version + 1, client_id, coach_id, coach_reader_id, body, $2, now()
    from note_bodies where note_id = $1`;

describe('a signed note', () => {
  let note: NoteView;
  beforeAll(async () => {
    note = await writeSigned(coach, client.clientId);
  });

  it.each([
    ['its signer', 'signed_by = gen_random_uuid()'],
    ['its time', "signed_at = signed_at - interval '1 day'"],
    ['its text', 'text_version = text_version + 1'],
    ['its signature', "status = 'draft', signed_at = null, signed_by = null"],
  ])('keeps %s', async (_, change) => {
    await expect(ask(coach, `update notes set ${change} where id = $1`, [note.id])).rejects.toMatchObject({
      constraint: 'notes_signed_is_for_ever',
    });
  });

  it('takes no further text', async () => {
    await expect(ask(coach, NEXT_TEXT, [note.id, coach.id])).rejects.toMatchObject({
      constraint: 'note_bodies_only_of_drafts',
    });
  });

  it.each([
    ['rewritten', "update note_bodies set body = '\\x00' where note_id = $1"],
    ['given another writer', 'update note_bodies set written_by = coach_id where note_id = $1'],
    ['deleted', 'delete from note_bodies where note_id = $1'],
    ['given another author', 'update notes set author_id = coach_id where id = $1'],
    ['moved to another client', 'update notes set client_id = gen_random_uuid() where id = $1'],
  ])('cannot be %s: nobody has the right', async (_, sql) => {
    for (const caller of [coach, practice.admin, client])
      await expect(ask(caller, sql, [note.id])).rejects.toMatchObject({ code: '42501' });
  });

  it('is not deleted by anybody', async () => {
    for (const caller of [coach, practice.admin, practice.otherCoach, client])
      expect(await count(caller, 'delete from notes where id = $1', note)).toBe(0);
  });
});

describe('a shared and signed note', () => {
  it('is read by its own client, in the text that was signed only', async () => {
    const draft = await writeNote(coach, client.clientId, { visibility: 'shared', body: 'Ruw.' });
    const rewritten = told<NoteView>(
      await coach.patch(`/v1/notes/${draft.id}`, { body: 'Net.' }, seen(draft)),
    );
    const note = await sign(coach, rewritten);
    const versions = await ask(client, 'select version from note_bodies where note_id = $1', [note.id]);
    expect(versions.rows).toEqual([{ version: 2 }]);
    expect(await count(otherClient, bodies, note)).toBe(0);
    expect(await count(practice.admin, bodies, note)).toBe(0);
    const older = 'update note_bodies set client_reader_id = client_id where note_id = $1 and version = 1';
    await expect(ask(coach, older, [note.id])).rejects.toMatchObject({
      constraint: 'note_bodies_client_reads_shared',
    });
  });

  it('does not become private while the client still reads it', async () => {
    const note = await writeSigned(coach, client.clientId, { visibility: 'shared' });
    const sql = "update notes set visibility = 'private' where id = $1";
    await expect(ask(coach, sql, [note.id])).rejects.toMatchObject({ constraint: 'notes_private_is_unread' });
  });

  it('that was read stays shared, read and read at that time', async () => {
    const note = await writeSigned(coach, client.clientId, { visibility: 'shared' });
    told(await client.get('/v1/me/notes'));
    expect(await count(coach, 'delete from note_shares where note_id = $1', note)).toBe(0);
    expect(await count(coach, 'update note_shares set first_read_at = null where note_id = $1', note)).toBe(
      0,
    );
    const unread = 'update note_shares set first_read_at = null where note_id = $1';
    await expect(ask(client, unread, [note.id])).rejects.toMatchObject({
      constraint: 'note_shares_first_read_stays',
    });
  });
});

describe('the bytes of a text', () => {
  /** Puts the stored text of one note in the place of another's, past every lock. */
  const move = (from: NoteView, to: NoteView) =>
    rows(
      app,
      `update note_bodies set body = (select body from note_bodies where note_id = $1 and version = $2)
        where note_id = $3 and version = $4`,
      [from.id, from.textVersion, to.id, to.textVersion],
    );

  it('do not open in another note of the same client', async () => {
    const from = await writeNote(coach, client.clientId, { body: 'Hier en nergens anders.' });
    const to = await writeNote(coach, client.clientId);
    await move(from, to);
    const answer = await coach.get(`/v1/notes/${to.id}`);
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('nergens anders');
  });

  it('do not open in the file of another client', async () => {
    const from = await writeNote(coach, client.clientId);
    const to = await writeSigned(coach, otherClient.clientId, { visibility: 'shared' });
    await move(from, to);
    expect((await otherClient.get('/v1/me/notes')).statusCode).toBe(500);
  });

  it('do not open as another version', async () => {
    const first = await writeNote(coach, client.clientId, { body: 'Eerst.' });
    const answer = await coach.patch(`/v1/notes/${first.id}`, { body: 'Daarna.' }, seen(first));
    await move(first, told<NoteView>(answer));
    expect((await coach.get(`/v1/notes/${first.id}`)).statusCode).toBe(500);
  });
});
