import type { Response } from 'light-my-request';
import type { NotePage, NoteVersionPage, NoteView, OwnNotePage } from '../src/notes/note.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { handOver, layReadySession, seen, sign, writeNote, writeSigned } from './support/notes.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let elsewhere: TestPractice;
let client: Caller;
let clientId: string;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  coach = practice.coach;
  client = await openFileWithAccount(app, coach);
  clientId = client.clientId;
});
afterAll(() => app.close());

const note = { visibility: 'private', body: 'Schouders lieten los.' };
const refusal = (answer: Response) => [answer.statusCode, problemOf(answer)];
const read = async (id: string) => told<NoteView>(await coach.get(`/v1/notes/${id}`));
const patch = (one: NoteView, change: object, by = coach) =>
  by.patch(`/v1/notes/${one.id}`, change, seen(one));
const ownNotes = async (by = client) => told<OwnNotePage>(await by.get('/v1/me/notes?limit=100')).items;
const texts = async (id: string) =>
  told<NoteVersionPage>(await coach.get(`/v1/notes/${id}/versions`)).items.map(({ body }) => body);

const sql = <Row>(statement: string, values: unknown[] = []) => rows<Row>(app, statement, values);

describe('writing a note', () => {
  it('makes a draft about a client', async () => {
    const answer = await coach.post(`/v1/clients/${clientId}/notes`, note);
    const written = told<NoteView>(answer);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({ location: `/v1/notes/${written.id}`, etag: '"1"' });
    expect(written).toMatchObject({ ...note, clientId, authorId: coach.id, status: 'draft', textVersion: 1 });
    expect(written).not.toHaveProperty('sessionId');
    expect(await read(written.id)).toEqual(written);
  });

  it('makes a draft about a session, which is in the file too', async () => {
    const sessionId = await layReadySession(app, clientId);
    const written = told<NoteView>(await coach.post(`/v1/sessions/${sessionId}/notes`, note));
    expect(written).toMatchObject({ sessionId, clientId });
    const ofSession = told<NotePage>(await practice.admin.get(`/v1/sessions/${sessionId}/notes`));
    expect(ofSession.items.map(({ id }) => id)).toEqual([written.id]);
    expect(told<NotePage>(await coach.get(`/v1/clients/${clientId}/notes?limit=1`)).items).toEqual([written]);
  });

  it('keeps the text as it was written, line by line', async () => {
    const body = '  Eerst stil.\n\nToen: “ja”. 🌿 '.padEnd(20_000, 'é');
    expect((await read((await writeNote(coach, clientId, { body })).id)).body).toBe(body);
  });

  it('stores sealed bytes only', async () => {
    const { id } = await writeNote(coach, clientId, { body: 'onleesbaar-in-de-tabel' });
    const [stored] = await sql<{ body: Buffer }>('select body from note_bodies where note_id = $1', [id]);
    expect(stored!.body.includes('onleesbaar')).toBe(false);
  });

  it.each([
    ['without a text', { visibility: 'private' }, '/body'],
    ['with an empty text', { ...note, body: '' }, '/body'],
    ['with too long a text', { ...note, body: 'a'.repeat(20_001) }, '/body'],
    ['without saying for whom', { body: 'Zomaar.' }, '/visibility'],
    ['for the whole world', { ...note, visibility: 'public' }, '/visibility'],
    ['that is signed already', { ...note, status: 'signed' }, '/status'],
    ['in the name of another', { ...note, authorId: '0196f3a0-1111-7222-8333-444455556666' }, '/authorId'],
  ])('is refused %s', async (_, input, pointer) => {
    const answer = await coach.post(`/v1/clients/${clientId}/notes`, input);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  it('is refused before there is consent', async () => {
    const { id } = told<{ id: string }>(
      await coach.post('/v1/clients', { name: 'Nog niet', language: 'nl' }),
    );
    expect(refusal(await coach.post(`/v1/clients/${id}/notes`, note))).toEqual([409, 'consent-required']);
  });

  it('is refused in a closed file, as is every change of what stands there', async () => {
    const { id } = await openFile(coach);
    const draft = await writeNote(coach, id);
    await sql("update clients set status = 'closed', closed_at = now() where id = $1", [id]);
    const closed = [409, 'file-closed'];
    expect(refusal(await coach.post(`/v1/clients/${id}/notes`, note))).toEqual(closed);
    expect(refusal(await patch(draft, { body: 'Toch nog iets.' }))).toEqual(closed);
    expect(refusal(await patch(draft, { visibility: 'shared' }))).toEqual(closed);
    expect(refusal(await coach.post(`/v1/notes/${draft.id}/signature`, {}, seen(draft)))).toEqual(closed);
    expect(refusal(await coach.delete(`/v1/notes/${draft.id}`, seen(draft)))).toEqual(closed);
    expect(await read(draft.id)).toEqual(draft);
  });

  it('sent twice with one key makes one note', async () => {
    const { id } = await openFile(coach);
    const key = { 'idempotency-key': 'note-1' };
    const first = await coach.post(`/v1/clients/${id}/notes`, note, key);
    const second = await coach.post(`/v1/clients/${id}/notes`, note, key);
    expect(second.json()).toEqual(first.json());
    expect(told<NotePage>(await coach.get(`/v1/clients/${id}/notes`)).items).toHaveLength(1);
  });
});

describe('a private draft', () => {
  it.each([
    ['nl', /^Privé is niet onbereikbaar.*inzageverzoek/],
    ['en', /^Private is not unobtainable.*access request/],
  ])('says in %s that private is not unobtainable', async (language, words) => {
    const { id } = await writeNote(coach, clientId);
    const answer = await coach.get(`/v1/notes/${id}`, { 'accept-language': language });
    expect(told<NoteView>(answer).notice).toMatch(words);
  });

  it('says so to its coach alone, and no longer once it is shared or signed', async () => {
    const draft = await writeNote(coach, clientId);
    expect(told(await practice.admin.get(`/v1/notes/${draft.id}`))).not.toHaveProperty('notice');
    expect(await writeNote(coach, clientId, { visibility: 'shared' })).not.toHaveProperty('notice');
    expect(await sign(coach, draft)).not.toHaveProperty('notice');
  });
});

describe('who may', () => {
  it('see a note is the coach and, without its text, an admin', async () => {
    const { id } = await writeNote(coach, clientId, {
      visibility: 'shared',
      body: 'Niet voor de beheerder.',
    });
    const seenByAdmin = await practice.admin.get(`/v1/notes/${id}`);
    expect(told(seenByAdmin)).toMatchObject({ id, clientId, visibility: 'shared', status: 'draft' });
    expect(told(seenByAdmin)).not.toHaveProperty('body');
    expect((await client.get(`/v1/notes/${id}`)).statusCode).toBe(403);
    for (const stranger of [practice.otherCoach, elsewhere.coach, elsewhere.admin]) {
      expect((await stranger.get(`/v1/notes/${id}`)).statusCode).toBe(404);
    }
  });

  it('list notes are the same', async () => {
    const sessionId = await layReadySession(app, (await openFile(coach)).id);
    for (const url of [`/v1/clients/${clientId}/notes`, `/v1/sessions/${sessionId}/notes`]) {
      expect((await practice.admin.get(url)).statusCode).toBe(200);
      expect((await client.get(url)).statusCode).toBe(403);
      for (const stranger of [practice.otherCoach, elsewhere.coach, elsewhere.admin]) {
        expect((await stranger.get(url)).statusCode).toBe(404);
      }
    }
  });

  it('write, change, sign and delete is the file’s coach alone', async () => {
    const draft = await writeNote(coach, clientId);
    const sessionId = await layReadySession(app, (await openFile(coach)).id);
    const attempts = (by: Caller) =>
      Promise.all([
        by.post(`/v1/clients/${clientId}/notes`, note),
        by.post(`/v1/sessions/${sessionId}/notes`, note),
        patch(draft, { body: 'Van een ander.' }, by),
        by.post(`/v1/notes/${draft.id}/signature`, {}, seen(draft)),
        by.get(`/v1/notes/${draft.id}/versions`),
        by.delete(`/v1/notes/${draft.id}`, seen(draft)),
      ]);
    const statuses = async (by: Caller) => new Set((await attempts(by)).map(({ statusCode }) => statusCode));
    expect(await statuses(practice.admin)).toEqual(new Set([403]));
    expect(await statuses(client)).toEqual(new Set([403]));
    expect(await statuses(practice.otherCoach)).toEqual(new Set([404]));
    expect(await statuses(elsewhere.coach)).toEqual(new Set([404]));
    expect(await read(draft.id)).toEqual(draft);
  });

  it('read their own notes is a client alone', async () => {
    expect((await coach.get('/v1/me/notes')).statusCode).toBe(403);
    expect((await practice.admin.get('/v1/me/notes')).statusCode).toBe(403);
  });
});

describe('a client who is an admin of the practice too', () => {
  it('finds of their own file what any client finds', async () => {
    const own = await openFileWithAccount(app, coach);
    const { version } = told<{ version: number }>(await practice.admin.get(`/v1/users/${own.id}`));
    const roles = { roles: ['client', 'admin'] };
    told(await practice.admin.patch(`/v1/users/${own.id}`, roles, { 'if-match': `"${version}"` }));
    const { refreshToken } = own.tokens!;
    const both = new Caller(app, told(await own.post('/v1/auth/refresh', { refreshToken })));
    const hidden = await writeSigned(coach, own.clientId);
    const shared = await writeSigned(coach, own.clientId, { visibility: 'shared', body: 'Voor jou.' });
    const list = told<NotePage>(await both.get(`/v1/clients/${own.clientId}/notes`));
    expect(list.items.map(({ id }) => id)).toEqual([shared.id]);
    expect((await both.get(`/v1/notes/${hidden.id}`)).statusCode).toBe(404);
    expect(await ownNotes(both)).toHaveLength(1);
  });
});

describe('changing a draft', () => {
  it('keeps every text that was saved', async () => {
    const first = await writeNote(coach, clientId, { body: 'Een.' });
    const second = told<NoteView>(await patch(first, { body: 'Twee.' }));
    expect(second).toMatchObject({ body: 'Twee.', textVersion: 2, version: first.version + 1 });
    await patch(second, { body: 'Drie.' });
    expect(await texts(first.id)).toEqual(['Drie.', 'Twee.', 'Een.']);
    const page = told<NoteVersionPage>(await coach.get(`/v1/notes/${first.id}/versions?limit=2`));
    const rest = await coach.get(`/v1/notes/${first.id}/versions?limit=2&cursor=${page.next}`);
    expect(told<NoteVersionPage>(rest).items).toMatchObject([
      { version: 1, writtenBy: coach.id, body: 'Een.' },
    ]);
  });

  it.each(['PATCH', 'DELETE'])('demands with %s to know which version', async (method) => {
    const draft = await writeNote(coach, clientId);
    const body = method === 'PATCH' ? { body: 'Anders.' } : undefined;
    const url = `/v1/notes/${draft.id}`;
    expect(refusal(await coach.call(method, url, body))).toEqual([428, 'precondition-required']);
    told(await patch(draft, { body: 'Iemand was eerder.' }));
    expect(refusal(await coach.call(method, url, body, seen(draft)))).toEqual([412, 'stale']);
    expect((await read(draft.id)).body).toBe('Iemand was eerder.');
  });

  it('by two at once loses nobody’s text', async () => {
    const draft = await writeNote(coach, clientId, { body: 'Begin.' });
    const answers = await Promise.all([patch(draft, { body: 'A.' }), patch(draft, { body: 'B.' })]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
    expect(await texts(draft.id)).toHaveLength(2);
  });

  it.each([
    ['a text of null', { body: null }, '/body'],
    ['nobody to see it', { visibility: null }, '/visibility'],
    ['another author', { authorId: '0196f3a0-1111-7222-8333-444455556666' }, '/authorId'],
  ])('is refused with %s', async (_, change, pointer) => {
    const answer = await patch(await writeNote(coach, clientId), change);
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, pointer]);
  });

  it('stops when consent is withdrawn', async () => {
    const own = await openFileWithAccount(app, coach);
    const draft = await writeNote(coach, own.clientId);
    const { items } = told<{ items: { id: string }[] }>(await own.get('/v1/me/consents'));
    await own.delete(`/v1/me/consents/${items[0]!.id}`);
    expect(refusal(await patch(draft, { body: 'Nog iets.' }))).toEqual([409, 'consent-required']);
    expect(await texts(draft.id)).toHaveLength(1);
  });

  it('can be throwing it away, texts and all', async () => {
    const draft = await writeNote(coach, clientId);
    expect((await coach.delete(`/v1/notes/${draft.id}`, seen(draft))).statusCode).toBe(204);
    expect((await coach.get(`/v1/notes/${draft.id}`)).statusCode).toBe(404);
    expect(await sql('select from note_bodies where note_id = $1', [draft.id])).toEqual([]);
  });
});

describe('signing', () => {
  it('names the signer and the time, and stands', async () => {
    const signed = await writeSigned(coach, clientId);
    expect(signed).toMatchObject({ status: 'signed', signedBy: coach.id });
    expect(refusal(await patch(signed, { body: 'Toch anders.' }))).toEqual([409, 'note-signed']);
    expect(refusal(await coach.delete(`/v1/notes/${signed.id}`, seen(signed)))).toEqual([409, 'note-signed']);
    const again = await coach.post(`/v1/notes/${signed.id}/signature`, {}, seen(signed));
    expect(refusal(again)).toEqual([409, 'note-signed']);
    expect(await read(signed.id)).toEqual(signed);
  });

  it('demands to know which version', async () => {
    const draft = await writeNote(coach, clientId);
    const url = `/v1/notes/${draft.id}/signature`;
    expect(refusal(await coach.post(url))).toEqual([428, 'precondition-required']);
    told(await patch(draft, { body: 'Nieuwer.' }));
    expect(refusal(await coach.post(url, {}, seen(draft)))).toEqual([412, 'stale']);
  });

  it('sent twice with one key is one signature', async () => {
    const draft = await writeNote(coach, clientId);
    const headers = { ...seen(draft), 'idempotency-key': 'signature-1' };
    const first = await coach.post(`/v1/notes/${draft.id}/signature`, {}, headers);
    const second = await coach.post(`/v1/notes/${draft.id}/signature`, {}, headers);
    expect([second.statusCode, second.json()]).toEqual([200, first.json()]);
    const signatures = await sql("select from audit_events where event = 'note.signed' and object_id = $1", [
      draft.id,
    ]);
    expect(signatures).toHaveLength(1);
  });
});

describe('sharing', () => {
  it('begins for the client with the signature', async () => {
    const own = await openFileWithAccount(app, coach);
    const draft = await writeNote(coach, own.clientId, { visibility: 'shared', body: 'Voor jou.' });
    expect(await ownNotes(own)).toEqual([]);
    expect(draft).not.toHaveProperty('sharing');
    const signed = await sign(coach, draft);
    expect(signed.sharing).toMatchObject({ sharedBy: coach.id });
    expect(await ownNotes(own)).toEqual([
      {
        id: draft.id,
        body: 'Voor jou.',
        signedAt: signed.signedAt,
        author: { id: coach.id, name: 'Coen de Coach' },
      },
    ]);
  });

  it('shows the text that was signed, and of the drafts before it nothing', async () => {
    const own = await openFileWithAccount(app, coach);
    const first = await writeNote(coach, own.clientId, { visibility: 'shared', body: 'Ruwe versie.' });
    await sign(coach, told<NoteView>(await patch(first, { body: 'Nette versie.' })));
    expect((await ownNotes(own)).map(({ body }) => body)).toEqual(['Nette versie.']);
  });

  it('can come later, and be taken back until it was read', async () => {
    const own = await openFileWithAccount(app, coach);
    const signed = await writeSigned(coach, own.clientId);
    const shared = told<NoteView>(await patch(signed, { visibility: 'shared' }));
    expect(shared).toMatchObject({ visibility: 'shared', signedAt: signed.signedAt });
    const back = told<NoteView>(await patch(shared, { visibility: 'private' }));
    expect(back).not.toHaveProperty('sharing');
    expect(await ownNotes(own)).toEqual([]);
    told(await patch(back, { visibility: 'shared' }));
    expect(await ownNotes(own)).toHaveLength(1);
    const readOnce = await read(signed.id);
    expect(readOnce.sharing).toHaveProperty('firstReadAt');
    expect(refusal(await patch(readOnce, { visibility: 'private' }))).toEqual([409, 'already-read']);
    expect(await read(signed.id)).toEqual(readOnce);
  });

  it('keeps the time of the first reading, and leaves a trace of each', async () => {
    const own = await openFileWithAccount(app, coach);
    const { id } = await writeSigned(coach, own.clientId, { visibility: 'shared' });
    await ownNotes(own);
    const { sharing } = await read(id);
    await ownNotes(own);
    expect((await read(id)).sharing).toEqual(sharing);
    const readings = await sql(
      "select row_count from audit_events where event = 'note.read' and user_id = $1",
      [own.id],
    );
    expect(readings).toEqual([{ row_count: 1 }, { row_count: 1 }]);
  });

  it('and reading at the same moment end in one of the two', async () => {
    const own = await openFileWithAccount(app, coach);
    for (let round = 0; round < 5; round += 1) {
      const shared = await writeSigned(coach, own.clientId, {
        visibility: 'shared',
        body: `Ronde ${round}.`,
      });
      const [items, answer] = await Promise.all([ownNotes(own), patch(shared, { visibility: 'private' })]);
      const wasRead = items.some(({ id }) => id === shared.id);
      expect(answer.statusCode).toBe(wasRead ? 409 : 200);
    }
  });

  it('stays with one’s own client', async () => {
    const other = await openFileWithAccount(app, coach);
    const { id } = await writeSigned(coach, clientId, { visibility: 'shared' });
    expect((await ownNotes(client)).map((one) => one.id)).toContain(id);
    expect(await ownNotes(other)).toEqual([]);
  });

  it('goes newest first, page by page, and what was not shown was not read', async () => {
    const own = await openFileWithAccount(app, coach);
    const written: string[] = [];
    for (const body of ['Een.', 'Twee.', 'Drie.'])
      written.unshift((await writeSigned(coach, own.clientId, { visibility: 'shared', body })).id);
    const page = told<OwnNotePage>(await own.get('/v1/me/notes?limit=2'));
    expect(page.items.map(({ id }) => id)).toEqual(written.slice(0, 2));
    expect((await read(written[2]!)).sharing).not.toHaveProperty('firstReadAt');
    const rest = told<OwnNotePage>(await own.get(`/v1/me/notes?limit=2&cursor=${page.next}`));
    expect(rest).toMatchObject({ items: [{ id: written[2] }] });
    expect(rest).not.toHaveProperty('next');
  });
});

describe('the notes of a file that went to another coach', () => {
  it('stay private to who wrote them', async () => {
    const { id: fileId } = await openFile(coach);
    const draft = await writeNote(coach, fileId, { body: 'Tussen mij en mij.' });
    await handOver(app, fileId, practice.otherCoach);
    const { otherCoach } = practice;
    const found = told<NoteView>(await otherCoach.get(`/v1/notes/${draft.id}`));
    expect(found).toMatchObject({ authorId: coach.id, visibility: 'private' });
    expect(found).not.toHaveProperty('body');
    const notForYou = [403, 'only-its-reader'];
    expect(refusal(await otherCoach.get(`/v1/notes/${draft.id}/versions`))).toEqual(notForYou);
    expect(refusal(await patch(draft, { visibility: 'shared' }, otherCoach))).toEqual(notForYou);
    expect(refusal(await patch(draft, { body: 'Van mij nu.' }, otherCoach))).toEqual(notForYou);
    const signing = await otherCoach.post(`/v1/notes/${draft.id}/signature`, {}, seen(draft));
    expect(refusal(signing)).toEqual(notForYou);
    const deleting = await otherCoach.delete(`/v1/notes/${draft.id}`, seen(draft));
    expect(refusal(deleting)).toEqual([403, 'only-the-author']);
    expect((await coach.get(`/v1/notes/${draft.id}`)).statusCode).toBe(404);
    expect((await coach.delete(`/v1/notes/${draft.id}`, seen(draft))).statusCode).toBe(404);
  });

  it('are signed by the new coach where they are shared, in the words of the old', async () => {
    const own = await openFileWithAccount(app, coach);
    const draft = await writeNote(coach, own.clientId, { visibility: 'shared', body: 'Van Coen.' });
    const { otherCoach } = practice;
    await handOver(app, own.clientId, otherCoach);
    expect(refusal(await patch(draft, { body: 'Van Olga.' }, otherCoach))).toEqual([403, 'only-the-author']);
    const signed = await sign(otherCoach, draft);
    expect(signed).toMatchObject({ authorId: coach.id, signedBy: otherCoach.id, body: 'Van Coen.' });
    expect(await ownNotes(own)).toMatchObject([{ body: 'Van Coen.', author: { id: coach.id } }]);
  });
});

describe('the list of notes', () => {
  it('goes newest first, page by page, each once, with what it says', async () => {
    const { id } = await openFile(coach);
    const bodies = ['Een.', 'Twee.', 'Drie.', 'Vier.', 'Vijf.'];
    for (const body of bodies) await writeNote(coach, id, { body });
    const found: (string | undefined)[] = [];
    for (let url: string | undefined = `/v1/clients/${id}/notes?limit=2`; url;) {
      const page: NotePage = told(await coach.get(url));
      found.push(...page.items.map(({ body }) => body));
      url = page.next && `/v1/clients/${id}/notes?limit=2&cursor=${page.next}`;
    }
    expect(found).toEqual(bodies.toReversed());
  });

  it('refuses a cursor that is not one of its own', async () => {
    const cursor = Buffer.from('["2"]').toString('base64url');
    expect((await coach.get(`/v1/clients/${clientId}/notes?cursor=${cursor}`)).statusCode).toBe(422);
    expect((await client.get(`/v1/me/notes?cursor=${cursor}`)).statusCode).toBe(422);
  });
});

describe('what is private', () => {
  it('is in no answer to an admin or a client, and in no line of the log', async () => {
    const secret = 'zilverreiger-zonder-weerga';
    const body = `Zij zei: ${secret}.`;
    const draft = await writeNote(coach, clientId, { body });
    const rewritten = told<NoteView>(await patch(draft, { body: `${body} Nog eens.` }));
    const signed = await sign(coach, rewritten);
    const sessionId = await layReadySession(app, clientId);
    const ofSession = told<NoteView>(await coach.post(`/v1/sessions/${sessionId}/notes`, { ...note, body }));
    const sent = { visibility: 'private', body };
    const answers: Response[] = [];
    for (const reader of [practice.admin, client]) {
      for (const { id, version } of [signed, ofSession]) {
        answers.push(
          await reader.get(`/v1/notes/${id}`),
          await reader.get(`/v1/notes/${id}/versions`),
          await reader.patch(`/v1/notes/${id}`, { body }, seen({ version })),
          await reader.post(`/v1/notes/${id}/signature`, {}, seen({ version })),
          await reader.delete(`/v1/notes/${id}`, seen({ version })),
        );
      }
      answers.push(
        await reader.get(`/v1/clients/${clientId}/notes?limit=100`),
        await reader.get(`/v1/sessions/${sessionId}/notes?limit=100`),
        await reader.post(`/v1/clients/${clientId}/notes`, sent),
        await reader.post(`/v1/sessions/${sessionId}/notes`, sent),
        await reader.get('/v1/me/notes?limit=100'),
      );
    }
    answers.push(
      await patch(signed, { body }),
      await patch(draft, { body }),
      await coach.post(`/v1/clients/${clientId}/notes`, {
        ...sent,
        visibility: body,
        [secret.slice(0, 5)]: body,
      }),
      await practice.admin.get('/v1/audit-events?limit=100'),
    );
    await sabotaged(async () => answers.push(await coach.post(`/v1/clients/${clientId}/notes`, sent)));
    expect(answers.at(-1)!.statusCode).toBe(500);
    expect(answers.filter((answer) => answer.body.includes(secret))).toEqual([]);
    expect(app.logged.filter((line) => line.includes(secret))).toEqual([]);
  });
});

/** While the database refuses every new text, for no reason that the application knows. */
async function sabotaged(work: () => Promise<unknown>): Promise<void> {
  await sql('alter table note_bodies add constraint sabotage check (false) not valid');
  await work();
  await sql('alter table note_bodies drop constraint sabotage');
}
