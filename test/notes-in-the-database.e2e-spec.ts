import { Client, type QueryResult } from 'pg';
import { type Actor, type Person, TASKS } from '../src/common/actor.js';
import { begin } from '../src/database/actor-settings.js';
import type { NoteView } from '../src/notes/note.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import {
  addTo,
  handOver,
  layReadySession,
  seen,
  sign,
  strikeThrough,
  writeNote,
  writeSigned,
} from './support/notes.js';
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
const ask = (caller: Caller, sql: string, values: unknown[] = []): Promise<QueryResult> =>
  askAs(personOf(caller), sql, values);

async function askAs(actor: Actor, sql: string, values: unknown[] = []): Promise<QueryResult> {
  await db.query(begin(actor, 'read write'));
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
    [
      'anything of its state',
      "status = 'entered_in_error', entered_in_error_at = now(), entered_in_error_by = coach_id",
      'notes_error_has_reason',
    ],
    ['its private side', "visibility = 'private'", undefined],
  ])('changes in %s only with what belongs to it', async (_, change, constraint) => {
    const changing = ask(coach, `update notes set ${change} where id = $1`, [note.id]);
    if (constraint) await expect(changing).rejects.toMatchObject({ constraint });
    else expect((await changing).rowCount).toBe(1);
  });

  it.each([
    ['another hash', "'\\x00'"],
    ['no hash', 'null'],
    ['its own hash anew', 'signature'],
  ])('gets no %s', async (_, value) => {
    const sql = `update note_bodies set signature = ${value} where note_id = $1`;
    await expect(ask(coach, sql, [note.id])).rejects.toMatchObject({
      constraint: 'note_bodies_signature_stands',
    });
    for (const caller of [practice.admin, practice.otherCoach])
      expect(await count(caller, sql, note)).toBe(0);
  });

  it('is signed with its hash, or not at all', async () => {
    const draft = await writeNote(coach, client.clientId);
    const sql = "update notes set status = 'signed', signed_at = now(), signed_by = author_id where id = $1";
    await expect(ask(coach, sql, [draft.id])).rejects.toMatchObject({
      constraint: 'notes_signature_has_hash',
    });
    const wrong =
      "update notes set status = 'entered_in_error', signed_at = now(), signed_by = author_id, entered_in_error_at = now(), entered_in_error_by = author_id where id = $1";
    await expect(ask(coach, wrong, [draft.id])).rejects.toMatchObject({
      constraint: 'notes_signature_has_hash',
    });
    const readySigned = NEXT_TEXT.replace('body, written_by', 'body, signature, written_by').replace(
      'body, $2',
      'body, body, $2',
    );
    await expect(ask(coach, readySigned, [draft.id, coach.id])).rejects.toMatchObject({
      constraint: 'note_bodies_signature_stands',
    });
  });

  it.each([
    ['its visibility', "visibility = 'shared'"],
    ['its state', "status = 'entered_in_error', entered_in_error_at = now(), entered_in_error_by = coach_id"],
    ['its signer', 'signed_by = gen_random_uuid()'],
    ['its version', 'version = version + 1'],
  ])('keeps %s from the tasks of the system too', async (_, change) => {
    for (const task of TASKS) {
      const changing = askAs(
        { practiceId: practice.id, task, origin: { requestId: note.id } },
        `update notes set ${change} where id = $1`,
        [note.id],
      );
      if (task === 'transfer')
        await expect(changing).rejects.toMatchObject({ constraint: 'notes_signed_is_for_ever' });
      else expect((await changing).rowCount).toBe(0);
    }
  });

  it.each([
    ['rewritten', "update note_bodies set body = '\\x00' where note_id = $1"],
    ['given another writer', 'update note_bodies set written_by = coach_id where note_id = $1'],
    ['given another author', 'update notes set author_id = coach_id where id = $1'],
    ['moved to another client', 'update notes set client_id = gen_random_uuid() where id = $1'],
  ])('cannot be %s: nobody has the right', async (_, sql) => {
    for (const caller of [coach, practice.admin, client])
      await expect(ask(caller, sql, [note.id])).rejects.toMatchObject({ code: '42501' });
  });

  it('is not deleted by anybody', async () => {
    for (const caller of [coach, practice.admin, practice.otherCoach, client]) {
      expect(await count(caller, 'delete from notes where id = $1', note)).toBe(0);
      expect(await count(caller, 'delete from note_bodies where note_id = $1', note)).toBe(0);
    }
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

describe('an addendum', () => {
  let note: NoteView;
  beforeAll(async () => {
    note = await addTo(coach, await writeSigned(coach, client.clientId), 'Later gezegd.');
  });
  const addenda = 'select id from note_addenda where note_id = $1';

  it('is there for who reads the note, and for nobody else', async () => {
    expect(await count(coach, addenda, note)).toBe(1);
    const { admin, otherCoach } = practice;
    for (const reader of [admin, otherCoach, client, otherClient, elsewhere.coach, elsewhere.admin])
      expect(await count(reader, addenda, note)).toBe(0);
  });

  it.each([
    ['rewritten', "update note_addenda set body = '\\x00' where note_id = $1"],
    ['given another hash', "update note_addenda set signature = '\\x00' where note_id = $1"],
    ['given another signer', 'update note_addenda set signed_by = coach_id where note_id = $1'],
    ['given another time', 'update note_addenda set signed_at = now() where note_id = $1'],
    ['moved to another note', 'update note_addenda set note_id = gen_random_uuid() where note_id = $1'],
  ])('cannot be %s: nobody has the right', async (_, sql) => {
    for (const caller of [coach, practice.admin, client])
      await expect(ask(caller, sql, [note.id])).rejects.toMatchObject({ code: '42501' });
  });

  it('is not deleted by anybody', async () => {
    for (const caller of [coach, practice.admin, practice.otherCoach, client])
      expect(await count(caller, 'delete from note_addenda where note_id = $1', note)).toBe(0);
  });

  it('is written of what is signed, by who reads it, in their own name', async () => {
    const draft = await writeNote(coach, client.clientId);
    const add = `
      insert into note_addenda (practice_id, id, note_id, client_id, coach_id, coach_reader_id, body, signature, signed_by, signed_at)
      select practice_id, gen_random_uuid(), id, client_id, coach_id, coach_id, 'x', 'x', $2, now() from notes where id = $1`;
    await expect(ask(coach, add, [draft.id, coach.id])).rejects.toMatchObject({
      constraint: 'note_addenda_only_of_signed',
    });
    const mistaken = await strikeThrough(coach, await writeSigned(coach, client.clientId), 'Fout');
    await expect(ask(coach, add, [mistaken.id, coach.id])).rejects.toMatchObject({
      constraint: 'note_addenda_only_of_signed',
    });
    // Whoever is named otherwise reads nothing of the note: refused by rule or by right, and never written.
    await expect(ask(coach, add, [note.id, practice.otherCoach.id])).rejects.toMatchObject({
      constraint: 'note_addenda_only_of_signed',
    });
  });

  it('is not opened to the client of a private note', async () => {
    const open = 'update note_addenda set client_reader_id = client_id where note_id = $1';
    await expect(ask(coach, open, [note.id])).rejects.toMatchObject({
      constraint: 'note_addenda_client_reads_shared',
    });
  });
});

describe('a mistake', () => {
  it('stays one, with its reason, who said so and when', async () => {
    const note = await strikeThrough(coach, await writeSigned(coach, client.clientId), 'Fout');
    for (const change of [
      "status = 'signed', entered_in_error_at = null, entered_in_error_by = null",
      'entered_in_error_at = now()',
      'entered_in_error_by = gen_random_uuid()',
    ])
      await expect(ask(coach, `update notes set ${change} where id = $1`, [note.id])).rejects.toMatchObject({
        constraint: 'notes_signed_is_for_ever',
      });
    await expect(
      ask(coach, "update note_errors set reason = 'x' where note_id = $1", [note.id]),
    ).rejects.toMatchObject({ code: '42501' });
    expect(await count(coach, 'delete from note_errors where note_id = $1', note)).toBe(0);
  });

  it('is none of a draft', async () => {
    const draft = await writeNote(coach, client.clientId);
    const sql = `insert into note_errors (practice_id, note_id, client_id, coach_id, coach_reader_id, reason)
      select practice_id, id, client_id, coach_id, coach_id, 'x' from notes where id = $1`;
    await expect(ask(coach, sql, [draft.id])).rejects.toMatchObject({
      constraint: 'note_errors_only_of_signed',
    });
  });
});

describe('sharing', () => {
  const share = `insert into note_shares (practice_id, note_id, client_id, coach_id, shared_by, shared_at)
    select practice_id, id, client_id, coach_id, coach_id, now() from notes where id = $1`;

  it.each([
    ['a draft', () => writeNote(coach, client.clientId, { visibility: 'shared' })],
    ['what is private', () => writeSigned(coach, client.clientId)],
  ])('is not of %s', async (_, make) => {
    const { id } = await make();
    await expect(ask(coach, share, [id])).rejects.toMatchObject({ constraint: 'note_shares_only_of_shared' });
  });

  it('does not end past the share: neither of the text nor of what was added, read or not', async () => {
    const note = await addTo(
      coach,
      await writeSigned(coach, client.clientId, { visibility: 'shared' }),
      'Meer.',
    );
    for (const table of ['note_bodies', 'note_addenda']) {
      const hide = `update ${table} set client_reader_id = null where note_id = $1`;
      await expect(ask(coach, hide, [note.id])).rejects.toMatchObject({
        constraint: 'note_texts_shared_until_taken_back',
      });
    }
    told(await client.get('/v1/me/notes'));
    const back = 'delete from note_shares where note_id = $1';
    expect(await count(coach, back, note)).toBe(0);
    const again = "update notes set visibility = 'private' where id = $1";
    await expect(ask(coach, again, [note.id])).rejects.toMatchObject({
      constraint: 'notes_private_is_unread',
    });
  });

  it('is read in the name of who reads', async () => {
    const note = await writeSigned(coach, client.clientId, { visibility: 'shared' });
    const sql = 'update note_shares set first_read_at = now(), first_read_by = $2 where note_id = $1';
    await expect(ask(client, sql, [note.id, coach.id])).rejects.toMatchObject({
      constraint: 'note_shares_reader_reads',
    });
    expect((await ask(client, sql, [note.id, client.id])).rowCount).toBe(1);
    told(await client.get('/v1/me/notes'));
    await expect(ask(client, sql, [note.id, client.id])).rejects.toMatchObject({
      constraint: 'note_shares_first_read_stays',
    });
  });
});

describe('the session of a signed note', () => {
  it('keeps its time and its observation from whatever statement', async () => {
    const sessionId = await layReadySession(app, client.clientId);
    const observe = {
      tensionAreas: [],
      breath: [],
      conditions: {},
      recoverySignals: [],
      transitionMoments: [],
    };
    told(await coach.put(`/v1/sessions/${sessionId}/observation`, observe, { 'if-none-match': '*' }));
    const statements = [
      "update sessions set starts_at = starts_at + interval '1 minute' where id = $1",
      'update observations set tension_after = 1 where session_id = $1',
      "update observation_details set thoughts = '\\x00' where session_id = $1",
    ];
    for (const sql of statements) expect((await ask(coach, sql, [sessionId])).rowCount).toBe(1);
    const note = told<NoteView>(
      await coach.post(`/v1/sessions/${sessionId}/notes`, { visibility: 'private', body: 'Zo.' }),
    );
    await sign(coach, note);
    for (const sql of statements)
      await expect(ask(coach, sql, [sessionId])).rejects.toMatchObject({ constraint: 'locked_by_signature' });
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
