import { FILE_TABLES } from '../src/dossier/file-transfer.queries.js';
import type { ClientView } from '../src/clients/client.dto.js';
import type { NoteView } from '../src/notes/note.dto.js';
import type { SessionView } from '../src/sessions/session.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { assign } from './support/homework.js';
import { writeNote, writeSigned } from './support/notes.js';
import { openFile, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { freeHour, longAgo, NOTHING_SEEN, planSession } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let admin: Caller;
let coach: Caller;
let otherCoach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  ({ admin, coach, otherCoach } = practice);
});
afterAll(() => app.close());

const REASON = 'Marijke is met verlof; besproken met de cliënt.';
const transfer = (id: string, more: object = {}, headers?: Record<string, string>) =>
  admin.put(
    `/v1/clients/${id}/coach`,
    { coachId: otherCoach.id, reason: REASON, privateNotesGoAlong: false, ...more },
    headers,
  );

describe('a file that is handed over', () => {
  it('goes along whole, and the former coach finds none of it', async () => {
    const { id } = await openFile(coach, { question: 'Hoe kom ik tot rust?' });
    const past = await planSession(coach, id, { startsAt: longAgo() });
    told(await coach.post(`/v1/sessions/${past.id}/completion`, { observation: NOTHING_SEEN }));
    const planned = await planSession(coach, id);
    const homework = await assign(coach, id, { message: 'Overslaan mag altijd.' });
    const note = await writeSigned(coach, id, { visibility: 'shared' });
    const addresses = [
      `/v1/clients/${id}`,
      `/v1/sessions/${past.id}`,
      `/v1/sessions/${past.id}/observation`,
      `/v1/sessions/${planned.id}`,
      `/v1/assignments/${homework.id}`,
      `/v1/notes/${note.id}`,
    ];
    expect((await transfer(id)).statusCode).toBe(200);
    for (const address of addresses) {
      expect([address, (await coach.get(address)).statusCode]).toEqual([address, 404]);
      expect([address, (await otherCoach.get(address)).statusCode]).toEqual([address, 200]);
    }
    expect(told(await otherCoach.get(`/v1/clients/${id}`))).toMatchObject({
      question: 'Hoe kom ik tot rust?',
    });
    expect(told(await otherCoach.get(`/v1/notes/${note.id}`))).toMatchObject({
      body: note.body,
      signedBy: coach.id,
      signedAt: note.signedAt,
    });
  });

  it('keeps who gave its sessions, and plans the rest with the new coach', async () => {
    const { id } = await openFile(coach);
    const past = await planSession(coach, id, { startsAt: longAgo() });
    told(await coach.post(`/v1/sessions/${past.id}/completion`));
    const planned = await planSession(coach, id);
    told(await transfer(id));
    const givers = await Promise.all(
      [past, planned].map(
        async (one) => told<SessionView>(await otherCoach.get(`/v1/sessions/${one.id}`)).givenBy,
      ),
    );
    expect(givers).toEqual([coach.id, otherCoach.id]);
  });

  it.each([
    [false, undefined],
    [true, 'Adem zakte naar de buik.'],
  ])('takes private notes along: %s', async (privateNotesGoAlong, body) => {
    const { id } = await openFile(coach);
    const signed = await writeSigned(coach, id);
    told(await transfer(id, { privateNotesGoAlong }));
    expect(told<NoteView>(await otherCoach.get(`/v1/notes/${signed.id}`)).body).toBe(body);
    expect((await coach.get(`/v1/notes/${signed.id}`)).statusCode).toBe(404);
  });

  it('does not change a byte of what was signed', async () => {
    const { id } = await openFile(coach);
    const { id: noteId } = await writeSigned(coach, id);
    const bodies = () => rows(app, 'select version, body from note_bodies where note_id = $1', [noteId]);
    const before = await bodies();
    told(await transfer(id));
    expect(await bodies()).toEqual(before);
  });

  it('keeps the reason sealed, and says in the log who decided', async () => {
    const { id } = await openFile(coach);
    const answer = await transfer(id);
    const [kept] = await rows<{ reason: Buffer }>(
      app,
      'select reason from file_transfers where client_id = $1',
      [id],
    );
    expect(kept!.reason.includes('verlof')).toBe(false);
    const [event] = await rows(
      app,
      'select event, task, on_behalf_of from audit_events where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(event).toEqual({ event: 'client.transferred', task: 'transfer', on_behalf_of: admin.id });
  });

  it('leaves no table of a file behind', async () => {
    const found = await rows<{ name: string }>(
      app,
      `select c.table_name as name from information_schema.columns c
         join information_schema.columns f using (table_schema, table_name)
        where c.table_schema = 'public' and c.column_name = 'coach_id' and f.column_name = 'client_id'
          and c.table_name <> 'exports'`,
    );
    expect(found.map(({ name }) => name).sort()).toEqual([...FILE_TABLES].sort());
  });
});

describe('a transfer is refused', () => {
  it('where the new coach is taken, with the sessions that clash, and then nothing has moved', async () => {
    const { id } = await openFile(coach);
    const startsAt = freeHour();
    const planned = await planSession(coach, id, { startsAt });
    await planSession(otherCoach, (await openFile(otherCoach)).id, { startsAt });
    const answer = await transfer(id);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'planned-sessions-clash']);
    expect(answer.json().clashes).toEqual([{ sessionId: planned.id, startsAt }]);
    expect((await coach.get(`/v1/clients/${id}`)).statusCode).toBe(200);
    expect((await otherCoach.get(`/v1/clients/${id}`)).statusCode).toBe(404);
  });

  it('but not where one session ends as the other begins', async () => {
    const { id } = await openFile(coach);
    await planSession(coach, id, { startsAt: freeHour() });
    await planSession(otherCoach, (await openFile(otherCoach)).id, { startsAt: freeHour() });
    expect((await transfer(id)).statusCode).toBe(200);
  });

  it('to the coach whose it is', async () => {
    const { id } = await openFile(coach);
    expect(problemOf(await transfer(id, { coachId: coach.id }))).toBe('already-their-coach');
  });

  it('to who is no coach here', async () => {
    const { id } = await openFile(coach);
    const elsewhere = await openPractice(app);
    for (const coachId of [admin.id, elsewhere.coach.id]) {
      const answer = await transfer(id, { coachId });
      expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/coachId']);
    }
  });

  it('to an admin of another practice, who does not find the file', async () => {
    const { id } = await openFile(coach);
    const elsewhere = await openPractice(app);
    const answer = await elsewhere.admin.put(`/v1/clients/${id}/coach`, {
      coachId: elsewhere.coach.id,
      reason: REASON,
      privateNotesGoAlong: true,
    });
    expect(answer.statusCode).toBe(404);
  });

  it('on a version that has passed', async () => {
    const { id, version } = await openFile(coach);
    told<ClientView>(await coach.patch(`/v1/clients/${id}`, { company: 'Bakker' }));
    expect((await transfer(id, {}, { 'if-match': `"${version}"` })).statusCode).toBe(412);
  });
});

it('a draft of the former coach is not the new coach to rewrite', async () => {
  const { id } = await openFile(coach);
  const draft = await writeNote(coach, id, { visibility: 'shared' });
  told(await transfer(id));
  const answer = await otherCoach.patch(`/v1/notes/${draft.id}`, { body: 'Anders.' }, { 'if-match': '"1"' });
  expect([answer.statusCode, problemOf(answer)]).toEqual([403, 'only-the-author']);
});
