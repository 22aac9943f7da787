import { randomUUID } from 'node:crypto';
import type { Response } from 'light-my-request';
import type { ClientView } from '../src/clients/client.dto.js';
import type { AssignmentView } from '../src/homework/assignments/assignment.dto.js';
import type { SessionView } from '../src/sessions/session.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign } from './support/homework.js';
import { writeNote, writeSigned } from './support/notes.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { longAgo, NOTHING_SEEN, plan, planSession, refusalOf } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  coach = practice.coach;
});
beforeEach(() => app.clock.set('2026-03-10T09:00:00Z'));
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const close = (by: Caller, id: string, headers = {}): Promise<Response> =>
  by.post(`/v1/clients/${id}/closure`, {}, headers);
const sessionNow = async ({ id }: { id: string }) => told<SessionView>(await coach.get(`/v1/sessions/${id}`));
const assignmentNow = async ({ id }: { id: string }) =>
  told<AssignmentView>(await coach.get(`/v1/assignments/${id}`));

describe('closing a file', () => {
  it('gives its coach the whole view back', async () => {
    const { id, version } = await openFile(coach, { question: 'Waarom slaap ik niet?', stressKind: 'acute' });
    const answer = await close(coach, id);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['etag']).toBe(`"${version + 1}"`);
    expect(answer.json()).toMatchObject({
      status: 'closed',
      closedAt: '2026-03-10T09:00:00.000Z',
      question: 'Waarom slaap ik niet?',
      stressKind: 'acute',
    });
    expect(told(await coach.get(`/v1/clients/${id}`))).toEqual(answer.json());
  });

  it('is for an admin too, who reads nothing of what the client came with', async () => {
    const { id } = await openFile(coach, { question: 'Waarom slaap ik niet?' });
    const planned = await planSession(coach, id);
    const given = await assign(coach, id);
    const answer = await close(practice.admin, id);
    expect(answer.json()).toMatchObject({ status: 'closed' });
    expect(answer.json()).not.toHaveProperty('question');
    expect(await sessionNow(planned)).toMatchObject({ status: 'cancelled' });
    expect(await assignmentNow(given)).toMatchObject({ status: 'stopped' });
  });

  it('is done from each state that is not closed', async () => {
    const prospect = told<ClientView>(await coach.post('/v1/clients', { name: 'Sanne', language: 'nl' }));
    const paused = await openFile(coach);
    told(await coach.post(`/v1/clients/${paused.id}/pause`));
    for (const { id } of [prospect, paused]) expect((await close(coach, id)).json().status).toBe('closed');
  });

  it('cancels what is planned, and leaves what has been', async () => {
    const { id } = await openFile(coach);
    const planned = await planSession(coach, id);
    const overdue = await planSession(coach, id, { startsAt: longAgo() });
    const had = await planSession(coach, id, { startsAt: longAgo() });
    told(await coach.post(`/v1/sessions/${had.id}/completion`, { observation: NOTHING_SEEN }));
    const missed = await planSession(coach, id, { startsAt: longAgo() });
    told(await coach.post(`/v1/sessions/${missed.id}/no-show`, { reason: 'Ziek' }));
    const untouched = [await sessionNow(had), await sessionNow(missed)];
    told(await close(coach, id));
    for (const session of [planned, overdue]) {
      expect(await sessionNow(session)).toMatchObject({ status: 'cancelled', version: session.version + 1 });
    }
    expect([await sessionNow(had), await sessionNow(missed)]).toEqual(untouched);
  });

  it('frees the time of the coach', async () => {
    const { id } = await openFile(coach);
    const { startsAt } = await planSession(coach, id);
    told(await close(coach, id));
    const next = await coach.post('/v1/sessions', plan((await openFile(coach)).id, { startsAt }));
    expect(next.statusCode).toBe(201);
  });

  it('stops what is open, also what rests, and leaves what has ended', async () => {
    const { id } = await openFile(coach);
    const active = await assign(coach, id);
    const paused = await assign(coach, id);
    told(await coach.post(`/v1/assignments/${paused.id}/pause`));
    const completed = await assign(coach, id);
    const done = told(await coach.post(`/v1/assignments/${completed.id}/completion`));
    app.clock.set('2026-03-12T09:00:00Z');
    told(await close(coach, id));
    for (const given of [active, paused]) {
      const now = await assignmentNow(given);
      expect(now).toMatchObject({ status: 'stopped', endedAt: '2026-03-12T09:00:00.000Z' });
      expect(now).not.toHaveProperty('pausedAt');
    }
    expect(await assignmentNow(completed)).toEqual(done);
    const pauses = await rows(
      app,
      'select paused_at, resumed_at from assignment_pauses where client_id = $1',
      [id],
    );
    expect(pauses).toEqual([
      { paused_at: new Date('2026-03-10T09:00:00Z'), resumed_at: new Date('2026-03-12T09:00:00Z') },
    ]);
  });

  it('touches no file but this one', async () => {
    const { id } = await openFile(coach);
    const other = await openFile(coach);
    const planned = await planSession(coach, other.id);
    const given = await assign(coach, other.id);
    told(await close(coach, id));
    expect(await sessionNow(planned)).toEqual(planned);
    expect(await assignmentNow(given)).toEqual(given);
  });

  it('leaves each thing it did in the log, on behalf of who closed it', async () => {
    const { id } = await openFile(coach);
    await planSession(coach, id);
    await assign(coach, id);
    const answer = await close(practice.admin, id);
    const events = await rows(
      app,
      `select event, task, user_id, on_behalf_of from audit_events
        where client_id = $1 and request_id = $2 and task is not null order by event`,
      [id, String(answer.headers['x-request-id'])],
    );
    const by = { task: 'closure', user_id: null, on_behalf_of: practice.admin.id };
    expect(events).toEqual([
      { event: 'assignment.stopped', ...by },
      { event: 'client.closed', ...by },
      { event: 'session.cancelled', ...by },
    ]);
  });
});

describe('of a closed file', () => {
  it('the client keeps reading homework, sessions and shared notes', async () => {
    const client = await openFileWithAccount(app, coach);
    const given = await assign(coach, client.clientId);
    const session = await planSession(coach, client.clientId, { startsAt: longAgo() });
    told(await coach.post(`/v1/sessions/${session.id}/completion`));
    const shared = await writeSigned(coach, client.clientId, { visibility: 'shared' });
    told(await close(coach, client.clientId));
    const ids = async (url: string): Promise<string[]> =>
      told<{ items: { id: string }[] }>(await client.get(url)).items.map(({ id }) => id);
    expect(await ids('/v1/me/assignments')).toEqual([given.id]);
    expect(await ids('/v1/me/sessions')).toEqual([session.id]);
    expect(await ids('/v1/me/notes')).toEqual([shared.id]);
  });

  it('the client logs nothing more, and still reads what was logged', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, client.clientId);
    const logs = `/v1/me/assignments/${id}/logs`;
    const brief = { doneOn: '2026-03-10', outcome: 'done' };
    const logged = told(await client.put(`${logs}/${randomUUID()}`, brief));
    told(await close(coach, client.clientId));
    expect(refusalOf(await client.put(`${logs}/${randomUUID()}`, brief))).toEqual([409, 'file-closed']);
    expect((await client.get(logs)).json().items).toEqual([logged]);
  });

  it('nothing is written by its coach', async () => {
    const { id } = await openFile(coach);
    const draft = await writeNote(coach, id);
    const { exerciseId, moment, rhythm, startOn } = await assign(coach, id);
    told(await close(coach, id));
    const answers = [
      await coach.post('/v1/sessions', plan(id)),
      await coach.post(`/v1/clients/${id}/notes`, { visibility: 'private', body: 'Nog iets' }),
      await coach.patch(`/v1/notes/${draft.id}`, { body: 'Anders' }, { 'if-match': `"${draft.version}"` }),
      await coach.post(`/v1/clients/${id}/assignments`, { exerciseId, moment, rhythm, startOn }),
    ];
    for (const answer of answers) expect(refusalOf(answer)).toEqual([409, 'file-closed']);
  });

  it('reopening brings nothing back', async () => {
    const { id } = await openFile(coach);
    const planned = await planSession(coach, id);
    const given = await assign(coach, id);
    told(await close(coach, id));
    const reopened = told<ClientView>(await coach.post(`/v1/clients/${id}/reopening`));
    expect(reopened.status).toBe('active');
    expect(reopened).not.toHaveProperty('closedAt');
    expect(await sessionNow(planned)).toMatchObject({ status: 'cancelled' });
    expect(await assignmentNow(given)).toMatchObject({ status: 'stopped' });
    expect((await coach.post('/v1/sessions', plan(id))).statusCode).toBe(201);
  });

  it('there is no closing again, until it was reopened', async () => {
    const { id } = await openFile(coach);
    told(await close(coach, id));
    const again = await close(coach, id);
    expect(refusalOf(again)).toEqual([409, 'wrong-state']);
    expect(again.json()).toMatchObject({ state: 'closed' });
    told(await coach.post(`/v1/clients/${id}/reopening`));
    expect((await close(coach, id)).statusCode).toBe(200);
  });
});

describe('a closure that is sent twice', () => {
  it.each(['coach', 'admin'] as const)(
    'by the %s with one key is made once, and told again',
    async (role) => {
      const { id } = await openFile(coach);
      await planSession(coach, id);
      const key = { 'idempotency-key': `closing-${role}` };
      const first = await close(practice[role], id, key);
      const second = await close(practice[role], id, key);
      expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
      expect(second.json()).toEqual(first.json());
      const events = await rows(
        app,
        "select event from audit_events where client_id = $1 and task = 'closure' order by event",
        [id],
      );
      expect(events).toEqual([{ event: 'client.closed' }, { event: 'session.cancelled' }]);
    },
  );

  it('at once is made once', async () => {
    const { id } = await openFile(coach);
    const answers = await Promise.all([close(coach, id), close(practice.admin, id)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });
});

describe('a file is not closed', () => {
  it('by a coach whose it is not, here or elsewhere, nor by an admin elsewhere', async () => {
    const { id } = await openFile(coach);
    for (const caller of [practice.otherCoach, elsewhere.coach, elsewhere.admin]) {
      expect((await close(caller, id)).statusCode).toBe(404);
    }
    expect(told(await coach.get(`/v1/clients/${id}`))).toMatchObject({ status: 'active' });
  });

  it('by its client', async () => {
    const client = await openFileWithAccount(app, coach);
    expect(refusalOf(await close(client, client.clientId))).toEqual([403, 'forbidden']);
  });
});
