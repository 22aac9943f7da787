import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { addDays, startOfDay } from '../src/common/day.js';
import { Chance } from '../src/demo/chance.js';
import type { ExercisePage } from '../src/homework/exercises/exercise.dto.js';
import type { ProgressView } from '../src/progress/progress.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign, DAILY } from './support/homework.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { type ModelFile, progressModel } from './support/progress-model.js';
import { rows } from './support/rows.js';
import { NOTHING_SEEN, planSession } from './support/sessions.js';
import { Wire } from './support/wire.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
afterEach(() => {
  app.clock.reset();
  jest.restoreAllMocks();
});
afterAll(() => app.close());

const own = async (client: Caller, query = ''): Promise<ProgressView> =>
  told(await client.get(`/v1/me/progress${query}`));
const shared = async (client: Caller, query = ''): Promise<ProgressView> =>
  told(await coach.get(`/v1/clients/${client.clientId}/progress${query}`));

async function log(client: Caller, assignmentId: string, doneOn: string, entry: object): Promise<void> {
  app.clock.set(`${doneOn}T18:00:00Z`);
  const url = `/v1/me/assignments/${assignmentId}/logs/${randomUUID()}`;
  told(await client.put(url, { doneOn, outcome: 'done', sharing: 'numbers', ...entry }));
}

async function checkIn(client: Caller, on: string, entry: object): Promise<void> {
  app.clock.set(`${on}T19:00:00Z`);
  const input = { on, tension: 5, stressSignals: [], conditions: {}, sharing: 'numbers', ...entry };
  told(await client.put(`/v1/me/check-ins/${randomUUID()}`, input));
}

describe('the progress of a client', () => {
  let client: Caller;
  let exerciseId: string;
  const DAILY_RHYTHM = { kind: 'scheduled', timesPerDay: 1, weekdays: DAILY };
  const RANGE = '?from=2026-03-02&to=2026-03-31';

  beforeAll(async () => {
    app.clock.set('2026-02-23T09:00:00Z');
    client = await openFileWithAccount(app, coach);
    const { clientId } = client;
    const session = await planSession(coach, clientId, { startsAt: '2026-03-02T09:00:00Z' });
    app.clock.set('2026-03-02T10:00:00Z');
    const observation = { ...NOTHING_SEEN, tensionBefore: 8, tensionAfter: 4 };
    told(await coach.post(`/v1/sessions/${session.id}/completion`, { observation }));
    const daily = await assign(coach, clientId, {
      rhythm: DAILY_RHYTHM,
      startOn: '2026-03-02',
      endOn: '2026-03-31',
    });
    exerciseId = daily.exerciseId;
    await log(client, daily.id, '2026-03-02', { tensionBefore: 7, tensionAfter: 4 });
    // Twice on one day is once for that day, and does not stand in for another.
    await log(client, daily.id, '2026-03-02', { tensionBefore: 6, tensionAfter: 4 });
    await log(client, daily.id, '2026-03-03', { outcome: 'partly', tensionBefore: 6, tensionAfter: 6 });
    await log(client, daily.id, '2026-03-04', { outcome: 'skipped' });
    await log(client, daily.id, '2026-03-05', { sharing: 'private', tensionBefore: 10, tensionAfter: 0 });
    await log(client, daily.id, '2026-03-06', {
      sharing: 'all',
      remark: 'Gapen.',
      tensionBefore: 5,
      tensionAfter: 6,
    });
    told(await client.post(`/v1/me/assignments/${daily.id}/pause`));
    await checkIn(client, '2026-03-04', {
      tension: 7,
      conditions: { rest: 2 },
      stressSignals: ['headache', 'shallow_sleep'],
    });
    await checkIn(client, '2026-03-10', { tension: 1, sharing: 'private', stressSignals: ['low_energy'] });
  });
  beforeEach(() => app.clock.set('2026-03-20T09:00:00Z'));

  it('is, for the client, all of their own', async () => {
    const { counted, exercises, adherence, sessions, wentWithRelief, weeks } = await own(client, RANGE);
    expect(counted).toBe('all');
    expect(exercises).toEqual([
      {
        exerciseId,
        title: expect.objectContaining({ en: 'Pause before acting' }) as object,
        logs: { done: 4, partly: 1, skipped: 1 },
        tension: { count: 5, before: 6.8, after: 4, change: -2.8, spread: 4.32 },
        // Asked from the second to the fifth, without the fourth, which was skipped; on the sixth it rests.
        adherence: 0.83,
        relief: { logs: 5, lower: 3, same: 1, higher: 1 },
      },
    ]);
    expect(adherence).toBe(0.83);
    expect(wentWithRelief).toEqual([exerciseId]);
    expect(sessions).toMatchObject([
      { on: '2026-03-02', kind: 'energizing', before: 8, after: 4, change: -4 },
    ]);
    expect(weeks.map(({ from, checkIns }) => [from, checkIns?.tension])).toEqual([
      ['2026-03-02', 7],
      ['2026-03-09', 1],
    ]);
  });

  it('is, for the coach, what is shared and no more, and says so', async () => {
    const { counted, exercises, wentWithRelief, weeks, baseline } = await shared(client, RANGE);
    expect(counted).toBe('shared');
    expect(exercises).toMatchObject([
      { logs: { done: 3, partly: 1, skipped: 1 }, tension: { count: 4 }, relief: null, adherence: 0.5 },
    ]);
    expect(wentWithRelief).toBeNull();
    expect(weeks).toEqual([
      {
        from: '2026-03-02',
        exercises: expect.objectContaining({ count: 4 }) as object,
        checkIns: { count: 1, tension: 7, conditions: { rest: 2 }, stressSignals: 2 },
        stressSignals: [
          { code: 'headache', times: 1 },
          { code: 'shallow_sleep', times: 1 },
        ],
      },
    ]);
    expect(baseline).toMatchObject({ from: '2026-03-02', to: '2026-03-29', checkIns: { count: 1 } });
  });

  it('is the very same for the coach, whether there is anything private or nothing at all', async () => {
    const quiet = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, quiet.clientId, { rhythm: DAILY_RHYTHM, startOn: '2026-03-02' });
    await log(quiet, id, '2026-03-15', { tensionBefore: 6, tensionAfter: 5 });
    const look = () => {
      app.clock.set('2026-03-20T09:00:00Z');
      return shared(quiet, RANGE);
    };
    const before = await look();
    for (const day of ['2026-03-13', '2026-03-16', '2026-03-17']) {
      await log(quiet, id, day, { sharing: 'private', tensionBefore: 9, tensionAfter: 1 });
      await checkIn(quiet, day, { sharing: 'private', tension: 9 });
    }
    expect(await look()).toEqual(before);
    const { exercises, baseline } = await own(quiet, RANGE);
    expect([exercises[0]!.tension!.count, baseline!.from]).toEqual([4, '2026-03-13']);
  });

  it('holds no word that anybody wrote', async () => {
    expect(JSON.stringify([await own(client), await shared(client)])).not.toContain('Gapen');
  });

  it('says nothing of how much was done where nothing was asked', async () => {
    const free = await openFileWithAccount(app, coach);
    const { id } = await assign(coach, free.clientId, { startOn: '2026-03-01', endOn: '2026-04-01' });
    await log(free, id, '2026-03-10', { tensionBefore: 5, tensionAfter: 5 });
    const { adherence, exercises } = await own(free, RANGE);
    expect([adherence, exercises[0]!.adherence]).toEqual([null, null]);
  });

  it('asks nothing of today, which is not over', async () => {
    const { id } = await openFile(coach);
    await assign(coach, id, { rhythm: DAILY_RHYTHM, startOn: '2026-03-20', endOn: '2026-04-01' });
    const adherence = async () => told<ProgressView>(await coach.get(`/v1/clients/${id}/progress`)).adherence;
    expect(await adherence()).toBeNull();
    app.clock.set('2026-03-21T09:00:00Z');
    expect(await adherence()).toBe(0);
  });

  it('is short where nothing happened yet, over twelve weeks up to today', async () => {
    const { id } = await openFile(coach);
    expect(told(await coach.get(`/v1/clients/${id}/progress`))).toEqual({
      from: '2025-12-27',
      to: '2026-03-20',
      counted: 'shared',
      adherence: null,
      exercises: [],
      wentWithRelief: null,
      sessions: [],
      weeks: [],
    });
  });

  it.each([
    ['?from=2026-03-02&to=2026-03-01', 'to'],
    ['?from=2020-03-02&to=2026-03-01', 'from'],
    ['?from=1900-01-01', 'from'],
    ['?from=gisteren', 'from'],
    ['?to=2026-02-30', 'to'],
    ['?clientId=somebody', 'clientId'],
  ])('is refused for days that are none: %s', async (query, field) => {
    const answers = [
      await coach.get(`/v1/clients/${client.clientId}/progress${query}`),
      await client.get(`/v1/me/progress${query}`),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain(field);
    }
  });

  it('is for the file’s coach and the client, and for nobody else', async () => {
    const url = `/v1/clients/${client.clientId}/progress`;
    const elsewhere = await openPractice(app);
    expect((await practice.otherCoach.get(url)).statusCode).toBe(404);
    expect((await elsewhere.coach.get(url)).statusCode).toBe(404);
    expect((await practice.admin.get(url)).statusCode).toBe(403);
    expect((await client.get(url)).statusCode).toBe(403);
    expect((await coach.get('/v1/me/progress')).statusCode).toBe(403);
    expect((await practice.admin.get('/v1/me/progress')).statusCode).toBe(403);
  });

  it('counts for the coach no more than that, also when the policies of the database are off', async () => {
    const figures = await shared(client, RANGE);
    const lock = (turn: string) =>
      ['logs', 'log_details', 'check_ins'].map((table) => `alter table ${table} ${turn} row level security;`);
    await rows(app, lock('disable').join(' '));
    try {
      expect(await shared(client, RANGE)).toEqual(figures);
      expect((await own(client, RANGE)).exercises[0]!.logs.done).toBeGreaterThan(
        figures.exercises[0]!.logs.done,
      );
    } finally {
      await rows(app, lock('enable').join(' '));
    }
  });

  it('is one query, and leaves its event', async () => {
    const wire = Wire.listen();
    const answer = await coach.get(`/v1/clients/${client.clientId}/progress`);
    expect(wire.statements.filter(({ sql }) => /with asked/.test(sql))).toHaveLength(1);
    const events = 'select event, client_id from audit_events where request_id = $1';
    expect(await rows(app, events, [answer.headers['x-request-id']])).toEqual([
      { event: 'progress.read', client_id: client.clientId },
    ]);
  });
});

describe('the picture of progress', () => {
  let client: Caller;
  const NAME = 'Wilhelmina Stilzwijgen';

  beforeAll(async () => {
    app.clock.set('2026-03-02T09:00:00Z');
    client = await openFileWithAccount(app, coach, { name: NAME });
    await checkIn(client, '2026-03-02', { tension: 7, conditions: { rest: 2 } });
    await checkIn(client, '2026-03-09', { tension: 6, conditions: { rest: 4 } });
    await checkIn(client, '2026-03-16', { tension: 1, conditions: { rest: 9 }, sharing: 'private' });
    told(await practice.admin.put('/v1/practice/vocabulary/conditions/rest', { nl: 'stilte', en: 'quiet' }));
  });
  beforeEach(() => app.clock.set('2026-03-20T09:00:00Z'));

  it('is SVG that nobody keeps, guesses at or runs, and leaves its event', async () => {
    const answer = await coach.get(`/v1/clients/${client.clientId}/progress.svg`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-disposition': 'inline; filename="progress.svg"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
    });
    expect(answer.body).toMatch(/^<svg role="img"/);
    expect(answer.body).not.toMatch(/<script|style=|Wilhelmina|Stilzwijgen/);
    const events = 'select event, client_id from audit_events where request_id = $1';
    expect(await rows(app, events, [answer.headers['x-request-id']])).toEqual([
      { event: 'progress.read', client_id: client.clientId },
    ]);
  });

  it('shows the coach what is shared and the client all, each being told so', async () => {
    const seen = (await coach.get(`/v1/clients/${client.clientId}/progress.svg?language=nl`)).body;
    const mine = (await client.get('/v1/me/progress.svg?language=nl')).body;
    expect(seen).toContain('Telt alleen wat de cliënt deelt. ');
    expect(seen).toContain('stilte: eerst 2,0, laatst 4,0');
    expect(mine).toContain('Telt alles wat je zelf bijhield. ');
    expect(mine).toContain('stilte: eerst 2,0, laatst 9,0');
  });

  it('is in the language that is asked for, in the address before the header', async () => {
    const url = '/v1/me/progress.svg?from=2026-03-01';
    const title = async (query: string, header: string) =>
      /<title[^>]*>([^<,]*)/.exec(
        (await client.call('GET', `${url}${query}`, undefined, { 'accept-language': header })).body,
      )![1];
    expect(await title('', 'nl')).toBe('Hoe het gaat');
    expect(await title('', 'en')).toBe('How it goes');
    expect(await title('&language=nl', 'en')).toBe('Hoe het gaat');
    expect((await client.get(`${url}&language=fr`)).statusCode).toBe(422);
  });

  it('is for the file’s coach and the client, and for nobody else', async () => {
    const url = `/v1/clients/${client.clientId}/progress.svg`;
    expect((await practice.otherCoach.get(url)).statusCode).toBe(404);
    expect((await practice.admin.get(url)).statusCode).toBe(403);
    expect((await client.get(url)).statusCode).toBe(403);
    expect((await coach.get('/v1/me/progress.svg')).statusCode).toBe(403);
  });
});

describe('the figures', () => {
  let client: Caller;
  let database: Client;
  let exerciseIds: string[];

  beforeAll(async () => {
    client = await openFileWithAccount(app, coach);
    const { items } = told<ExercisePage>(await coach.get('/v1/exercises?limit=100'));
    exerciseIds = items.slice(0, 3).map(({ id }) => id);
    database = new Client({ connectionString: app.database.superuser });
    await database.connect();
  });
  afterAll(() => database.end());

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are what a slow count of every day comes to (%i)', async (seed) => {
    const chance = new Chance(seed);
    const file = randomFile(chance, exerciseIds);
    await fill(file);
    const now = new Date(`2026-0${4 + (seed % 3)}-1${seed}T21:59:00Z`);
    for (let i = 0; i < 4; i += 1) {
      const from = addDays('2026-02-10', between(chance, 0, 80));
      const to = addDays(from, i === 0 ? 0 : between(chance, 1, 120));
      app.clock.set(now.toISOString());
      for (const isShared of [true, false]) {
        const figures = await (isShared ? shared : own)(client, `?from=${from}&to=${to}`);
        const model = progressModel(file, { from, to, now, isShared });
        expectClose(withoutTitles(figures), { ...model, counted: isShared ? 'shared' : 'all' });
      }
    }
  });

  async function fill(file: ModelFile): Promise<void> {
    const [{ coach_id: coachId }] = (
      await database.query<{ coach_id: string }>('select coach_id from clients where id = $1', [
        client.clientId,
      ])
    ).rows as [{ coach_id: string }];
    const whose = { practice_id: practice.id, client_id: client.clientId, coach_id: coachId };
    const at = new Date('2026-01-01T00:00:00Z');
    await database.query(`set session_replication_role = replica;
      delete from log_details; delete from logs; delete from assignment_pauses; delete from assignments
        where client_id = '${client.clientId}'; delete from check_ins; delete from observations
        where client_id = '${client.clientId}'; delete from sessions where client_id = '${client.clientId}'`);
    const insert = (table: string, list: readonly object[]) =>
      database.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(list.map((row) => ({ ...whose, version: 1, ...row }))),
      ]);
    await insert(
      'assignments',
      file.assignments.map((one) => ({
        id: one.id,
        exercise_id: one.exerciseId,
        exercise_version: 1,
        assigned_by: coachId,
        status: one.endedAt ? 'stopped' : 'active',
        moment: 'any',
        rhythm: one.timesPerDay === null ? 'free' : 'scheduled',
        times_per_day: one.timesPerDay,
        weekdays: one.weekdays,
        start_on: one.startOn,
        end_on: one.endOn,
        created_at: at,
        ended_at: one.endedAt,
      })),
    );
    await insert(
      'assignment_pauses',
      file.assignments.flatMap(({ id, pauses }) =>
        pauses.map(({ pausedAt, resumedAt }) => ({
          id: randomUUID(),
          assignment_id: id,
          paused_at: pausedAt,
          resumed_at: resumedAt,
        })),
      ),
    );
    await insert(
      'logs',
      file.logs.map(({ id, assignmentId, doneOn, outcome, sharing }) => ({
        id,
        assignment_id: assignmentId,
        done_on: doneOn,
        outcome,
        sharing,
        logged_at: at,
      })),
    );
    await insert(
      'log_details',
      file.logs.map(({ id, sharing, before, after }) => ({
        log_id: id,
        sharing,
        tension_before: before,
        tension_after: after,
        recovery_signals: [],
      })),
    );
    await insert(
      'check_ins',
      file.checkIns.map(({ day, sharing, tension, conditions, stressSignals }) => ({
        id: randomUUID(),
        day,
        sharing,
        tension,
        ...conditions,
        natural_rhythm: conditions.naturalRhythm,
        stress_signals: stressSignals,
        recovery_signals: [],
        checked_at: at,
      })),
    );
    await insert(
      'sessions',
      file.sessions.map(({ id, startsAt }) => ({
        id,
        given_by: coachId,
        kind: 'energizing',
        status: 'completed',
        mode: 'video',
        starts_at: startsAt,
        ends_at: new Date(startsAt.getTime() + 3_600_000),
        occupied_from: startsAt,
        occupied_until: new Date(startsAt.getTime() + 3_600_000),
        note_signed: false,
        created_at: at,
      })),
    );
    await insert(
      'observations',
      file.sessions.map(({ id, before, after }) => ({
        session_id: id,
        tension_before: before,
        tension_after: after,
        recovery_signals: [],
        transition_moments: [],
        observed_by: coachId,
        updated_at: at,
      })),
    );
    await database.query('reset session_replication_role');
  }
});

const between = (chance: Chance, least: number, most: number): number =>
  least + Math.floor(chance.next() * (most - least + 1));

/** A spring of one client, over a clock change; more of it private than anybody is. */
function randomFile(chance: Chance, exerciseIds: readonly string[]): ModelFile {
  const day = (least: number, most: number): string => addDays('2026-02-16', between(chance, least, most));
  const moment = (least: number, most: number): Date =>
    new Date(startOfDay(day(least, most), 'Europe/Amsterdam').getTime() + between(chance, 0, 48) * 1_800_000);
  const maybe = <T>(likely: number, value: () => T): T | null => (chance.happens(likely) ? value() : null);
  const tension = (): number | null => maybe(0.8, () => between(chance, 0, 10));
  const sharing = (): 'private' | 'numbers' | 'all' => chance.pick(['private', 'numbers', 'all']);
  const assignments = Array.from({ length: between(chance, 1, 6) }, () => {
    const begins = between(chance, 0, 60);
    const [one, two, three] = [moment(begins, 80), moment(begins, 80), moment(begins, 80)].sort(
      (a, b) => a.getTime() - b.getTime(),
    ) as [Date, Date, Date];
    const isScheduled = chance.happens(0.75);
    return {
      id: randomUUID(),
      exerciseId: chance.pick(exerciseIds),
      timesPerDay: isScheduled ? between(chance, 1, 3) : null,
      weekdays: isScheduled
        ? DAILY.filter(() => chance.happens(0.7))
            .concat(0)
            .slice(0, -1)
        : null,
      startOn: addDays('2026-02-16', begins),
      endOn: addDays('2026-02-16', begins + between(chance, 0, 60)),
      endedAt: maybe(0.3, () => moment(begins, begins + 50)),
      pauses: [
        ...(chance.happens(0.6) ? [{ pausedAt: one, resumedAt: two }] : []),
        ...(chance.happens(0.3) ? [{ pausedAt: three, resumedAt: null }] : []),
      ],
    };
  });
  const logs = assignments.flatMap(({ id, startOn, endOn }) => {
    const made: ModelFile['logs'][number][] = [];
    for (let on = startOn; on <= endOn; on = addDays(on, 1)) {
      for (let i = between(chance, -1, 3); i > 0; i -= 1) {
        const outcome = chance.pick(['done', 'done', 'partly', 'skipped'] as const);
        made.push({
          id: randomUUID(),
          assignmentId: id,
          doneOn: on,
          outcome,
          sharing: sharing(),
          before: tension(),
          after: tension(),
        });
      }
    }
    return made;
  });
  const checkedOn = [...new Set(Array.from({ length: between(chance, 0, 25) }, () => day(-3, 110)))];
  const checkIns = checkedOn.map((on) => ({
    day: on,
    sharing: sharing(),
    tension: between(chance, 0, 10),
    conditions: {
      safety: tension(),
      rest: tension(),
      presence: tension(),
      acceptance: null,
      naturalRhythm: tension(),
    },
    stressSignals: chance.some(['headache', 'low_energy', 'irritability', 'hartkloppingen'], 0.4),
  }));
  const sessions = Array.from({ length: between(chance, 0, 8) }, () => ({
    id: randomUUID(),
    startsAt: moment(-5, 110),
    before: tension(),
    after: tension(),
  }));
  return { assignments, logs, checkIns, sessions };
}

const withoutTitles = ({ exercises, ...figures }: ProgressView): object => ({
  ...figures,
  exercises: exercises.map(({ title: _, ...exercise }) => exercise),
});

/** The same, but for how numbers were rounded and in which order exercises are told. */
function expectClose(figures: object, model: object): void {
  const [told, counted] = [flat(figures), flat(model)];
  expect(Object.keys(told).sort()).toEqual(Object.keys(counted).sort());
  const differ = Object.keys(counted).filter((path) => !isClose(told[path], counted[path]));
  expect(differ.map((path) => [path, told[path], counted[path]])).toEqual([]);
}

const isClose = (one: unknown, other: unknown): boolean =>
  typeof one === 'number' && typeof other === 'number' ? Math.abs(one - other) < 0.0051 : one === other;

function flat(value: unknown, path = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return { [path]: value };
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    const sorted = [...items].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    return Object.assign(
      { [`${path}.length`]: items.length },
      ...sorted.map((item, i) => flat(item, `${path}[${i}]`)),
    ) as Record<string, unknown>;
  }
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, inner]) => flat(inner, `${path}.${name}`)),
  ) as Record<string, unknown>;
}

/** Exercises by their id; all else stays in its order. */
const keyOf = (item: unknown): string =>
  typeof item === 'string' ? item : ((item as { exerciseId?: string }).exerciseId ?? '');
