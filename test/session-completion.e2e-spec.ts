import type { CompletedSessionView } from '../src/dossier/session-completion.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { exerciseCalled } from './support/homework.js';
import { openFile, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { longAgo, NOTHING_SEEN, planSession } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let exerciseId: string;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  exerciseId = (await exerciseCalled(coach, 'Conscious transition moment')).id;
});
afterAll(() => app.close());

const observation = {
  ...NOTHING_SEEN,
  tensionBefore: 7,
  tensionAfter: 4,
  takeHome: 'Even niets tussen twee dingen.',
};
const note = { visibility: 'private', body: 'Adem zakte naar de buik.' };
const homework = () => ({
  exerciseId,
  moment: 'transition',
  rhythm: { kind: 'free' },
  startOn: '2026-03-02',
});
const complete = (id: string, body: object = {}, headers?: Record<string, string>) =>
  coach.post(`/v1/sessions/${id}/completion`, body, headers);
const newSession = async (file: object = {}) => planSession(coach, (await openFile(coach, file)).id);

/** What is written of a session, as it lies in the database. */
async function written(sessionId: string): Promise<object> {
  const [row] = await rows<object>(
    app,
    `select (select status from sessions where id = $1) as status,
            (select count(*)::int from observations where session_id = $1) as observations,
            (select count(*)::int from notes where session_id = $1) as notes,
            (select count(*)::int from assignments where session_id = $1) as assignments`,
    [sessionId],
  );
  return row!;
}
const NOTHING_WRITTEN = { status: 'planned', observations: 0, notes: 0, assignments: 0 };

describe('completing a session', () => {
  it('writes observation, note and homework in one go', async () => {
    const { id } = await newSession();
    const completed = told<CompletedSessionView>(
      await complete(id, { observation, note, assignments: [homework()] }),
    );
    expect(completed).toMatchObject({
      id,
      status: 'completed',
      observation: { tensionBefore: 7, takeHome: 'Even niets tussen twee dingen.' },
      notes: [{ sessionId: id, status: 'draft', body: note.body }],
      assignments: [{ sessionId: id, exerciseId, status: 'active' }],
    });
  });

  it('needs nothing but the session', async () => {
    const { id } = await newSession();
    expect(told(await complete(id))).toMatchObject({ status: 'completed', notes: [], assignments: [] });
  });

  it('is done afterwards too', async () => {
    const { id } = await planSession(coach, (await openFile(coach)).id, { startsAt: longAgo() });
    expect(told(await complete(id, { observation }))).toMatchObject({ status: 'completed' });
  });

  it('sent twice with one key is done once, and told twice', async () => {
    const { id } = await newSession();
    const key = { 'idempotency-key': 'completion-1' };
    const body = { observation, note, assignments: [homework()] };
    const first = await complete(id, body, key);
    const second = await complete(id, body, key);
    expect([second.statusCode, second.json()]).toEqual([200, first.json()]);
    expect(await written(id)).toEqual({ status: 'completed', observations: 1, notes: 1, assignments: 1 });
  });

  it('leaves its events in the log', async () => {
    const { id } = await newSession();
    const answer = await complete(id, { observation, note, assignments: [homework()] });
    const events = await rows<{ event: string }>(
      app,
      'select event from audit_events where request_id = $1 order by 1',
      [answer.headers['x-request-id']],
    );
    expect(events.map(({ event }) => event)).toEqual([
      'assignment.assigned',
      'note.drafted',
      'observation.written',
      'session.completed',
    ]);
  });
});

describe('a part that is refused leaves nothing of the others', () => {
  it('where the homework would be too much', async () => {
    const { id } = await newSession();
    const assignments = [homework(), homework(), homework(), homework()];
    const answer = await complete(id, {
      observation,
      note,
      assignments: assignments.map((one) => ({ ...one, startOn: new Date().toISOString().slice(0, 10) })),
    });
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'too-many-assignments']);
    expect(await written(id)).toEqual(NOTHING_WRITTEN);
  });

  it('where there is no consent', async () => {
    const { id } = await newSession({ consent: undefined });
    expect(problemOf(await complete(id, { note }))).toBe('consent-required');
    expect(await written(id)).toEqual(NOTHING_WRITTEN);
  });

  it('where the exercise is not there', async () => {
    const { id } = await newSession();
    const unknown = { ...homework(), exerciseId: '0196f3a0-1111-7222-8333-444455556666' };
    const answer = await complete(id, { observation, note, assignments: [unknown] });
    expect(answer.statusCode).toBe(422);
    expect(await written(id)).toEqual(NOTHING_WRITTEN);
  });

  it('where a field deep inside is wrong, and says which', async () => {
    const { id } = await newSession();
    const rhythm = { kind: 'scheduled', timesPerDay: 0, weekdays: [1] };
    const answer = await complete(id, { note, assignments: [{ ...homework(), rhythm }] });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe('/assignments/0/rhythm/timesPerDay');
    expect(await written(id)).toEqual(NOTHING_WRITTEN);
  });

  it('where an observation is there already, which is never overwritten', async () => {
    const { id } = await newSession();
    told(await coach.put(`/v1/sessions/${id}/observation`, observation, { 'if-none-match': '*' }));
    const answer = await complete(id, { observation: { ...observation, tensionAfter: 1 }, note });
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'observation-exists']);
    expect(await written(id)).toEqual({ ...NOTHING_WRITTEN, observations: 1 });
    expect(told(await coach.get(`/v1/sessions/${id}/observation`))).toMatchObject({ tensionAfter: 4 });
  });
});

describe('a session that cannot be completed', () => {
  it.each(['completion', 'cancellation'])('had its %s', async (end) => {
    const { id } = await newSession();
    told(await coach.post(`/v1/sessions/${id}/${end}`));
    const answer = await complete(id, { note });
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'wrong-state']);
  });

  it('is another coach’s', async () => {
    const { id } = await newSession();
    expect((await practice.otherCoach.post(`/v1/sessions/${id}/completion`, { note })).statusCode).toBe(404);
    expect((await practice.admin.post(`/v1/sessions/${id}/completion`, { note })).statusCode).toBe(403);
    expect(await written(id)).toEqual(NOTHING_WRITTEN);
  });

  it('is completed once by two who do it at the same moment', async () => {
    const { id } = await newSession();
    const answers = await Promise.all([complete(id, { note }), complete(id, { note })]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(await written(id)).toMatchObject({ notes: 1 });
  });
});
