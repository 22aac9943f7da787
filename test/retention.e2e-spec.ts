import type { ClientView } from '../src/clients/client.dto.js';
import type { DataRequestPage, DataRequestView } from '../src/privacy/data-request.dto.js';
import { RetentionFailed, RetentionRun } from '../src/retention/retention-run.js';
import type {
  HoldView,
  RetainedFile,
  RetentionPreview,
  RetentionTerm,
} from '../src/retention/retention.dto.js';
import type { PracticeView } from '../src/practices/practice.dto.js';
import type { SessionView } from '../src/sessions/session.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { sealAll } from './support/sealing.js';
import { planSession, refusalOf } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let admin: Caller;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  app.clock.reset();
  practice = await openPractice(app);
  ({ admin, coach } = practice);
});
afterAll(() => app.close());

/** A file whose last session was at this instant, closed on that day. */
async function closedFile(lastSession: string, closedAt = lastSession): Promise<ClientView> {
  const file = await openFile(coach);
  const session = await planSession(coach, file.id, {
    startsAt: lastSession,
    priceCents: 9500,
    vatPercent: 21,
  });
  told(await coach.post(`/v1/sessions/${session.id}/completion`, {}));
  told(await coach.post(`/v1/clients/${file.id}/closure`));
  await rows(app, 'update clients set closed_at = $2 where id = $1', [file.id, closedAt]);
  return file;
}

const preview = async (query = '', headers?: Record<string, string>): Promise<RetentionPreview> =>
  told(await admin.get(`/v1/retention${query}`, headers));
const previewOf = async ({ id }: { id: string }): Promise<RetainedFile> =>
  (await preview('?limit=100')).items.find(({ clientId }) => clientId === id)!;
const requests = async (): Promise<DataRequestView[]> =>
  told<DataRequestPage>(await admin.get('/v1/data-requests?limit=100')).items;
const night = (): Promise<void> => app.get(RetentionRun).run();
const LONG_AGO = '2023-05-10T10:00:00Z';
const DAY_MS = 86_400_000;
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);
const TODAY = dayAt(Date.now());
const YEAR = Number(TODAY.slice(0, 4));
/** Far from midnight, wherever one is. */
const LATELY = `${dayAt(Date.now() - 90 * DAY_MS)}T10:00:00.000Z`;

describe('what will go', () => {
  it('is told with when and why: two years after the last session, and what goes and stays', async () => {
    const file = await closedFile(LATELY);
    const day = LATELY.slice(0, 10);
    const twoYears = `${Number(day.slice(0, 4)) + 2}${day.slice(4)}`;
    const told = await previewOf(file);
    expect(told).toMatchObject({
      name: file.name,
      status: 'closed',
      lastSessionOn: day,
      termEndsOn: twoYears,
      goesOn: twoYears,
      keptBecause: 'term',
    });
    const { term, goes, stays } = await preview('', { 'accept-language': 'nl' });
    expect(term).toEqual({ regime: 'coach', fileYears: 2, isChosen: false, fiscalYears: 7 });
    expect(goes.join()).toContain('sleutel');
    expect(stays.join()).toContain('Belastingdienst');
  });

  it('counts from when the file was opened where there was no session, and not sessions that were called off', async () => {
    const file = await openFile(coach);
    const session = await planSession(coach, file.id, { startsAt: LONG_AGO });
    told(await coach.post(`/v1/sessions/${session.id}/cancellation`, { reason: 'Ziek' }));
    await rows(app, `update clients set created_at = '2024-02-29T12:00:00Z' where id = $1`, [file.id]);
    expect(await previewOf(file)).toMatchObject({ termEndsOn: '2026-02-28', keptBecause: 'open' });
    expect(await previewOf(file)).not.toHaveProperty('lastSessionOn');
  });

  it('reckons in the days of the practice', async () => {
    told(await admin.patch('/v1/practice', { timeZone: 'Pacific/Kiritimati' }));
    const file = await closedFile('2025-05-09T20:00:00Z');
    expect(await previewOf(file)).toMatchObject({ lastSessionOn: '2025-05-10', termEndsOn: '2027-05-10' });
  });

  it('is never an open file, and a closed one not within thirty days', async () => {
    const open = await openFile(coach);
    const session = await planSession(coach, open.id, { startsAt: LONG_AGO });
    told(await coach.post(`/v1/sessions/${session.id}/completion`, {}));
    const justClosed = await closedFile('2023-05-11T10:00:00Z', new Date().toISOString());
    expect(await previewOf(open)).toMatchObject({ keptBecause: 'open', termEndsOn: '2025-05-10' });
    expect(await previewOf(open)).not.toHaveProperty('goesOn');
    const inThirtyDays = (await previewOf(justClosed)).goesOn!;
    expect((Date.parse(inThirtyDays) - Date.now()) / 86_400_000).toBeGreaterThan(28);
    await night();
    expect(await requests()).toEqual([]);
  });

  it('lists first what goes first, page by page, each file once', async () => {
    const later = await closedFile(LATELY);
    const kept = await openFile(coach);
    const due = await closedFile(LONG_AGO);
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page = await preview(`?limit=1${next ? `&cursor=${next}` : ''}`);
      seen.push(...page.items.map(({ clientId }) => clientId));
      next = page.next;
    } while (next);
    expect(seen).toEqual([due.id, later.id, kept.id]);
    expect((await previewOf(due)).explanation).toContain('tonight');
  });

  it('is for the admin, leaves a trace for each client, and tells nothing of another practice', async () => {
    const client = await openFileWithAccount(app, coach);
    expect((await coach.get('/v1/retention')).statusCode).toBe(403);
    await preview();
    await sealAll(app, practice.id);
    const events = await rows(
      app,
      `select event from audit_event_clients where client_id = $1 and event = 'retention.previewed'`,
      [client.clientId],
    );
    expect(events).toHaveLength(1);
    const elsewhere = await openPractice(app);
    expect(told<RetentionPreview>(await elsewhere.admin.get('/v1/retention')).items).toEqual([]);
  });
});

describe('the term of a file', () => {
  it('is what the practice chooses, with a reason, and that is recorded', async () => {
    const file = await closedFile(LONG_AGO);
    const chosen = { years: 40, reason: 'Wij zien mensen na jaren terug.' };
    expect(told<RetentionTerm>(await admin.put('/v1/retention/term', chosen))).toMatchObject({
      fileYears: 40,
      isChosen: true,
      reason: chosen.reason,
    });
    expect(await previewOf(file)).toMatchObject({ termEndsOn: '2063-05-10', keptBecause: 'term' });
    const [event] = await rows(
      app,
      `select ground, user_id from audit_events where event = 'practice.retention_changed' and practice_id = $1`,
      [practice.id],
    );
    expect(event).toEqual({ ground: '40 years', user_id: admin.id });
  });

  it('is at least twenty years for a care provider, and follows the law again when the regime changes', async () => {
    told(await admin.put('/v1/retention/term', { years: 5, reason: 'Langer.' }));
    told(await admin.put('/v1/practice/regime', { regime: 'care_provider', reason: 'BIG.' }));
    expect((await preview()).term).toEqual({
      regime: 'care_provider',
      fileYears: 20,
      isChosen: false,
      fiscalYears: 7,
    });
    const short = await admin.put('/v1/retention/term', { years: 19, reason: 'Korter.' });
    expect(refusalOf(short)).toEqual([422, 'invalid-input']);
    expect(short.json().errors).toEqual([expect.objectContaining({ pointer: '/years' })]);
    expect(
      told<RetentionTerm>(await admin.put('/v1/retention/term', { years: 25, reason: 'Langer.' })),
    ).toMatchObject({
      fileYears: 25,
    });
  });

  it.each([
    ['no reason', { years: 3 }, '/reason'],
    ['a blank reason', { years: 3, reason: '  ' }, '/reason'],
    ['no years', { reason: 'Omdat.' }, '/years'],
    ['half a year', { years: 0.5, reason: 'Omdat.' }, '/years'],
    ['for ever', { years: 41, reason: 'Omdat.' }, '/years'],
  ])('is refused with %s', async (_, body, pointer) => {
    const answer = await admin.put('/v1/retention/term', body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('is not changed on an older version of the practice', async () => {
    const { version } = told<PracticeView>(await admin.get('/v1/practice'));
    told(await admin.patch('/v1/practice', { name: 'Anders' }));
    const late = await admin.put(
      '/v1/retention/term',
      { years: 3, reason: 'Omdat.' },
      { 'if-match': `"${version}"` },
    );
    expect(late.statusCode).toBe(412);
  });
});

describe('a hold', () => {
  const hold = (id: string, reason = 'Er loopt een klacht.') =>
    admin.put(`/v1/clients/${id}/hold`, { reason });

  it('keeps a file whose term is over, for a reason that the preview tells, until it is lifted', async () => {
    const file = await closedFile(LONG_AGO);
    const placed = told<HoldView>(await hold(file.id));
    expect(placed).toMatchObject({ clientId: file.id, placedBy: admin.id, reason: 'Er loopt een klacht.' });
    await night();
    expect(await requests()).toEqual([]);
    expect(await previewOf(file)).toMatchObject({ keptBecause: 'hold', hold: placed });
    told(await admin.delete(`/v1/clients/${file.id}/hold`));
    await night();
    expect(await requests()).toEqual([expect.objectContaining({ clientId: file.id, kind: 'erasure' })]);
  });

  it('is given another reason by placing it again', async () => {
    const file = await openFile(coach);
    told(await hold(file.id));
    told(await hold(file.id, 'Er loopt een zaak.'));
    told(await hold(file.id, 'De zaak loopt nog.'));
    expect((await previewOf(file)).hold).toMatchObject({ reason: 'De zaak loopt nog.' });
  });

  it('has its reason sealed, and says in the log who placed and lifted it', async () => {
    const client = await openFileWithAccount(app, coach);
    told(await hold(client.clientId, 'fluisterwoord'));
    told(await admin.delete(`/v1/clients/${client.clientId}/hold`));
    told(await hold(client.clientId, 'fluisterwoord'));
    const [row] = await rows<{ reason: Buffer }>(
      app,
      'select reason from retention_holds where client_id = $1',
      [client.clientId],
    );
    expect(row!.reason.includes('fluisterwoord')).toBe(false);
    const log = (await client.get('/v1/me/access-log', { 'accept-language': 'nl' })).body;
    expect(log).toContain('besloot je dossier langer te bewaren, met een reden');
    expect(log).toContain('besloot je dossier niet langer dan gewoonlijk te bewaren');
  });

  it('is not found on a file that is not held, nor on one that is not there', async () => {
    const file = await openFile(coach);
    expect(refusalOf(await admin.delete(`/v1/clients/${file.id}/hold`))).toEqual([404, 'not-found']);
    const elsewhere = await openPractice(app);
    expect(refusalOf(await elsewhere.admin.put(`/v1/clients/${file.id}/hold`, { reason: 'Nee' }))).toEqual([
      404,
      'not-found',
    ]);
    expect((await coach.put(`/v1/clients/${file.id}/hold`, { reason: 'Nee' })).statusCode).toBe(403);
  });
});

describe('the night', () => {
  it('puts the erasure of a file whose term is over on the list, once, due in a month', async () => {
    const file = await closedFile(LONG_AGO);
    await closedFile(LATELY);
    app.clock.set(`${TODAY}T12:00:00Z`);
    await Promise.all([night(), night()]);
    await night();
    const asked = await requests();
    expect(asked).toEqual([
      expect.objectContaining({
        clientId: file.id,
        kind: 'erasure',
        status: 'received',
        receivedOn: TODAY,
      }),
    ]);
    expect((Date.parse(asked[0]!.dueOn) - Date.parse(TODAY)) / DAY_MS).toBeGreaterThan(27);
    const events = await rows(
      app,
      `select task, ground, client_id from audit_events where event = 'data_request.received' and practice_id = $1`,
      [practice.id],
    );
    expect(events).toEqual([{ task: 'retention', ground: 'term_ended', client_id: file.id }]);
    expect(await previewOf(file)).toMatchObject({ keptBecause: 'request' });
  });

  it('comes on the very day that was told, and not the day before', async () => {
    const file = await closedFile(new Date(Date.now() - 700 * DAY_MS).toISOString());
    const { goesOn } = await previewOf(file);
    app.clock.set(`${dayAt(Date.parse(goesOn!) - DAY_MS)}T02:40:00Z`);
    await night();
    expect(await requestsOf(file)).toEqual([]);
    app.clock.set(`${goesOn!}T02:40:00Z`);
    await night();
    expect(await requestsOf(file)).toHaveLength(1);
  });

  it('leaves a file whose client asked for restriction, or objected', async () => {
    for (const kind of ['restriction', 'objection']) {
      const file = await closedFile(LONG_AGO);
      await rows(
        app,
        `insert into data_requests (practice_id, id, client_id, coach_id, kind, status, received_on, due_on, created_at, version)
         values ($1, gen_random_uuid(), $2, $3, $4, 'received', '2025-01-01', '2025-02-01', now(), 1)`,
        [practice.id, file.id, coach.id, kind],
      );
      await night();
      expect(await previewOf(file)).toMatchObject({ keptBecause: 'restriction' });
    }
    expect((await requests()).filter(({ kind }) => kind === 'erasure')).toEqual([]);
  });

  it('asks again a year after it was refused, and not sooner', async () => {
    const file = await closedFile(LONG_AGO);
    const first = Date.now() - 200 * DAY_MS;
    app.clock.set(new Date(first).toISOString());
    await night();
    await rows(app, `update data_requests set status = 'refused', closed_at = now() where client_id = $1`, [
      file.id,
    ]);
    expect(await previewOf(file)).toMatchObject({ keptBecause: 'refused' });
    app.clock.set(new Date(first + 364 * DAY_MS).toISOString());
    await night();
    expect(await requestsOf(file)).toHaveLength(1);
    app.clock.set(new Date(first + 366 * DAY_MS).toISOString());
    await night();
    expect(await requestsOf(file)).toHaveLength(2);
  });

  it('drops what was kept for the tax office after seven whole calendar years, of erased files only', async () => {
    const erased = await closedFile(`${YEAR - 8}-06-01T10:00:00Z`);
    const stillThere = await closedFile(`${YEAR - 9}-06-01T10:00:00Z`);
    await erasePast(erased);
    app.clock.set(`${YEAR - 1}-12-31T22:59:00Z`);
    await night();
    expect(await sessionsOf(erased)).toHaveLength(1);
    // In Amsterdam the year has turned.
    app.clock.set(`${YEAR - 1}-12-31T23:01:00Z`);
    await night();
    expect([await sessionsOf(erased), await sessionsOf(stillThere)]).toEqual([[], [expect.anything()]]);
    const dropped = await rows(
      app,
      `select row_count, task from audit_events where event = 'fiscal_rows.dropped' and practice_id = $1`,
      [practice.id],
    );
    expect(dropped).toEqual([{ row_count: 1, task: 'retention' }]);
  });

  it('shows an erased file no more, and asks for nothing of it', async () => {
    const erased = await closedFile(LONG_AGO);
    await erasePast(erased);
    await night();
    expect(await previewOf(erased)).toBeUndefined();
    expect(await requests()).toEqual([]);
  });

  it('goes on with the other practices where one fails, and says so', async () => {
    const broken = await closedFile(LONG_AGO);
    const elsewhere = await openPractice(app);
    await rows(app, `update practices set time_zone = 'Nowhere/Land' where id = $1`, [practice.id]);
    ({ coach, admin } = elsewhere);
    const file = await closedFile(LONG_AGO);
    await expect(night()).rejects.toThrow(RetentionFailed);
    expect(await requestsOf(file)).toHaveLength(1);
    await rows(app, `update practices set time_zone = 'Europe/Amsterdam' where id = $1`, [practice.id]);
    await night();
    expect(await requestsOf(broken)).toHaveLength(1);
  });

  it('is put in the queue of its own, once a night', async () => {
    const [queue] = await rows(app, `select policy from jobs.queue where name = 'end-terms'`);
    expect(queue).toEqual({ policy: 'stately' });
  });
});

const requestsOf = ({ id }: ClientView) =>
  rows(app, `select id from data_requests where client_id = $1 and kind = 'erasure'`, [id]);
const sessionsOf = ({ id }: ClientView) =>
  rows<SessionView>(app, 'select id from sessions where client_id = $1', [id]);
/** What an erasure leaves for the night: no key. */
const erasePast = ({ id }: ClientView) => rows(app, 'delete from client_keys where client_id = $1', [id]);
