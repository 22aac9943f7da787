import type { Response } from 'light-my-request';
import type { NoteView } from '../src/notes/note.dto.js';
import type {
  NoteTemplateList,
  NoteTemplateView,
  StartingPointView,
} from '../src/notes/templates/note-template.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { handOver, sign, strikeThrough, writeNote, writeSigned } from './support/notes.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { longAgo, planSession } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
afterAll(() => app.close());

const refusal = (answer: Response) => [answer.statusCode, problemOf(answer)];
const templates = async (by = coach) => told<NoteTemplateList>(await by.get('/v1/note-templates')).items;
const dutch = { 'accept-language': 'nl' };

describe('the templates of a practice', () => {
  it('come with the product, one for each kind of note, in Dutch and English', async () => {
    const { coach: newcomer } = await openPractice(app);
    const items = await templates(newcomer);
    expect(items.map(({ kind, isOwn }) => [kind, isOwn])).toEqual([
      ['energizing', false],
      ['intake', false],
      ['evaluation', false],
      ['free', false],
    ]);
    const texts = items.flatMap(({ nl, en }) => [nl, en]);
    expect(new Set(texts).size).toBe(8);
  });

  it('are what the practice makes of them, and go back to what they were', async () => {
    const [shipped] = await templates();
    const answer = await coach.put('/v1/note-templates/energizing', {
      nl: 'Wat liet los\n-',
      en: 'What let go\n-',
    });
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.json()).toMatchObject({
      kind: 'energizing',
      nl: 'Wat liet los\n-',
      en: 'What let go\n-',
      isOwn: true,
      writtenBy: coach.id,
      version: 1,
    });
    expect((await templates(practice.admin))[0]).toEqual(answer.json());
    const changed = await practice.admin.put('/v1/note-templates/energizing', { nl: 'Alleen dit' });
    expect(changed.json()).toMatchObject({
      nl: 'Alleen dit',
      en: 'Alleen dit',
      version: 2,
      writtenBy: practice.admin.id,
    });
    expect((await coach.delete('/v1/note-templates/energizing')).statusCode).toBe(204);
    expect((await templates())[0]).toEqual(shipped);
    expect((await coach.delete('/v1/note-templates/energizing')).statusCode).toBe(204);
  });

  it('are the practice’s own and nobody else’s', async () => {
    const elsewhere = await openPractice(app);
    told(await elsewhere.coach.put('/v1/note-templates/free', { nl: 'Van elders' }));
    expect((await templates()).find(({ kind }) => kind === 'free')!.nl).not.toBe('Van elders');
  });

  it('are not overwritten unseen', async () => {
    const first = told<NoteTemplateView>(await coach.put('/v1/note-templates/intake', { nl: 'Een' }));
    const ifMatch = { 'if-match': `"${first.version}"` };
    told(await coach.put('/v1/note-templates/intake', { nl: 'Twee' }, ifMatch));
    expect(refusal(await practice.admin.put('/v1/note-templates/intake', { nl: 'Drie' }, ifMatch))).toEqual([
      412,
      'stale',
    ]);
    expect(refusal(await practice.admin.delete('/v1/note-templates/intake', ifMatch))).toEqual([
      412,
      'stale',
    ]);
    expect((await templates()).find(({ kind }) => kind === 'intake')!.nl).toBe('Twee');
  });

  it.each([
    ['no Dutch text', { en: 'Only this' }, '/nl'],
    ['an empty text', { nl: ' ' }, '/nl'],
    ['no English text but null', { nl: 'Dit', en: null }, '/en'],
    ['too long a text', { nl: 'a'.repeat(5_001) }, '/nl'],
    ['an unknown field', { nl: 'Dit', fr: 'Ceci' }, '/fr'],
  ])('are refused with %s', async (_, input, pointer) => {
    const answer = await coach.put('/v1/note-templates/free', input);
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, pointer]);
  });

  it('are of the kinds there are', async () => {
    expect((await coach.put('/v1/note-templates/diary', { nl: 'Lief dagboek' })).statusCode).toBe(404);
  });
});

describe('what a new note may begin with', () => {
  it.each([
    ['intake', 'intake'],
    ['energizing', 'energizing'],
    ['follow_up', 'energizing'],
    ['evaluation', 'evaluation'],
  ])('of a session of kind %s is the template %s, in the language asked for', async (kind, template) => {
    const { id: fileId } = await openFile(coach);
    const { id } = await planSession(coach, fileId, { kind });
    const standing = (await templates()).find((one) => one.kind === template)!;
    const url = `/v1/sessions/${id}/notes/starting-point`;
    expect((await coach.get(url, dutch)).json()).toEqual({ template: { kind: template, body: standing.nl } });
    expect((await coach.get(url)).json()).toEqual({ template: { kind: template, body: standing.en } });
  });

  it('is the newest note of the client too, and nothing is written down', async () => {
    const { id: fileId } = await openFile(coach);
    await writeSigned(coach, fileId, { body: 'Vorige maand.' });
    const last = await writeNote(coach, fileId, { body: 'Vorige week.' });
    const url = `/v1/clients/${fileId}/notes/starting-point`;
    const answer = await coach.get(url);
    expect(told<StartingPointView>(answer)).toMatchObject({
      template: { kind: 'free' },
      lastNote: { id: last.id, body: 'Vorige week.', createdAt: last.createdAt },
    });
    const kept = await rows(app, 'select from notes where client_id = $1', [fileId]);
    expect(kept).toHaveLength(2);
    const events = await rows(
      app,
      'select event, client_id, object_id, ground from audit_events where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(events).toEqual([
      { event: 'note.read', client_id: fileId, object_id: last.id, ground: 'starting-point' },
    ]);
  });

  it('is no mistake, and no private note of a coach before', async () => {
    const { id: fileId } = await openFile(coach);
    const shared = await writeSigned(coach, fileId, { body: 'Gedeeld.', visibility: 'shared' });
    await strikeThrough(coach, await writeSigned(coach, fileId, { body: 'Vergissing.' }), 'Fout');
    const url = `/v1/clients/${fileId}/notes/starting-point`;
    expect(told<StartingPointView>(await coach.get(url)).lastNote).toMatchObject({ id: shared.id });
    await writeNote(coach, fileId, { body: 'Alleen voor mij.' });
    await handOver(app, fileId, practice.otherCoach);
    const point = told<StartingPointView>(await practice.otherCoach.get(url));
    expect(point.lastNote).toMatchObject({ id: shared.id, body: 'Gedeeld.' });
    expect((await coach.get(url)).statusCode).toBe(404);
  });
});

describe('the sessions without a signed note', () => {
  const unsigned = async (by: Caller, more = ''): Promise<string[]> =>
    told<{ items: { id: string }[] }>(await by.get(`/v1/sessions?unsigned=true&limit=100${more}`)).items.map(
      ({ id }) => id,
    );
  const complete = async (clientId: string): Promise<string> => {
    const { id } = await planSession(coach, clientId, { startsAt: longAgo() });
    told(await coach.post(`/v1/sessions/${id}/completion`, {}));
    return id;
  };
  const noteOf = async (sessionId: string): Promise<NoteView> =>
    told(await coach.post(`/v1/sessions/${sessionId}/notes`, { visibility: 'private', body: 'Zo was het.' }));

  it('are those that took place, until a note of theirs is signed, and again when it was a mistake', async () => {
    const { clientId } = await openFileWithAccount(app, coach);
    const planned = await planSession(coach, clientId);
    const [first, second] = [await complete(clientId), await complete(clientId)];
    const draft = await noteOf(first);
    const ofClient = `&clientId=${clientId}`;
    expect(await unsigned(coach, ofClient)).toEqual([second, first]);
    expect(await unsigned(coach)).not.toContain(planned.id);
    const signed = await sign(coach, draft);
    expect(await unsigned(coach, ofClient)).toEqual([second]);
    expect(await unsigned(practice.admin, ofClient)).toEqual([second]);
    const mistaken = await strikeThrough(coach, signed, 'Verkeerde sessie');
    expect(await unsigned(coach, ofClient)).toEqual([second, first]);
    await sign(coach, await noteOf(first));
    expect(await unsigned(coach, ofClient)).toEqual([second]);
    expect((await coach.get(`/v1/notes/${mistaken.id}`)).statusCode).toBe(200);
  });

  it('are of one’s own clients, and of the practice for its admin', async () => {
    const { clientId } = await openFileWithAccount(app, coach);
    const id = await complete(clientId);
    const elsewhere = await openPractice(app);
    expect(await unsigned(practice.admin)).toContain(id);
    expect(await unsigned(practice.otherCoach)).toEqual([]);
    expect(await unsigned(elsewhere.admin)).toEqual([]);
  });

  it('are asked for in one way', async () => {
    expect((await coach.get('/v1/sessions?unsigned=false')).statusCode).toBe(422);
  });
});
