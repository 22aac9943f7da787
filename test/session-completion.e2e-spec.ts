import { randomUUID } from 'node:crypto';
import type { Response } from 'light-my-request';
import type { CompletedSessionView } from '../src/dossier/session-completion.dto.js';
import type { AssignmentPage } from '../src/homework/assignments/assignment.dto.js';
import type { SessionView } from '../src/sessions/session.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign, exerciseCalled, SITTING } from './support/homework.js';
import { sign, writeNote } from './support/notes.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { longAgo, NOTHING_SEEN, planSession, refusalOf } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let coach: Caller;
let homework: { exerciseId: string; moment: string; rhythm: object; startOn: string };

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  coach = practice.coach;
  const { id: exerciseId } = await exerciseCalled(coach, 'Pause before acting');
  homework = { exerciseId, moment: 'any', rhythm: { kind: 'free' }, startOn: '2026-03-01' };
});
beforeEach(() => app.clock.set('2026-03-10T09:00:00Z'));
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const observation = {
  ...NOTHING_SEEN,
  tensionBefore: 8,
  tensionAfter: 3,
  takeHome: 'Drie keer per dag voelen',
};
const note = { visibility: 'private', body: 'Adem zakte naar de buik.' };

const complete = (by: Caller, { id }: { id: string }, body: object = {}, headers = {}): Promise<Response> =>
  by.post(`/v1/sessions/${id}/completion`, body, headers);
const whole = () => ({
  observation,
  note,
  assignments: [
    { ...homework, message: 'Blijf even staan.' },
    { ...homework, rhythm: { kind: 'scheduled', timesPerDay: 3, weekdays: [1, 3, 5] } },
  ],
});

/** A session of a client who has nothing else; it began, and is not completed yet. */
async function session(more: object = {}): Promise<SessionView> {
  return begun((await openFile(coach)).id, more);
}

const begun = (clientId: string, more: object = {}): Promise<SessionView> =>
  planSession(coach, clientId, { startsAt: longAgo(), ...more });

/** How the session stands, and how much was written in the file. */
async function standing({ id, clientId }: SessionView) {
  const [found] = await rows(
    app,
    `select s.status, s.version,
            (select count(*)::int from observations where session_id = s.id) as observations,
            (select count(*)::int from observation_details where session_id = s.id) as details,
            (select count(*)::int from notes where client_id = $2) as notes,
            (select count(*)::int from note_bodies where client_id = $2) as texts,
            (select count(*)::int from assignments where client_id = $2) as assignments,
            (select count(*)::int from assignment_messages where client_id = $2) as messages,
            (select count(*)::int from audit_events where client_id = $2 and outcome = 'done'
                and event in ('session.completed', 'observation.written', 'note.drafted', 'assignment.assigned')) as events
       from sessions s where s.id = $1`,
    [id, clientId],
  );
  return found!;
}

/** Sends a completion that is refused, and sees that the file is as it was before. */
async function refused(planned: SessionView, body: object): Promise<Response> {
  const before = await standing(planned);
  const answer = await complete(coach, planned, body);
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(await standing(planned)).toEqual(before);
  return answer;
}

const pointersOf = (answer: Response): string[] =>
  answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer);

describe('completing a session', () => {
  it('takes the observation, the note and the homework in one call', async () => {
    const planned = await session();
    const answer = await complete(coach, planned, whole());
    expect([answer.statusCode, answer.headers['etag']]).toEqual([200, '"2"']);
    const completed = told<CompletedSessionView>(answer);
    expect(completed).toMatchObject({
      id: planned.id,
      status: 'completed',
      observation: { ...observation, sessionId: planned.id, observedBy: coach.id, version: 1 },
      notes: [
        { ...note, sessionId: planned.id, clientId: planned.clientId, status: 'draft', authorId: coach.id },
      ],
    });
    expect(completed.assignments).toHaveLength(2);
    for (const assignment of completed.assignments) {
      expect(assignment).toMatchObject({
        sessionId: planned.id,
        clientId: planned.clientId,
        status: 'active',
      });
    }
    expect(completed.assignments.map(({ message }) => message)).toContain('Blijf even staan.');
  });

  it('reads back, part by part, as it was answered', async () => {
    const planned = await session();
    const completed = told<CompletedSessionView>(await complete(coach, planned, whole()));
    const url = `/v1/sessions/${planned.id}`;
    const { observation: observed, notes, assignments, ...rest } = completed;
    expect(told(await coach.get(url))).toEqual(rest);
    expect(told(await coach.get(`${url}/observation`))).toEqual(observed);
    expect(told<{ items: unknown[] }>(await coach.get(`${url}/notes`)).items).toEqual(notes);
    const given = told<AssignmentPage>(await coach.get(`/v1/clients/${planned.clientId}/assignments`));
    const untouched = { pauses: [], shared: { remarks: [] } };
    expect(given.items).toEqual(assignments.map((one) => ({ ...one, ...untouched })));
  });

  it.each(['observation', 'note', 'assignments'] as const)('leaves out the %s where it is', async (part) => {
    const { [part]: _left, ...rest } = whole();
    const planned = await session();
    const completed = told<CompletedSessionView>(await complete(coach, planned, rest));
    expect(completed.status).toBe('completed');
    expect('observation' in completed).toBe(part !== 'observation');
    expect(completed.notes).toHaveLength(part === 'note' ? 0 : 1);
    expect(completed.assignments).toHaveLength(part === 'assignments' ? 0 : 2);
  });

  it('with nothing at all is a completion still, and needs no consent', async () => {
    const { id } = await openFile(coach, { consent: undefined });
    const completed = told<CompletedSessionView>(await complete(coach, await begun(id)));
    expect(completed).toMatchObject({ status: 'completed', notes: [], assignments: [] });
    expect(completed).not.toHaveProperty('observation');
  });

  it('is done of a past session that is logged afterwards', async () => {
    const logged = await session({ startsAt: longAgo() });
    expect(told(await complete(coach, logged, whole()))).toMatchObject({
      status: 'completed',
      startsAt: logged.startsAt,
    });
  });

  it('waits until it has begun; one that was held earlier is moved first', async () => {
    const planned = await session({ startsAt: '2026-03-10T09:00:01Z' });
    const answer = await refused(planned, whole());
    expect(refusalOf(answer)).toEqual([409, 'not-yet-started']);
    told(await coach.patch(`/v1/sessions/${planned.id}`, { startsAt: '2026-03-10T08:00:00Z' }));
    expect((await complete(coach, planned, whole())).statusCode).toBe(200);
  });

  it('keeps what was written of it before', async () => {
    const planned = await session();
    told(await coach.put(`/v1/sessions/${planned.id}/observation`, observation, { 'if-none-match': '*' }));
    const early = told<{ id: string }>(await coach.post(`/v1/sessions/${planned.id}/notes`, note));
    const completed = told<CompletedSessionView>(await complete(coach, planned, { note }));
    expect(completed.observation).toMatchObject(observation);
    expect(completed.notes.map(({ id }) => id)).toContain(early.id);
    expect(completed.notes).toHaveLength(2);
  });

  it('shows the client what is theirs, and no word of the private note', async () => {
    const client = await openFileWithAccount(app, coach);
    const planned = await begun(client.clientId);
    told(await complete(coach, planned, whole()));
    const sessions = await client.get('/v1/me/sessions');
    expect(sessions.json().items).toEqual([
      expect.objectContaining({
        id: planned.id,
        status: 'completed',
        observation: expect.objectContaining({
          takeHome: observation.takeHome,
        }),
      }),
    ]);
    expect(told<AssignmentPage>(await client.get('/v1/me/assignments')).items).toHaveLength(2);
    expect((await client.get('/v1/me/notes')).json().items).toEqual([]);
  });

  it('leaves each thing it did in the log, once, under the one request', async () => {
    const planned = await session();
    const answer = await complete(coach, planned, whole());
    const events = await rows<{ event: string }>(
      app,
      'select event, user_id, client_id, outcome from audit_events where request_id = $1',
      [String(answer.headers['x-request-id'])],
    );
    expect(events.map(({ event }) => event).sort()).toEqual([
      'assignment.assigned',
      'assignment.assigned',
      'note.drafted',
      'observation.written',
      'session.completed',
    ]);
    for (const event of events) {
      expect(event).toMatchObject({ user_id: coach.id, client_id: planned.clientId, outcome: 'done' });
    }
  });

  it('tells the notes of the session, and none of the rest of the file', async () => {
    const planned = await session();
    await writeNote(coach, planned.clientId);
    expect(told<CompletedSessionView>(await complete(coach, planned)).notes).toEqual([]);
  });

  it('keeps every word of it sealed', async () => {
    const planned = await session();
    const secrets = ['Zilvermeeuw', 'Korenbloem', 'Waterlelie'];
    told(
      await complete(coach, planned, {
        observation: { ...observation, takeHome: secrets[0] },
        note: { ...note, body: secrets[1] },
        assignments: [{ ...homework, message: secrets[2] }],
      }),
    );
    const kept = await Promise.all(
      [
        'observations',
        'observation_details',
        'notes',
        'note_bodies',
        'assignments',
        'assignment_messages',
      ].map((table) =>
        rows<{ row: Record<string, unknown> }>(app, `select * from ${table} where client_id = $1`, [
          planned.clientId,
        ]),
      ),
    );
    const plain = kept
      .flat()
      .flatMap(Object.values)
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)));
    for (const secret of secrets) expect(plain.join('\n')).not.toContain(secret);
  });
});

describe('one part that is refused leaves nothing of the others', () => {
  it('when there would be too many exercises at a time', async () => {
    const answer = await refused(await session(), { ...whole(), assignments: Array(10).fill(homework) });
    expect(refusalOf(answer)).toEqual([409, 'too-many-assignments']);
  });

  it('unless the coach means it', async () => {
    const assignments = Array(10).fill({ ...homework, overrideLimit: true });
    const completed = told<CompletedSessionView>(await complete(coach, await session(), { assignments }));
    expect(completed.assignments).toHaveLength(10);
  });

  it('counting what runs already', async () => {
    const planned = await session();
    for (let i = 0; i < 2; i++) await assign(coach, planned.clientId);
    const answer = await refused(planned, whole());
    expect(refusalOf(answer)).toEqual([409, 'too-many-assignments']);
  });

  it.each(['observation', 'note', 'assignments'] as const)('when consent lacks for the %s', async (part) => {
    const { id } = await openFile(coach, { consent: undefined });
    const answer = await refused(await begun(id), { [part]: whole()[part] });
    expect(refusalOf(answer)).toEqual([409, 'consent-required']);
  });

  it('when there is an observation already, which stays as it is', async () => {
    const planned = await session();
    const url = `/v1/sessions/${planned.id}/observation`;
    const stands = told(await coach.put(url, observation, { 'if-none-match': '*' }));
    const answer = await refused(planned, {
      ...whole(),
      observation: { ...observation, takeHome: 'Anders' },
    });
    expect(refusalOf(answer)).toEqual([409, 'observation-exists']);
    expect(told(await coach.get(url))).toEqual(stands);
  });

  it('when a signed note fixed what was observed', async () => {
    const planned = await session();
    await sign(coach, told(await coach.post(`/v1/sessions/${planned.id}/notes`, note)));
    expect(refusalOf(await refused(planned, whole()))).toEqual([409, 'observation-locked']);
  });

  it('when an exercise does not exist, and tells which', async () => {
    const answer = await refused(await session(), {
      ...whole(),
      assignments: [homework, { ...homework, exerciseId: randomUUID() }],
    });
    expect(refusalOf(answer)).toEqual([422, 'invalid-input']);
    expect(pointersOf(answer)).toEqual(['/assignments/1/exerciseId']);
  });

  it('when an exercise is a draft, or of another practice', async () => {
    const draft = told<{ id: string }>(await practice.admin.post('/v1/exercises', SITTING));
    const theirs = await exerciseCalled(elsewhere.coach, 'Pause before acting');
    for (const { id: exerciseId } of [draft, theirs]) {
      const answer = await refused(await session(), {
        ...whole(),
        assignments: [{ ...homework, exerciseId }],
      });
      expect(pointersOf(answer)).toEqual(['/assignments/0/exerciseId']);
    }
  });

  it('when homework ends before it starts, and tells which', async () => {
    const answer = await refused(await session(), {
      ...whole(),
      assignments: [homework, { ...homework, endOn: '2026-02-01' }],
    });
    expect(refusalOf(answer)).toEqual([422, 'invalid-input']);
    expect(pointersOf(answer)).toEqual(['/assignments/1/endOn']);
  });

  it('when a field deep inside is wrong, and tells where', async () => {
    const answer = await refused(await session(), {
      observation: { ...observation, tensionAreas: ['soul'], conditions: { safety: 11 } },
      note: { ...note, body: '' },
      assignments: [{ ...homework, rhythm: { kind: 'scheduled', timesPerDay: 13, weekdays: [1] } }],
      mood: 'fine',
    });
    expect(answer.statusCode).toBe(422);
    expect(pointersOf(answer).sort()).toEqual([
      '/assignments/0/rhythm/timesPerDay',
      '/mood',
      '/note/body',
      '/observation/conditions/safety',
      '/observation/tensionAreas',
    ]);
  });

  it('when more homework is sent than a call holds', async () => {
    const answer = await refused(await session(), { assignments: Array(11).fill(homework) });
    expect(pointersOf(answer)).toEqual(['/assignments']);
  });
});

describe('a completion that is sent twice', () => {
  it('with one key is made once, and told again', async () => {
    const planned = await session();
    const key = { 'idempotency-key': 'completion-1' };
    const body = whole();
    const first = await complete(coach, planned, body, key);
    const stands = await standing(planned);
    const second = await complete(coach, planned, body, key);
    expect([second.statusCode, second.headers['etag']]).toEqual([200, first.headers['etag']]);
    expect(second.json()).toEqual(first.json());
    expect(await standing(planned)).toEqual(stands);
    expect(stands).toMatchObject({ observations: 1, notes: 1, assignments: 2, events: 5 });
  });

  it('with one key for another body is refused', async () => {
    const planned = await session();
    const key = { 'idempotency-key': 'completion-2' };
    told(await complete(coach, planned, { note }, key));
    expect(refusalOf(await complete(coach, planned, {}, key))).toEqual([422, 'repeat-differs']);
  });

  it('after a refusal is made with the same key', async () => {
    const { id } = await openFile(coach, { consent: undefined });
    const planned = await begun(id);
    const key = { 'idempotency-key': 'completion-3' };
    expect((await complete(coach, planned, { note }, key)).statusCode).toBe(409);
    told(await coach.post(`/v1/clients/${id}/consents`, { channel: 'paper', givenOn: '2026-03-02' }));
    expect((await complete(coach, planned, { note }, key)).statusCode).toBe(200);
  });

  it('without a key is refused the second time', async () => {
    const planned = await session();
    told(await complete(coach, planned, whole()));
    expect(refusalOf(await refused(planned, { note }))).toEqual([409, 'wrong-state']);
  });

  it('at once is made once', async () => {
    const planned = await session();
    const answers = await Promise.all([complete(coach, planned, whole()), complete(coach, planned, whole())]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(await standing(planned)).toMatchObject({ observations: 1, notes: 1, assignments: 2 });
  });
});

describe('a session is not completed', () => {
  it('that was cancelled, or that the client did not come to', async () => {
    for (const verb of ['cancellation', 'no-show']) {
      const planned = await session({ startsAt: longAgo() });
      told(await coach.post(`/v1/sessions/${planned.id}/${verb}`));
      expect(refusalOf(await refused(planned, whole()))).toEqual([409, 'wrong-state']);
    }
  });

  it('in a closed file', async () => {
    const planned = await session();
    told(await coach.post(`/v1/clients/${planned.clientId}/closure`));
    const [status, problem] = refusalOf(await refused(planned, whole()));
    expect([status, problem]).toEqual([409, 'file-closed']);
  });

  it('by another coach, of here or elsewhere, for whom it is not there', async () => {
    const planned = await session();
    for (const caller of [practice.otherCoach, elsewhere.coach]) {
      expect((await complete(caller, planned, whole())).statusCode).toBe(404);
    }
    expect(await standing(planned)).toMatchObject({ status: 'planned', notes: 0 });
  });

  it('by an admin or by the client, whose it is not', async () => {
    const client = await openFileWithAccount(app, coach);
    const planned = await begun(client.clientId);
    for (const caller of [practice.admin, client]) {
      expect(refusalOf(await complete(caller, planned, whole()))).toEqual([403, 'forbidden']);
    }
    expect(await standing(planned)).toMatchObject({ status: 'planned', notes: 0 });
  });
});
