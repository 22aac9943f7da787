import { randomUUID } from 'node:crypto';
import { NoteSearchService } from '../src/notes/search/note-search.service.js';
import { SearchThreads } from '../src/notes/search/search-threads.js';
import type { NoteView } from '../src/notes/note.dto.js';
import type { NoteHitPage, NoteHitView } from '../src/notes/search/note-search.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { addTo, handOver, seen, strikeThrough, writeNote, writeSigned } from './support/notes.js';
import { openFile, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let fileId: string;
let otherFileId: string;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  fileId = (await openFile(coach)).id;
  otherFileId = (await openFile(coach)).id;
});
afterAll(() => app.close());

const search = async (q: string, more = '', by = coach): Promise<NoteHitPage> =>
  told<NoteHitPage>(await by.get(`/v1/notes?q=${encodeURIComponent(q)}${more}`));
const ids = async (q: string, more = '', by = coach): Promise<string[]> =>
  (await search(q, more, by)).items.map(({ id }) => id);
const marked = ({ snippets }: NoteHitView): string[] =>
  snippets.flatMap(({ segments }) => segments.filter(({ isMatch }) => isMatch).map(({ text }) => text));
/** A word that no other test uses. */
const word = (): string => `w${randomUUID().replaceAll('-', '')}`;

describe('a search in notes', () => {
  it('finds what a coach wrote, by the beginnings of words, whatever the capitals and accents', async () => {
    const own = word();
    const { id } = await writeNote(coach, fileId, {
      body: `Eerst stil.\n\nDe coördinatie ${own} kwam terug.`,
    });
    const { items } = await search(`COORD ${own.slice(0, 20)}`);
    expect(items).toMatchObject([
      { id, clientId: fileId, authorId: coach.id, visibility: 'private', status: 'draft' },
    ]);
    expect(marked(items[0]!)).toEqual(['coörd', own.slice(0, 20)]);
    expect(await ids(`coord ${own} rug`)).toEqual([]);
    expect(await ids(own.slice(1))).toEqual([]);
  });

  it('looks in the text that stands, in addenda, and in what was struck through', async () => {
    const [before, now, later] = [word(), word(), word()];
    const draft = await writeNote(coach, fileId, { body: before });
    const rewritten = told<NoteView>(await coach.patch(`/v1/notes/${draft.id}`, { body: now }, seen(draft)));
    const signed = told<NoteView>(await coach.post(`/v1/notes/${draft.id}/signature`, {}, seen(rewritten)));
    const added = await addTo(coach, signed, later);
    expect(await ids(before)).toEqual([]);
    const { items } = await search(`${now} ${later}`);
    expect(items).toMatchObject([
      { id: draft.id, snippets: [{}, { addendumId: added.addenda![0]!.id }], signedAt: signed.signedAt },
    ]);
    expect(items[0]!.snippets[0]).not.toHaveProperty('addendumId');
    await strikeThrough(coach, added, 'Bij een ander bedoeld');
    expect((await search(now)).items).toMatchObject([{ status: 'entered_in_error' }]);
  });

  it('stays in one file where one is named', async () => {
    const own = word();
    const here = await writeNote(coach, fileId, { body: own });
    const there = await writeNote(coach, otherFileId, { body: own });
    expect(await ids(own)).toEqual([there.id, here.id]);
    expect(await ids(own, `&clientId=${fileId}`)).toEqual([here.id]);
  });

  it('goes newest first, page by page, each note once', async () => {
    const own = word();
    const written: string[] = [];
    for (let i = 0; i < 5; i += 1)
      written.unshift((await writeNote(coach, fileId, { body: `${own} ${i}` })).id);
    const found: string[] = [];
    for (let more: string | undefined = ''; more !== undefined;) {
      const page: NoteHitPage = await search(own, `&limit=2${more}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      found.push(...page.items.map(({ id }) => id));
      more = page.next && `&cursor=${page.next}`;
    }
    expect(found).toEqual(written);
  });

  it('looks through more notes than one batch holds', async () => {
    const own = word();
    const { id: bigFile } = await openFile(coach);
    const oldest = await writeNote(coach, bigFile, { body: own });
    await writeMany(bigFile, 260);
    expect(await ids(own, `&clientId=${bigFile}`)).toEqual([oldest.id]);
    expect((await ids('anders', `&clientId=${bigFile}&limit=100`)).length).toBe(100);

    // A page that looked at enough ends, though it found nothing, and says where to go on.
    const whole = app.get(NoteSearchService).mostLookedAt;
    Object.assign(app.get(NoteSearchService), { mostLookedAt: 250 });
    const page = await search(own, `&clientId=${bigFile}`);
    expect(page.items).toEqual([]);
    expect(await ids(own, `&clientId=${bigFile}&cursor=${page.next}`)).toEqual([oldest.id]);
    Object.assign(app.get(NoteSearchService), { mostLookedAt: whole });
  });

  it('reaches what this coach may read, and nothing of a colleague, a coach before, or a practice elsewhere', async () => {
    const own = word();
    const { id: handedOver } = await openFile(coach);
    await writeNote(coach, handedOver, { body: `${own} privé` });
    const shared = await writeSigned(coach, handedOver, { body: `${own} gedeeld`, visibility: 'shared' });
    const { otherCoach } = practice;
    expect(await ids(own, '', otherCoach)).toEqual([]);
    await handOver(app, handedOver, otherCoach);
    expect(await ids(own)).toEqual([]);
    expect(await ids(own, '', otherCoach)).toEqual([shared.id]);
    const elsewhere = await openPractice(app);
    expect(await ids(own, '', elsewhere.coach)).toEqual([]);
    const url = `/v1/notes?q=${own}&clientId=${handedOver}`;
    for (const stranger of [coach, elsewhere.coach]) expect((await stranger.get(url)).statusCode).toBe(404);
  });

  it.each([
    '',
    'q=',
    'q=%20',
    'q=--',
    'q=a&limit=0',
    'q=a&clientId=x',
    'q=a&cursor=WzJd',
    `q=a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k`,
  ])('without something to look for is refused: %p', async (query) => {
    const answer = await coach.get(`/v1/notes?${query}`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: unknown[] }>().errors).toHaveLength(1);
  });

  it('leaves an event for each file that something was found in, and never what was looked for', async () => {
    const own = word();
    await writeNote(coach, fileId, { body: own });
    await writeNote(coach, fileId, { body: own });
    await writeNote(coach, otherFileId, { body: own });
    const answer = await coach.get(`/v1/notes?q=${own}`);
    const events = await eventsOf(String(answer.headers['x-request-id']));
    expect(events.sort((a, b) => a.row_count - b.row_count)).toEqual([
      { event: 'notes.searched', client_id: otherFileId, row_count: 1 },
      { event: 'notes.searched', client_id: fileId, row_count: 2 },
    ]);
    const nothing = await coach.get(`/v1/notes?q=${word()}`);
    expect(await eventsOf(String(nothing.headers['x-request-id']))).toEqual([
      { event: 'notes.searched', client_id: null, row_count: 0 },
    ]);
    const log = await rows<{ line: string }>(app, 'select to_jsonb(a)::text as line from audit_events a');
    expect(log.filter(({ line }) => line.includes(own))).toEqual([]);
    expect(app.logged.filter((line) => line.includes(own))).toEqual([]);
  });

  it('fails aloud over a text that does not open, and the next search is answered again', async () => {
    const own = word();
    const note = await writeNote(coach, otherFileId, { body: own });
    const put = (body: Buffer) =>
      rows(app, 'update note_bodies set body = $2 where note_id = $1', [note.id, body]);
    const [stored] = await rows<{ body: Buffer }>(app, 'select body from note_bodies where note_id = $1', [
      note.id,
    ]);
    const altered = Buffer.from(stored!.body);
    altered[20]! ^= 1;
    await put(altered);
    expect((await coach.get(`/v1/notes?q=${own}`)).statusCode).toBe(500);
    await put(stored!.body);
    expect(await ids(own)).toEqual([note.id]);
  });

  it('is done beside the thread that answers, many at once, and ends with the program', async () => {
    const own = word();
    const { id } = await writeNote(coach, fileId, { body: own });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ids(own)));
    expect(answers).toEqual(Array.from({ length: 8 }, () => [id]));
    const second = await startApp();
    const threads = second.get(SearchThreads);
    const empty = () => ({
      words: ['a'],
      most: 1,
      practiceId: 'p',
      clientIds: [],
      keys: new ArrayBuffer(0),
      sealed: new ArrayBuffer(0),
      notes: [],
    });
    expect(await threads.run(empty())).toEqual([]);
    await second.close();
    await expect(threads.run(empty())).rejects.toThrow('stopping');
  });
});

const eventsOf = (requestId: string) =>
  rows<{ event: string; client_id: string; row_count: number }>(
    app,
    'select event, client_id, row_count from audit_events where request_id = $1',
    [requestId],
  );

/** Notes by the dozen, a few at a time. */
async function writeMany(clientId: string, count: number): Promise<void> {
  for (let written = 0; written < count; written += 10) {
    await Promise.all(Array.from({ length: 10 }, () => writeNote(coach, clientId, { body: 'Iets anders.' })));
  }
}
