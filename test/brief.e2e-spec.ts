import { randomUUID } from 'node:crypto';
import type { BriefView } from '../src/overview/brief.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign } from './support/homework.js';
import { writeNote, writeSigned } from './support/notes.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { NOTHING_SEEN, planSession } from './support/sessions.js';
import { Wire } from './support/wire.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let client: Caller;
const ids: Record<string, string> = {};

const QUESTION = 'Hoe kom ik tot rust?';
const TAKE_HOME = 'Even staan bij de voordeur.';
const REMARK = 'Halverwege moest ik gapen.';
const PRIVATE = 'Dit is van mij alleen.';

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  await tellAStory();
});
afterEach(() => {
  app.clock.reset();
  jest.restoreAllMocks();
});
afterAll(() => app.close());

/** A session on the second of March, a week of homework after it, and the next session on the tenth. */
async function tellAStory(): Promise<void> {
  app.clock.set('2026-02-20T09:00:00Z');
  client = await openFileWithAccount(app, coach, { question: QUESTION });
  const { clientId } = client;
  const session = async (startsAt: string, seen: object): Promise<string> => {
    app.clock.set(startsAt);
    const { id } = await planSession(coach, clientId, { startsAt });
    told(await coach.post(`/v1/sessions/${id}/completion`, { observation: { ...NOTHING_SEEN, ...seen } }));
    return id;
  };
  await session('2026-02-23T09:00:00Z', { tensionBefore: 9, tensionAfter: 6 });
  ids['last'] = await session('2026-03-02T09:00:00Z', {
    question: 'Waarom lukt het thuis niet?',
    takeHome: TAKE_HOME,
    transitionMoments: ['morning'],
    tensionBefore: 7,
    tensionAfter: 3,
  });
  app.clock.set('2026-03-02T10:30:00Z');
  const more = { startOn: '2026-03-02', sessionId: ids['last'] };
  for (const name of ['done', 'paused', 'stopped']) ids[name] = (await assign(coach, clientId, more)).id;
  const write = async (day: string, entry: object): Promise<void> => {
    app.clock.set(`2026-03-0${day}T09:00:00Z`);
    const url = `/v1/me/assignments/${ids['done']}/logs/${randomUUID()}`;
    told(await client.put(url, { doneOn: `2026-03-0${day}`, outcome: 'done', ...entry }));
  };
  await write('3', { sharing: 'all', remark: REMARK, tensionBefore: 6, tensionAfter: 4 });
  await write('4', {
    sharing: 'numbers',
    remark: PRIVATE,
    outcome: 'partly',
    tensionBefore: 5,
    tensionAfter: 5,
  });
  await write('5', { sharing: 'private', remark: PRIVATE, tensionBefore: 10, tensionAfter: 10 });
  await write('6', { sharing: 'numbers', outcome: 'skipped' });
  const lookBack = async (day: string, entry: object): Promise<void> => {
    app.clock.set(`2026-03-0${day}T19:00:00Z`);
    const input = { on: `2026-03-0${day}`, stressSignals: ['headache'], conditions: {}, ...entry };
    told(await client.put(`/v1/me/check-ins/${randomUUID()}`, input));
  };
  await lookBack('3', { tension: 7, sharing: 'all', remark: PRIVATE });
  await lookBack('4', { tension: 6, sharing: 'numbers' });
  await lookBack('5', { tension: 1, sharing: 'private', remark: PRIVATE });
  app.clock.set('2026-03-07T09:00:00Z');
  told(await client.post(`/v1/me/assignments/${ids['paused']}/pause`));
  told(await client.post(`/v1/me/assignments/${ids['stopped']}/stop`));
  ids['draft'] = (await writeNote(coach, clientId)).id;
  await writeSigned(coach, clientId);
  ids['next'] = (await planSession(coach, clientId, { startsAt: '2026-03-10T09:00:00Z' })).id;
  await planSession(coach, clientId, { startsAt: '2026-03-17T09:00:00Z' });
}

const brief = async (): Promise<BriefView> => {
  app.clock.set('2026-03-10T08:59:00Z');
  return told<BriefView>(await coach.get(`/v1/clients/${client.clientId}/brief`));
};

describe('the brief before a session', () => {
  it('tells what comes, what was, and what was taken home', async () => {
    const { question, nextSession, lastSession, since, consent } = await brief();
    expect(question).toBe(QUESTION);
    expect(nextSession).toMatchObject({ id: ids['next'], startsAt: '2026-03-10T09:00:00.000Z' });
    expect(lastSession).toMatchObject({
      id: ids['last'],
      question: 'Waarom lukt het thuis niet?',
      takeHome: TAKE_HOME,
      transitionMoments: ['morning'],
    });
    expect(lastSession!.homework.map(({ en }) => en)).toEqual(Array(3).fill('Pause before acting'));
    expect(since).toBe('2026-03-02T10:00:00.000Z');
    expect(consent).toMatchObject({ inForce: true, newTextWaits: false });
  });

  it('tells how tension went, of logs only as far as the client shares', async () => {
    expect((await brief()).tension).toEqual({
      sessions: [
        { on: '2026-02-23', before: 9, after: 6 },
        { on: '2026-03-02', before: 7, after: 3 },
      ],
      sharedLogs: [
        { on: '2026-03-03', before: 6, after: 4 },
        { on: '2026-03-04', before: 5, after: 5 },
      ],
    });
  });

  it('tells what was done, rests or was let go, and counts what is shared and no more', async () => {
    const { exercises, sharedLogs } = await brief();
    const of = (name: string) => exercises.find(({ assignmentId }) => assignmentId === ids[name]);
    expect(exercises).toHaveLength(3);
    expect(of('done')).toMatchObject({ status: 'active', done: 1, partly: 1, skipped: 1 });
    expect(of('paused')).toMatchObject({ status: 'paused', pausedAt: '2026-03-07T09:00:00.000Z', done: 0 });
    expect(of('stopped')).toMatchObject({ status: 'stopped', endedAt: '2026-03-07T09:00:00.000Z' });
    expect(sharedLogs).toBe(3);
  });

  it('tells how it went by the client’s own account, as far as that is shared', async () => {
    expect(
      (await brief()).checkIns.map(({ on, tension, stressSignals }) => [on, tension, stressSignals]),
    ).toEqual([
      ['2026-03-04', 6, ['headache']],
      ['2026-03-03', 7, ['headache']],
    ]);
  });

  it('tells which remarks were shared since, and which notes wait for a signature', async () => {
    const told = await brief();
    expect(told.remarks).toMatchObject([{ assignmentId: ids['done'], doneOn: '2026-03-03', remark: REMARK }]);
    expect(told.unsignedNotes).toMatchObject([{ id: ids['draft'], visibility: 'private' }]);
    expect(JSON.stringify(told)).not.toContain(PRIVATE);
  });

  it('tells that consent was withdrawn, or that a new text waits', async () => {
    const { id } = await openFile(coach);
    const consentOf = async () => told<BriefView>(await coach.get(`/v1/clients/${id}/brief`)).consent;
    told(await practice.admin.post('/v1/practice/consent-texts', { nl: 'Nieuw.', en: 'New.' }));
    expect(await consentOf()).toEqual({ inForce: true, newTextWaits: true, givenOn: '2026-01-05' });
    const [consent] = await rows<{ id: string }>(app, 'select id from consents where client_id = $1', [id]);
    told(await coach.post(`/v1/clients/${id}/consents/${consent!.id}/withdrawal`));
    expect(await consentOf()).toEqual({ inForce: false, newTextWaits: false });
  });

  it('of a file in which nothing happened yet is short', async () => {
    const { id } = await openFile(coach);
    const quiet = told<BriefView>(await coach.get(`/v1/clients/${id}/brief`));
    expect(quiet).toMatchObject({
      clientId: id,
      tension: { sessions: [], sharedLogs: [] },
      exercises: [],
      sharedLogs: 0,
      checkIns: [],
      remarks: [],
      unsignedNotes: [],
    });
    for (const absent of ['question', 'nextSession', 'lastSession']) expect(quiet).not.toHaveProperty(absent);
  });

  it('is for the coach of the file, and for nobody else', async () => {
    const url = `/v1/clients/${client.clientId}/brief`;
    const elsewhere = await openPractice(app);
    expect((await practice.otherCoach.get(url)).statusCode).toBe(404);
    expect((await elsewhere.coach.get(url)).statusCode).toBe(404);
    expect((await practice.admin.get(url)).statusCode).toBe(403);
    expect((await client.get(url)).statusCode).toBe(403);
  });

  it('is one query, and leaves its event', async () => {
    const wire = Wire.listen();
    const answer = await coach.get(`/v1/clients/${client.clientId}/brief`);
    const asked = wire.statements.filter(({ sql }) => /^\s*select/i.test(sql) && /from clients c/.test(sql));
    expect(asked).toHaveLength(1);
    expect(
      await rows(app, 'select event, client_id from audit_events where request_id = $1', [
        answer.headers['x-request-id'],
      ]),
    ).toEqual([{ event: 'brief.read', client_id: client.clientId }]);
  });
});
