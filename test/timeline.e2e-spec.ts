import { randomUUID } from 'node:crypto';
import type { ConsentList } from '../src/clients/consent.dto.js';
import type { TimelineItem, TimelinePage } from '../src/overview/timeline.dto.js';
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

const SECRET = 'Mijn zus belde weer midden in de nacht.';
const REMARK = 'Halverwege moest ik gapen.';
const ONLY_NUMBERS = 'Dit is van mij alleen.';

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
  await tellAStory();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => app.close());

/** Nine days in March, one thing a day. */
async function tellAStory(): Promise<void> {
  app.clock.set('2026-03-01T09:00:00Z');
  client = await openFileWithAccount(app, coach);
  const { clientId } = client;
  const session = await planSession(coach, clientId, { startsAt: '2026-03-02T09:00:00Z', location: SECRET });
  ids['session'] = session.id;
  app.clock.set('2026-03-02T11:00:00Z');
  const first = { 'if-none-match': '*' };
  const seen = { ...NOTHING_SEEN, thoughts: SECRET, takeHome: SECRET, tensionBefore: 8, tensionAfter: 3 };
  told(await coach.put(`/v1/sessions/${session.id}/observation`, seen, first));
  app.clock.set('2026-03-03T09:00:00Z');
  ids['note'] = (await writeSigned(coach, clientId, { body: SECRET })).id;
  app.clock.set('2026-03-04T09:00:00Z');
  ids['assignment'] = (await assign(coach, clientId, { message: SECRET, startOn: '2026-03-04' })).id;
  const logs = `/v1/me/assignments/${ids['assignment']}/logs`;
  const entry = {
    outcome: 'done',
    minutes: 4,
    tensionBefore: 7,
    tensionAfter: 4,
    recoverySignals: ['yawning'],
  };
  const write = async (name: string, day: string, more: object): Promise<void> => {
    app.clock.set(`2026-03-0${day}T09:00:00Z`);
    ids[name] = randomUUID();
    told(await client.put(`${logs}/${ids[name]}`, { ...entry, doneOn: `2026-03-0${day}`, ...more }));
  };
  await write('all', '5', { sharing: 'all', remark: REMARK });
  await write('numbers', '6', { sharing: 'numbers', remark: ONLY_NUMBERS });
  await write('private', '7', { sharing: 'private', remark: ONLY_NUMBERS });
  app.clock.set('2026-03-08T09:00:00Z');
  told(await client.post(`/v1/me/assignments/${ids['assignment']}/pause`));
  app.clock.set('2026-03-08T10:00:00Z');
  told(await client.post(`/v1/me/assignments/${ids['assignment']}/resumption`));
  app.clock.set('2026-03-08T11:00:00Z');
  told(await client.post(`/v1/me/assignments/${ids['assignment']}/stop`));
  app.clock.set('2026-03-09T09:00:00Z');
  const { items } = told<ConsentList>(await client.get('/v1/me/consents'));
  await client.delete(`/v1/me/consents/${items.find((one) => one.inForce)!.id}`);
  app.clock.reset();
}

const timeline = async (by: Caller, query = ''): Promise<TimelinePage> =>
  told<TimelinePage>(await by.get(`/v1/clients/${client.clientId}/timeline?limit=100${query}`));
const eventsOf = ({ items }: TimelinePage): string[] => items.map(({ event }) => event);

const STORY = [
  'consent.withdrawn',
  'assignment.ended',
  'assignment.resumed',
  'assignment.paused',
  'log.written',
  'log.written',
  'assignment.given',
  'note.written',
  'session.observed',
  'session.begins',
  'file.opened',
  'consent.given',
];

describe('the timeline of a file', () => {
  it('tells its coach all that happened, newest first', async () => {
    expect(eventsOf(await timeline(coach))).toEqual(STORY);
  });

  it('says of each thing what there is to say, and of a log what is shared of it', async () => {
    const { items } = await timeline(coach);
    const item = (event: string): TimelineItem => items.find((one) => one.event === event)!;
    expect(item('session.begins')).toMatchObject({
      at: '2026-03-02T09:00:00.000Z',
      id: ids['session'],
      session: { kind: 'energizing', status: 'planned', mode: 'video', endsAt: '2026-03-02T10:00:00.000Z' },
    });
    expect(item('session.observed')).toEqual({
      at: '2026-03-02T09:00:00.000Z',
      kind: 'observation',
      event: 'session.observed',
      id: ids['session'],
    });
    expect(item('note.written').note).toEqual({
      visibility: 'private',
      status: 'signed',
      authorId: coach.id,
      signedAt: '2026-03-03T09:00:00.000Z',
    });
    expect(item('assignment.ended')).toMatchObject({
      at: '2026-03-08T11:00:00.000Z',
      assignment: {
        assignmentId: ids['assignment'],
        status: 'stopped',
        title: { en: 'Pause before acting' },
      },
    });
    expect(item('consent.withdrawn').consent).toEqual({
      textVersion: 1,
      channel: 'portal',
      on: '2026-03-09',
    });
    const logs = items.filter(({ kind }) => kind === 'log');
    const shared = {
      assignmentId: ids['assignment'],
      outcome: 'done',
      minutes: 4,
      tensionBefore: 7,
      tensionAfter: 4,
      recoverySignals: ['yawning'],
    };
    expect(logs.map(({ log }) => log)).toEqual([
      { ...shared, doneOn: '2026-03-06', sharing: 'numbers' },
      { ...shared, doneOn: '2026-03-05', sharing: 'all', remark: REMARK },
    ]);
  });

  it('tells an admin what happened and when, and no word, tension or signal', async () => {
    const page = await timeline(practice.admin);
    expect(eventsOf(page)).toEqual(
      STORY.filter(
        (event) => !['session.observed', 'assignment.resumed', 'assignment.paused'].includes(event),
      ),
    );
    const logs = page.items.filter(({ kind }) => kind === 'log').map(({ log }) => log);
    expect(logs).toEqual([
      { assignmentId: ids['assignment'], doneOn: '2026-03-06', outcome: 'done' },
      { assignmentId: ids['assignment'], doneOn: '2026-03-05', outcome: 'done' },
    ]);
    expect(JSON.stringify(page)).not.toMatch(/tension|signal|minutes|sharing|remark/i);
  });

  it('holds for nobody what is private, nor the body of a note', async () => {
    for (const by of [coach, practice.admin]) {
      const told = JSON.stringify(await timeline(by));
      for (const hidden of [SECRET, ONLY_NUMBERS, ids['private']!]) expect(told).not.toContain(hidden);
    }
  });

  it('is not there for another coach, nor for another practice; a client has pages of their own', async () => {
    const elsewhere = await openPractice(app);
    const url = `/v1/clients/${client.clientId}/timeline`;
    for (const by of [practice.otherCoach, elsewhere.coach, elsewhere.admin]) {
      expect((await by.get(url)).statusCode).toBe(404);
      expect((await by.get(`${url}?kind=log`)).statusCode).toBe(404);
    }
    expect((await client.get(url)).statusCode).toBe(403);
  });

  it.each([
    ['session', ['session.begins']],
    ['observation', ['session.observed']],
    ['note', ['note.written']],
    ['assignment', ['assignment.ended', 'assignment.resumed', 'assignment.paused', 'assignment.given']],
    ['log', ['log.written', 'log.written']],
    ['consent', ['consent.withdrawn', 'consent.given']],
    ['transfer', []],
    ['file', ['file.opened']],
  ])('of one kind: %s', async (kind, events) => {
    expect(eventsOf(await timeline(coach, `&kind=${kind}`))).toEqual(events);
  });

  it('of a period, by days where the practice is', async () => {
    expect(eventsOf(await timeline(coach, '&from=2026-03-04&to=2026-03-05'))).toEqual([
      'log.written',
      'assignment.given',
    ]);
    expect(eventsOf(await timeline(coach, '&from=2026-03-09'))).toEqual(['consent.withdrawn']);
    expect(eventsOf(await timeline(coach, '&to=2026-02-28'))).toEqual([]);
    expect((await coach.get(`/v1/clients/${client.clientId}/timeline?from=gisteren`)).statusCode).toBe(422);
    expect((await coach.get(`/v1/clients/${client.clientId}/timeline?kind=geheim`)).statusCode).toBe(422);
  });

  it.each([1, 2, 5])('is read by %i at a time without missing or repeating a thing', async (limit) => {
    const whole = (await timeline(coach)).items;
    const read: TimelineItem[] = [];
    let next: string | undefined;
    do {
      const url = `/v1/clients/${client.clientId}/timeline?limit=${limit}${next ? `&cursor=${next}` : ''}`;
      const page = told<TimelinePage>(await coach.get(url));
      read.push(...page.items);
      next = page.next;
    } while (next);
    expect(read).toEqual(whole);
  });

  it('keeps its order where everything happened at one instant', async () => {
    app.clock.set('2026-03-02T09:00:00Z');
    const { id } = await openFile(coach);
    for (let i = 0; i < 3; i += 1) await writeNote(coach, id);
    await assign(coach, id);
    app.clock.reset();
    const url = `/v1/clients/${id}/timeline`;
    const whole = told<TimelinePage>(await coach.get(url)).items;
    expect(whole).toHaveLength(6);
    const read: TimelineItem[] = [];
    let next: string | undefined;
    do {
      const page = told<TimelinePage>(await coach.get(`${url}?limit=1${next ? `&cursor=${next}` : ''}`));
      read.push(...page.items);
      next = page.next;
    } while (next);
    expect(read).toEqual(whole);
  });

  it('takes no cursor of another list', async () => {
    const url = `/v1/clients/${client.clientId}/timeline?cursor=`;
    for (const place of ['zomaar', Buffer.from('["1","niets",""]').toString('base64url')]) {
      expect((await coach.get(url + place)).statusCode).toBe(422);
    }
  });

  it('is one query, and leaves an event with how much was read', async () => {
    await timeline(coach);
    const wire = Wire.listen();
    const answer = await coach.get(`/v1/clients/${client.clientId}/timeline`);
    const asked = wire.statements.filter(({ sql }) => /from clients f/.test(sql));
    expect(asked).toHaveLength(1);
    expect(
      wire.statements.filter(({ sql }) => /^\s*select .* from (sessions|notes|logs)/i.test(sql)),
    ).toEqual([]);
    expect(
      await rows(app, 'select event, client_id, row_count from audit_events where request_id = $1', [
        answer.headers['x-request-id'],
      ]),
    ).toEqual([{ event: 'timeline.read', client_id: client.clientId, row_count: STORY.length }]);
  });

  it('goes with the file to another coach', async () => {
    const { id } = await openFile(coach);
    const decision = { coachId: practice.otherCoach.id, reason: SECRET, privateNotesGoAlong: false };
    told(await practice.admin.put(`/v1/clients/${id}/coach`, decision));
    const url = `/v1/clients/${id}/timeline`;
    expect((await coach.get(url)).statusCode).toBe(404);
    const [newest] = told<TimelinePage>(await practice.otherCoach.get(url)).items;
    expect(newest).toMatchObject({
      event: 'file.transferred',
      transfer: { fromCoachId: coach.id, toCoachId: practice.otherCoach.id },
    });
  });
});

describe('a look back on a week', () => {
  it('is in the timeline for the file’s coach where it is shared, without its words', async () => {
    app.clock.set('2026-03-10T09:00:00Z');
    const someone = await openFileWithAccount(app, practice.coach);
    const write = async (on: string, sharing: string): Promise<void> => {
      const input = {
        on,
        tension: 4,
        stressSignals: ['headache'],
        conditions: {},
        remark: 'Geheim.',
        sharing,
      };
      told(await someone.put(`/v1/me/check-ins/${randomUUID()}`, input));
    };
    await write('2026-03-09', 'all');
    await write('2026-03-10', 'private');
    const url = `/v1/clients/${someone.clientId}/timeline?kind=check_in`;
    const { items } = told<TimelinePage>(await practice.coach.get(url));
    const checkIn = { on: '2026-03-09', tension: 4, stressSignals: ['headache'], sharing: 'all' };
    expect(items).toMatchObject([{ kind: 'check_in', event: 'check_in.written', checkIn }]);
    expect(JSON.stringify(items)).not.toContain('Geheim');
    expect(told<TimelinePage>(await practice.admin.get(url)).items).toEqual([]);
    app.clock.reset();
  });
});
