import type { Response } from 'light-my-request';
import { connected } from '../src/database/embedded/prepare-database.js';
import { hashOfNote } from '../src/notes/signed-hash.js';
import type { NotePage, NoteView, OwnNotePage } from '../src/notes/note.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
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
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { NOTHING_SEEN } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let client: Caller;
let clientId: string;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  client = await openFileWithAccount(app, coach);
  clientId = client.clientId;
});
afterAll(() => app.close());

const refusal = (answer: Response) => [answer.statusCode, problemOf(answer)];
const read = async (id: string, by = coach) => told<NoteView>(await by.get(`/v1/notes/${id}`));
const ownNotes = async (by = client) => told<OwnNotePage>(await by.get('/v1/me/notes?limit=100')).items;
const sql = <Row>(statement: string, values: unknown[] = []) => rows<Row>(app, statement, values);
const addition = { body: 'Zij belde later: het slapen gaat beter.' };
const mistake = { reason: 'Bij de verkeerde sessie geschreven.' };

describe('a signature', () => {
  it('holds the hash of text, signer, time and place, and tells it', async () => {
    const note = await writeSigned(coach, clientId, { body: 'Schouders lieten los.' });
    const { id, authorId, textVersion, signedBy, signedAt } = note;
    const hash = hashOfNote(
      {
        practiceId: practice.id,
        clientId,
        id,
        sessionId: null,
        textVersion,
        authorId,
        signedBy: signedBy!,
        signedAt: new Date(signedAt!),
      },
      'Schouders lieten los.',
    );
    expect(note.sha256).toBe(hash);
    expect((await read(id)).sha256).toBe(hash);
  });

  it('is kept inside the ciphertext only: a bare hash of a short text can be guessed', async () => {
    const { id, sha256 } = await writeSigned(coach, clientId, { body: 'Ja.' });
    const stored = await sql<{ line: string }>(
      `select (select to_jsonb(b)::text from note_bodies b where note_id = $1)
           || (select to_jsonb(n)::text from notes n where id = $1)
           || (select string_agg(to_jsonb(a)::text, '') from audit_events a where object_id = $1) as line`,
      [id],
    );
    expect(stored[0]!.line).not.toContain(sha256);
    expect(stored[0]!.line).not.toContain(Buffer.from(sha256!).toString('hex'));
  });

  it('is not there for an admin, nor on a draft', async () => {
    const draft = await writeNote(coach, clientId);
    expect(draft).not.toHaveProperty('sha256');
    const signed = await sign(coach, draft);
    expect(await read(signed.id, practice.admin)).not.toHaveProperty('sha256');
  });
});

describe('a note that was changed past the system after it was signed', () => {
  /** What somebody with the keys of the database can do to a note, and its triggers and policies at rest. */
  const TAMPERED: readonly (readonly [string, string])[] = [
    [
      'its signer',
      'update notes set signed_by = (select id from users where id <> signed_by and practice_id = notes.practice_id limit 1) where id = $1',
    ],
    [
      'its author',
      'update notes set author_id = (select id from users where id <> author_id and practice_id = notes.practice_id limit 1) where id = $1',
    ],
    ['its time', "update notes set signed_at = signed_at - interval '1 day' where id = $1"],
    [
      'its text',
      `update note_bodies set body = set_byte(body, 20, get_byte(body, 20) # 1) where note_id = $1`,
    ],
    [
      'its hash',
      `update note_bodies set signature = set_byte(signature, 20, get_byte(signature, 20) # 1) where note_id = $1`,
    ],
    ['that it has a hash', 'update note_bodies set signature = null where note_id = $1'],
    [
      'the signer of an addendum',
      'update note_addenda set signed_by = (select id from users where id <> signed_by and practice_id = note_addenda.practice_id limit 1) where note_id = $1',
    ],
    [
      'the text of an addendum',
      'update note_addenda set body = set_byte(body, 20, get_byte(body, 20) # 1) where note_id = $1',
    ],
  ];

  it.each(TAMPERED)('in %s is shown to nobody, aloud and audited', async (_, statement) => {
    const own = await openFileWithAccount(app, coach);
    const note = await addTo(
      coach,
      await writeSigned(coach, own.clientId, { visibility: 'shared', body: 'Wat wij zagen.' }),
      'En nog iets.',
    );
    await connected(app.database.superuser, async (owner) => {
      await owner.query('set session_replication_role = replica');
      expect((await owner.query(statement, [note.id])).rowCount).toBe(1);
    });
    for (const answer of [
      await coach.get(`/v1/notes/${note.id}`),
      await coach.get(`/v1/clients/${own.clientId}/notes`),
      await coach.get(`/v1/clients/${own.clientId}/notes/starting-point`),
      await coach.get(`/v1/notes?q=zagen&clientId=${own.clientId}`),
      await own.get('/v1/me/notes'),
    ]) {
      expect(refusal(answer)).toEqual([500, 'signature-broken']);
      expect(answer.json()).toMatchObject({ noteId: note.id });
      expect(answer.body).not.toMatch(/Wat wij zagen|En nog iets/);
      const events = await sql(
        'select event, outcome, client_id, object_id from audit_events where request_id = $1',
        [answer.headers['x-request-id']],
      );
      expect(events).toContainEqual({
        event: 'note.signature_broken',
        outcome: 'failed',
        client_id: own.clientId,
        object_id: note.id,
      });
    }
    expect(
      app.logged.some(
        (line) => line.includes('signature') && line.includes(note.id) && /"level":50/.test(line),
      ),
    ).toBe(true);
    expect(await sql('select first_read_at from note_shares where note_id = $1', [note.id])).toEqual([
      { first_read_at: null },
    ]);
  });
});

describe('an addendum', () => {
  it('is signed as it is written, by who writes it, and leaves the note as it was', async () => {
    const signed = await writeSigned(coach, clientId);
    const answer = await coach.post(`/v1/notes/${signed.id}/addenda`, addition);
    const note = told<NoteView>(answer);
    expect([answer.statusCode, answer.headers['location']]).toEqual([201, `/v1/notes/${signed.id}`]);
    const { addenda, version, updatedAt, ...rest } = note;
    expect(signed).toMatchObject(rest);
    expect(version).toBe(signed.version + 1);
    expect(updatedAt >= signed.updatedAt).toBe(true);
    expect(addenda).toEqual([
      {
        id: expect.any(String),
        ...addition,
        signedBy: coach.id,
        signedAt: updatedAt,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(await read(signed.id)).toEqual(note);
  });

  it('comes after those before it, up to fifty', async () => {
    let note = await writeSigned(coach, clientId);
    for (let i = 0; i < 50; i += 1) note = await addTo(coach, note, `Aanvulling ${i}`);
    expect(note.addenda!.map(({ body }) => body)).toEqual(
      Array.from({ length: 50 }, (_, i) => `Aanvulling ${i}`),
    );
    expect(refusal(await coach.post(`/v1/notes/${note.id}/addenda`, addition))).toEqual([
      409,
      'too-many-addenda',
    ]);
  });

  it('is stored sealed, and sent twice with one key is written once', async () => {
    const { id } = await writeSigned(coach, clientId);
    const key = { 'idempotency-key': `addendum-${id}` };
    const first = await coach.post(`/v1/notes/${id}/addenda`, { body: 'onleesbaar-in-de-tabel' }, key);
    const second = await coach.post(`/v1/notes/${id}/addenda`, { body: 'onleesbaar-in-de-tabel' }, key);
    expect(second.json()).toEqual(first.json());
    const stored = await sql<{ body: Buffer }>('select body from note_addenda where note_id = $1', [id]);
    expect(stored.map(({ body }) => body.includes('onleesbaar'))).toEqual([false]);
  });

  it('of a shared note is read by the client, and of a private one once that is shared', async () => {
    const own = await openFileWithAccount(app, coach);
    const shared = await addTo(
      coach,
      await writeSigned(coach, own.clientId, { visibility: 'shared' }),
      'Voor jou.',
    );
    const hidden = await addTo(coach, await writeSigned(coach, own.clientId), 'Voor mij.');
    expect(await ownNotes(own)).toMatchObject([{ id: shared.id, addenda: [{ body: 'Voor jou.' }] }]);
    expect((await ownNotes(own))[0]!.addenda![0]).toEqual({
      id: expect.any(String),
      body: 'Voor jou.',
      signedAt: shared.addenda![0]!.signedAt,
    });
    const opened = told<NoteView>(
      await coach.patch(`/v1/notes/${hidden.id}`, { visibility: 'shared' }, seen(hidden)),
    );
    told(await coach.patch(`/v1/notes/${hidden.id}`, { visibility: 'private' }, seen(opened)));
    expect((await ownNotes(own)).map(({ id }) => id)).toEqual([shared.id]);
    const again = await read(hidden.id);
    told(await coach.patch(`/v1/notes/${hidden.id}`, { visibility: 'shared' }, seen(again)));
    expect((await ownNotes(own))[0]).toMatchObject({ id: hidden.id, addenda: [{ body: 'Voor mij.' }] });
  });

  it.each([
    ['to a draft', async () => writeNote(coach, clientId), 'note-not-signed'],
    [
      'to what was a mistake',
      async () => strikeThrough(coach, await writeSigned(coach, clientId), 'Fout'),
      'note-in-error',
    ],
  ])('is refused %s', async (_, make, type) => {
    const note = await make();
    expect(refusal(await coach.post(`/v1/notes/${note.id}/addenda`, addition))).toEqual([409, type]);
  });

  it('is refused where consent was withdrawn, in a closed file, and by who may not read the note', async () => {
    const own = await openFileWithAccount(app, coach);
    const { id } = await writeSigned(coach, own.clientId);
    const { items } = told<{ items: { id: string }[] }>(await own.get('/v1/me/consents'));
    await own.delete(`/v1/me/consents/${items[0]!.id}`);
    expect(refusal(await coach.post(`/v1/notes/${id}/addenda`, addition))).toEqual([409, 'consent-required']);
    const { id: fileId } = await openFile(coach);
    const note = await writeSigned(coach, fileId);
    await handOver(app, fileId, practice.otherCoach);
    expect(refusal(await practice.otherCoach.post(`/v1/notes/${note.id}/addenda`, addition))).toEqual([
      403,
      'only-its-reader',
    ]);
    expect((await coach.post(`/v1/notes/${note.id}/addenda`, addition)).statusCode).toBe(404);
    await sql("update clients set status = 'closed', closed_at = now() where id = $1", [fileId]);
    expect(refusal(await practice.otherCoach.post(`/v1/notes/${note.id}/addenda`, addition))).toEqual([
      409,
      'file-closed',
    ]);
  });

  it.each([
    ['no text', {}, '/body'],
    ['an empty text', { body: ' ' }, '/body'],
    ['too long a text', { body: 'a'.repeat(5_001) }, '/body'],
    ['another signer', { ...addition, signedBy: '0196f3a0-1111-7222-8333-444455556666' }, '/signedBy'],
  ])('is refused with %s', async (_, input, pointer) => {
    const { id } = await writeSigned(coach, clientId);
    const answer = await coach.post(`/v1/notes/${id}/addenda`, input);
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, pointer]);
  });

  it('on a version that is no longer there is refused', async () => {
    const note = await writeSigned(coach, clientId);
    await addTo(coach, note, 'Eerst dit.');
    expect(refusal(await coach.post(`/v1/notes/${note.id}/addenda`, addition, seen(note)))).toEqual([
      412,
      'stale',
    ]);
  });
});

describe('a note that was a mistake', () => {
  it('is kept, struck through, with who said so, when and why', async () => {
    const signed = await addTo(
      coach,
      await writeSigned(coach, clientId, { body: 'Van een ander.' }),
      'En meer.',
    );
    const note = await strikeThrough(coach, signed, mistake.reason);
    expect(note).toMatchObject({
      status: 'entered_in_error',
      body: 'Van een ander.',
      addenda: [{ body: 'En meer.' }],
      signedAt: signed.signedAt,
      sha256: signed.sha256,
      error: { by: coach.id, ...mistake },
    });
    expect(await read(note.id)).toEqual(note);
    const { error } = await read(note.id, practice.admin);
    expect(error).toEqual({ at: note.error!.at, by: coach.id });
    const [stored] = await sql<{ reason: Buffer }>('select reason from note_errors where note_id = $1', [
      note.id,
    ]);
    expect(stored!.reason.includes('verkeerde')).toBe(false);
  });

  it('demands to know which version, and a reason', async () => {
    const note = await writeSigned(coach, clientId);
    const url = `/v1/notes/${note.id}/error`;
    expect(refusal(await coach.post(url, mistake))).toEqual([428, 'precondition-required']);
    expect((await coach.post(url, {}, seen(note))).json().errors[0].pointer).toBe('/reason');
    await addTo(coach, note, 'Iets.');
    expect(refusal(await coach.post(url, mistake, seen(note)))).toEqual([412, 'stale']);
  });

  it('is one for ever, and was signed before', async () => {
    const draft = await writeNote(coach, clientId);
    expect(refusal(await coach.post(`/v1/notes/${draft.id}/error`, mistake, seen(draft)))).toEqual([
      409,
      'note-not-signed',
    ]);
    const note = await strikeThrough(coach, await sign(coach, draft), 'Fout');
    const url = `/v1/notes/${note.id}`;
    expect(refusal(await coach.post(`${url}/error`, mistake, seen(note)))).toEqual([409, 'note-in-error']);
    expect(refusal(await coach.post(`${url}/signature`, {}, seen(note)))).toEqual([409, 'note-signed']);
    expect(refusal(await coach.patch(url, { body: 'Anders.' }, seen(note)))).toEqual([409, 'note-signed']);
    expect(refusal(await coach.delete(url, seen(note)))).toEqual([409, 'note-signed']);
    expect(refusal(await coach.patch(url, { visibility: 'shared' }, seen(note)))).toEqual([
      409,
      'note-in-error',
    ]);
    expect(await read(note.id)).toEqual(note);
  });

  it('that was shared stays with the client, as a mistake and without the reason; unread it can be taken back', async () => {
    const own = await openFileWithAccount(app, coach);
    const shared = await writeSigned(coach, own.clientId, { visibility: 'shared', body: 'Dit klopte niet.' });
    const note = await strikeThrough(coach, shared, mistake.reason);
    const back = told<NoteView>(
      await coach.patch(`/v1/notes/${note.id}`, { visibility: 'private' }, seen(note)),
    );
    expect(await ownNotes(own)).toEqual([]);
    expect(back.status).toBe('entered_in_error');
    const other = await writeSigned(coach, own.clientId, {
      visibility: 'shared',
      body: 'Dit klopte ook niet.',
    });
    expect((await ownNotes(own))[0]).not.toHaveProperty('enteredInErrorAt');
    const { error } = await strikeThrough(coach, await read(other.id), mistake.reason);
    const items = await ownNotes(own);
    expect(items).toMatchObject([
      { id: other.id, body: 'Dit klopte ook niet.', enteredInErrorAt: error!.at },
    ]);
    expect(JSON.stringify(items)).not.toContain(mistake.reason);
  });

  it('of a coach before is not for the next to judge', async () => {
    const { id: fileId } = await openFile(coach);
    const note = await writeSigned(coach, fileId);
    await handOver(app, fileId, practice.otherCoach);
    const answer = await practice.otherCoach.post(`/v1/notes/${note.id}/error`, mistake, seen(note));
    expect(refusal(answer)).toEqual([403, 'only-its-reader']);
  });
});

describe('the first reading', () => {
  it('says who read it and when', async () => {
    const own = await openFileWithAccount(app, coach);
    const { id } = await writeSigned(coach, own.clientId, { visibility: 'shared' });
    expect((await read(id)).sharing).not.toHaveProperty('firstReadBy');
    await ownNotes(own);
    const { sharing } = await read(id);
    expect(sharing).toEqual({
      sharedAt: expect.any(String),
      sharedBy: coach.id,
      firstReadAt: expect.any(String),
      firstReadBy: own.id,
    });
    const { items } = told<NotePage>(await practice.admin.get(`/v1/clients/${own.clientId}/notes`));
    expect(items[0]!.sharing).toEqual(sharing);
  });
});

describe('the session of a signed note', () => {
  it('keeps its time and what was observed in it, also when the note was a mistake', async () => {
    const sessionId = await layReadySession(app, clientId);
    const url = `/v1/sessions/${sessionId}`;
    told(await coach.put(`${url}/observation`, NOTHING_SEEN, { 'if-none-match': '*' }));
    const draft = told<NoteView>(
      await coach.post(`${url}/notes`, { visibility: 'private', body: 'Zo was het.' }),
    );
    const signed = await sign(coach, draft);
    const locked = async (): Promise<void> => {
      expect(refusal(await coach.patch(url, { durationMinutes: 30 }))).toEqual([409, 'note-signed']);
      const observed = await coach.put(
        `${url}/observation`,
        { ...NOTHING_SEEN, thoughts: 'Anders.' },
        { 'if-match': '"1"' },
      );
      expect(refusal(observed)).toEqual([409, 'observation-locked']);
    };
    await locked();
    await strikeThrough(coach, signed, 'Verkeerde sessie');
    await locked();
  });
});
