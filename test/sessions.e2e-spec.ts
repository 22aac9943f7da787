import type { SessionPage, SessionView } from '../src/sessions/session.dto.js';
import { rows } from './support/rows.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { addNote, freeHour, longAgo, plan, planSession, refusalOf } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let coach: Caller;
let clientId: string;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  coach = practice.coach;
  clientId = (await openFile(coach)).id;
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const read = async (by: Caller, { id }: { id: string }): Promise<SessionView> =>
  told<SessionView>(await by.get(`/v1/sessions/${id}`));
const act = (by: Caller, { id }: { id: string }, verb: string, body: object = {}, headers = {}) =>
  by.post(`/v1/sessions/${id}/${verb}`, body, headers);
const etag = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` });

/** A planned session that began long ago. */
const past = (more: object = {}) => planSession(coach, clientId, { startsAt: longAgo(), ...more });

describe('planning a session', () => {
  it('says where it can be read, and gives it the coach and the length that were asked for', async () => {
    const startsAt = freeHour();
    const answer = await coach.post(
      '/v1/sessions',
      plan(clientId, {
        startsAt,
        durationMinutes: 45,
        location: ' Singel 1 ',
        priceCents: 0,
        vatPercent: 21,
      }),
    );
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/sessions/${answer.json().id}`);
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.json()).toMatchObject({
      status: 'planned',
      coachId: coach.id,
      givenBy: coach.id,
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + 45 * 60_000).toISOString(),
      durationMinutes: 45,
      location: 'Singel 1',
      priceCents: 0,
      vatPercent: 21,
    });
  });

  it('needs no consent', async () => {
    const { id } = await openFile(coach, { consent: undefined });
    expect((await coach.post('/v1/sessions', plan(id))).statusCode).toBe(201);
  });

  it('keeps the location sealed', async () => {
    const { id } = await planSession(coach, clientId, { location: 'Bij de molen' });
    const [row] = await rows<{ location: Buffer }>(
      app,
      'select location from session_details where session_id = $1',
      [id],
    );
    expect(row!.location.toString('latin1')).not.toContain('molen');
  });

  it('logs a session afterwards', async () => {
    expect(Date.parse((await past()).startsAt)).toBeLessThan(Date.now());
  });

  it('reads a time with its offset, to the millisecond', async () => {
    const planned = await planSession(coach, clientId, {
      startsAt: '2028-05-01T10:00:00.123456789+02:00',
    });
    expect(planned.startsAt).toBe('2028-05-01T08:00:00.123Z');
  });

  it('sent twice with one key plans one session', async () => {
    const key = { 'idempotency-key': 'planning-1' };
    const body = plan(clientId);
    const first = await coach.post('/v1/sessions', body, key);
    const second = await coach.post('/v1/sessions', body, key);
    expect([second.statusCode, second.json()]).toEqual([201, first.json()]);
    expect(refusalOf(await coach.post('/v1/sessions', plan(clientId), key))).toEqual([422, 'repeat-differs']);
  });

  it('is not for an admin or a client', async () => {
    const client = await openFileWithAccount(app, coach);
    expect(refusalOf(await practice.admin.post('/v1/sessions', plan(clientId)))[0]).toBe(403);
    expect(refusalOf(await client.post('/v1/sessions', plan(client.clientId)))[0]).toBe(403);
  });

  it("does not find another coach's client, here or elsewhere", async () => {
    for (const stranger of [practice.otherCoach, elsewhere.coach]) {
      expect(refusalOf(await stranger.post('/v1/sessions', plan(clientId)))).toEqual([404, 'not-found']);
    }
  });

  it('is refused in a closed file', async () => {
    const closed = await openFile(coach);
    const before = await planSession(coach, closed.id);
    await rows(app, `update clients set status = 'closed', closed_at = now() where id = $1`, [closed.id]);
    expect(refusalOf(await coach.post('/v1/sessions', plan(closed.id)))).toEqual([409, 'file-closed']);
    expect(refusalOf(await coach.patch(`/v1/sessions/${before.id}`, { kind: 'intake' }))[1]).toBe(
      'file-closed',
    );
    expect(refusalOf(await coach.delete(`/v1/sessions/${before.id}`))[1]).toBe('file-closed');
    expect(refusalOf(await act(coach, before, 'cancellation'))[1]).toBe('file-closed');
    expect((await read(coach, before)).status).toBe('planned');
  });

  it.each([
    ['/durationMinutes', { durationMinutes: 4 }],
    ['/durationMinutes', { durationMinutes: 481 }],
    ['/durationMinutes', { durationMinutes: 60.5 }],
    ['/startsAt', { startsAt: '2027-01-01T10:00:00' }],
    ['/startsAt', { startsAt: '2027-02-30T10:00:00Z' }],
    ['/kind', { kind: 'party' }],
    ['/mode', { mode: 'telepathy' }],
    ['/location', { location: '  ' }],
    ['/location', { location: null }],
    ['/location', { location: 'a\u0000b' }],
    ['/priceCents', { priceCents: -1 }],
    ['/vatPercent', { vatPercent: 101 }],
    ['/clientId', { clientId: 'Sanne' }],
    ['/status', { status: 'completed' }],
    ['/givenBy', { givenBy: '0196f3a0-1111-7222-8333-444455556666' }],
  ])('says that %s of %j is wrong', async (pointer, wrong) => {
    const answer = await coach.post('/v1/sessions', plan(clientId, wrong));
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('two sessions at one time', () => {
  it('are refused for one coach, in words', async () => {
    const other = await openFile(coach);
    const { startsAt } = await planSession(coach, clientId);
    const answer = await coach.post('/v1/sessions', plan(other.id, { startsAt }), {
      'accept-language': 'nl',
    });
    expect(refusalOf(answer)).toEqual([409, 'coach-occupied']);
    expect(answer.json().detail).toContain('Kies een andere tijd');
  });

  it('are refused for one client who was given by another coach before', async () => {
    const { id, startsAt } = await planSession(coach, clientId);
    await rows(app, 'update sessions set given_by = $2 where id = $1', [id, practice.otherCoach.id]);
    const answer = await coach.post('/v1/sessions', plan(clientId, { startsAt }));
    expect(refusalOf(answer)).toEqual([409, 'client-occupied']);
  });

  it('may follow each other without a pause', async () => {
    const { endsAt } = await past({ startsAt: '2011-01-03T09:00:00Z' });
    expect((await past({ startsAt: endsAt })).startsAt).toBe(endsAt);
  });

  it('are refused when one is moved there, and then nothing has moved', async () => {
    const first = await planSession(coach, clientId);
    const second = await planSession(coach, (await openFile(coach)).id, { location: 'Singel 1' });
    const answer = await coach.patch(`/v1/sessions/${second.id}`, {
      startsAt: first.startsAt,
      location: 'Elders',
    });
    expect(refusalOf(answer)).toEqual([409, 'coach-occupied']);
    expect(await read(coach, second)).toEqual(second);
  });

  it('are refused when a cancelled one comes back', async () => {
    const first = await planSession(coach, clientId);
    told(await act(coach, first, 'cancellation'));
    await planSession(coach, (await openFile(coach)).id, { startsAt: first.startsAt });
    const answer = await act(coach, first, 'reinstatement', { reason: 'Toch wel' });
    expect(refusalOf(answer)).toEqual([409, 'coach-occupied']);
    const view = await read(coach, first);
    expect(view.status).toBe('cancelled');
    expect(view).not.toHaveProperty('reason');
  });

  it('asked for at once, leave one standing and explain the others', async () => {
    const files = await Promise.all(Array.from({ length: 8 }, () => openFile(coach)));
    const startsAt = freeHour();
    const answers = await Promise.all(
      files.map(({ id }) => coach.post('/v1/sessions', plan(id, { startsAt }))),
    );
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('of two coaches do not stand in each other’s way', async () => {
    const { startsAt } = await planSession(coach, clientId);
    const other = await openFile(practice.otherCoach);
    expect((await practice.otherCoach.post('/v1/sessions', plan(other.id, { startsAt }))).statusCode).toBe(
      201,
    );
  });
});

describe('a session', () => {
  it('shows an admin when, how and what it costs, and not where or why', async () => {
    const planned = await planSession(coach, clientId, {
      location: 'Singel 1',
      priceCents: 9500,
      vatPercent: 21,
    });
    told(await act(coach, planned, 'cancellation', { reason: 'Ziek' }));
    const { location: _, ...rest } = planned;
    const seen = await read(practice.admin, planned);
    expect(seen).toEqual({ ...rest, status: 'cancelled', version: 2 });
  });

  it('is not found by another coach, a coach elsewhere, or an admin elsewhere', async () => {
    const { id } = await planSession(coach, clientId);
    for (const stranger of [practice.otherCoach, elsewhere.coach, elsewhere.admin]) {
      expect(refusalOf(await stranger.get(`/v1/sessions/${id}`))).toEqual([404, 'not-found']);
    }
    for (const stranger of [practice.otherCoach, elsewhere.coach]) {
      expect(refusalOf(await stranger.patch(`/v1/sessions/${id}`, { mode: 'phone' }))[0]).toBe(404);
      expect(refusalOf(await stranger.delete(`/v1/sessions/${id}`))[0]).toBe(404);
      for (const verb of ['cancellation', 'no-show', 'reinstatement']) {
        expect(refusalOf(await act(stranger, { id }, verb, { reason: 'Zomaar' }))[0]).toBe(404);
      }
    }
  });

  it('is changed by its coach only', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await planSession(coach, client.clientId);
    for (const other of [practice.admin, client]) {
      expect((await other.patch(`/v1/sessions/${id}`, { mode: 'phone' })).statusCode).toBe(403);
      expect((await other.delete(`/v1/sessions/${id}`)).statusCode).toBe(403);
      expect((await act(other, { id }, 'cancellation')).statusCode).toBe(403);
    }
    expect((await client.get(`/v1/sessions/${id}`)).statusCode).toBe(403);
  });

  it('keeps what a merge patch leaves out and clears what it sets to null', async () => {
    const planned = await planSession(coach, clientId, {
      location: 'Singel 1',
      priceCents: 9500,
      vatPercent: 21,
    });
    const changed = told<SessionView>(
      await coach.patch(`/v1/sessions/${planned.id}`, {
        kind: 'evaluation',
        priceCents: null,
        location: null,
      }),
    );
    const { priceCents: _p, location: _l, ...rest } = planned;
    expect(changed).toEqual({ ...rest, kind: 'evaluation', version: 2 });
    expect(await read(coach, planned)).toEqual(changed);
  });

  it('is a new version when only its location changes, as often as it does', async () => {
    const planned = await planSession(coach, clientId);
    for (const [turn, location] of ['Singel 1', 'Singel 2', 'Singel 3'].entries()) {
      const changed = told<SessionView>(await coach.patch(`/v1/sessions/${planned.id}`, { location }));
      expect([changed.location, changed.version]).toEqual([location, turn + 2]);
    }
    expect((await read(coach, planned)).location).toBe('Singel 3');
  });

  it('moves with its length when only its start changes', async () => {
    const planned = await planSession(coach, clientId, { durationMinutes: 50 });
    const startsAt = freeHour();
    const moved = told<SessionView>(await coach.patch(`/v1/sessions/${planned.id}`, { startsAt }));
    expect([moved.startsAt, moved.durationMinutes]).toEqual([startsAt, 50]);
  });

  it('is not overwritten or deleted by who saw an older version', async () => {
    const planned = await planSession(coach, clientId);
    told(await coach.patch(`/v1/sessions/${planned.id}`, { mode: 'phone' }, etag(planned)));
    const late = await coach.patch(`/v1/sessions/${planned.id}`, { mode: 'in_person' }, etag(planned));
    expect(refusalOf(late)).toEqual([412, 'stale']);
    expect(refusalOf(await coach.delete(`/v1/sessions/${planned.id}`, etag(planned)))).toEqual([
      412,
      'stale',
    ]);
    expect((await read(coach, planned)).mode).toBe('phone');
  });

  it('that is planned can be deleted, with what was written about it', async () => {
    const planned = await planSession(coach, clientId, { location: 'Singel 1' });
    expect((await coach.delete(`/v1/sessions/${planned.id}`, etag(planned))).statusCode).toBe(204);
    expect((await coach.get(`/v1/sessions/${planned.id}`)).statusCode).toBe(404);
    expect(await rows(app, 'select from session_details where session_id = $1', [planned.id])).toEqual([]);
  });

  it('that has ended, or of which something is on record, is not deleted', async () => {
    const ended = await planSession(coach, clientId);
    told(await act(coach, ended, 'cancellation'));
    expect(refusalOf(await coach.delete(`/v1/sessions/${ended.id}`))).toEqual([409, 'wrong-state']);
    const noted = await planSession(coach, clientId);
    await addNote(app, practice.id, noted, 'draft');
    expect(refusalOf(await coach.delete(`/v1/sessions/${noted.id}`))).toEqual([409, 'session-has-records']);
  });

  it('leaves a trace of every read and change, for the client to see', async () => {
    const client = await openFileWithAccount(app, coach);
    const planned = await planSession(coach, client.clientId, { location: 'Singel 1' });
    await read(coach, planned);
    await read(practice.admin, planned);
    told(await act(coach, planned, 'cancellation', { reason: 'Griep' }));
    const events = await rows<{ event: string; user_id: string }>(
      app,
      'select event, user_id from audit_events where object_id = $1 and client_id = $2 order by at',
      [planned.id, client.clientId],
    );
    expect(events).toEqual([
      { event: 'session.planned', user_id: coach.id },
      { event: 'session.read', user_id: coach.id },
      { event: 'session.read', user_id: practice.admin.id },
      { event: 'session.cancelled', user_id: coach.id },
    ]);
    expect(app.logged.join('\n')).not.toMatch(/Singel 1|Griep/);
  });
});

describe('how a session ends', () => {
  it('is told with the newest reason, to its coach', async () => {
    const planned = await planSession(coach, clientId);
    app.clock.set('2027-01-01T09:00:00Z');
    const cancelled = told<SessionView>(await act(coach, planned, 'cancellation', { reason: 'Griep' }));
    expect(cancelled).toMatchObject({
      status: 'cancelled',
      reason: { change: 'cancellation', text: 'Griep', givenAt: '2027-01-01T09:00:00.000Z' },
    });
    app.clock.set('2027-01-01T09:05:00Z');
    const back = told<SessionView>(
      await act(coach, planned, 'reinstatement', { reason: 'Verkeerde afspraak' }),
    );
    expect(back).toMatchObject({
      status: 'planned',
      reason: { change: 'reinstatement', text: 'Verkeerde afspraak' },
    });
    const [row] = await rows<{ kept: string; readable: boolean }>(
      app,
      `select count(*) as kept, bool_or(position('Griep'::bytea in reason) > 0) as readable
         from session_reasons where session_id = $1`,
      [planned.id],
    );
    expect(row).toEqual({ kept: '2', readable: false });
  });

  it('may be without a reason, and even without a body', async () => {
    const planned = await planSession(coach, clientId);
    const answer = await coach.call('POST', `/v1/sessions/${planned.id}/cancellation`);
    expect(told(answer)).toMatchObject({ status: 'cancelled' });
    expect(answer.json()).not.toHaveProperty('reason');
  });

  it('cannot be that the client did not come before it began', async () => {
    const planned = await planSession(coach, clientId);
    expect(refusalOf(await act(coach, planned, 'no-show'))).toEqual([409, 'not-yet-started']);
    app.clock.set(planned.startsAt);
    expect(told(await act(coach, planned, 'no-show', { reason: 'Niets gehoord' }))).toMatchObject({
      status: 'no_show',
      reason: { change: 'no_show', text: 'Niets gehoord' },
    });
  });

  it('happens once, also when it is sent twice', async () => {
    const planned = await planSession(coach, clientId);
    const key = { 'idempotency-key': 'cancelling-1' };
    const first = await act(coach, planned, 'cancellation', { reason: 'Griep' }, key);
    const second = await act(coach, planned, 'cancellation', { reason: 'Griep' }, key);
    expect([second.statusCode, second.json()]).toEqual([200, first.json()]);
    expect(refusalOf(await act(coach, planned, 'cancellation'))).toEqual([409, 'wrong-state']);
  });

  it('is taken back with a reason only', async () => {
    const planned = await planSession(coach, clientId);
    expect(refusalOf(await act(coach, planned, 'reinstatement', { reason: 'Zomaar' }))[1]).toBe(
      'wrong-state',
    );
    told(await act(coach, planned, 'cancellation'));
    for (const body of [{}, { reason: '  ' }, { reason: null }]) {
      const answer = await act(coach, planned, 'reinstatement', body);
      expect(answer.json().errors[0].pointer).toBe('/reason');
    }
  });

  it('holds its time and its mode when it did not take place', async () => {
    const planned = await planSession(coach, clientId);
    told(await act(coach, planned, 'cancellation'));
    for (const change of [{ startsAt: freeHour() }, { durationMinutes: 30 }, { mode: 'phone' }]) {
      const answer = await coach.patch(`/v1/sessions/${planned.id}`, change);
      expect(refusalOf(answer)).toEqual([409, 'wrong-state']);
    }
    const { startsAt, mode } = planned;
    expect(
      told(await coach.patch(`/v1/sessions/${planned.id}`, { startsAt, mode, priceCents: 4750 })),
    ).toMatchObject({ priceCents: 4750 });
  });
});

describe('a signed note', () => {
  it.each(['signed', 'entered_in_error'] as const)(
    'that is %s holds the time and the end',
    async (status) => {
      const planned = await planSession(coach, clientId);
      told(await act(coach, planned, 'cancellation'));
      await addNote(app, practice.id, planned, status);
      const answer = await act(coach, planned, 'reinstatement', { reason: 'Toch wel' });
      expect(refusalOf(answer)).toEqual([409, 'note-signed']);

      const other = await planSession(coach, clientId);
      await addNote(app, practice.id, other, status);
      const moved = await coach.patch(`/v1/sessions/${other.id}`, { durationMinutes: 30 });
      expect(refusalOf(moved)).toEqual([409, 'note-signed']);
      expect(told(await coach.patch(`/v1/sessions/${other.id}`, { priceCents: 1 }))).toMatchObject({
        priceCents: 1,
      });
    },
  );

  it('is another thing than a draft, which holds nothing', async () => {
    const planned = await planSession(coach, clientId);
    await addNote(app, practice.id, planned, 'draft');
    expect((await coach.patch(`/v1/sessions/${planned.id}`, { durationMinutes: 30 })).statusCode).toBe(200);
  });
});

describe('the list of sessions', () => {
  let lists: TestPractice;
  let sanne: string;
  let daan: string;

  beforeAll(async () => {
    lists = await openPractice(app);
    sanne = (await openFile(lists.coach)).id;
    daan = (await openFile(lists.coach)).id;
    const others = (await openFile(lists.otherCoach)).id;
    const start = (day: string) => ({ startsAt: `2030-${day}Z`, location: `Plaats ${day}` });
    // 28 March 2030 begins at 23:00 UTC the day before; on 31 March the clock goes forward.
    await planSession(lists.coach, sanne, start('03-27T22:30:00'));
    await planSession(lists.coach, daan, start('03-27T23:30:00'));
    await planSession(lists.coach, sanne, start('03-31T21:00:00'));
    await planSession(lists.coach, daan, start('03-31T22:00:00'));
    const called = await planSession(lists.coach, sanne, start('04-02T10:00:00'));
    told(await act(lists.coach, called, 'cancellation', { reason: 'Griep' }));
    // The same start: the id decides.
    await planSession(lists.otherCoach, others, start('03-31T22:00:00'));
  });

  const starts = async (by: Caller, query = ''): Promise<string[]> =>
    told<SessionPage>(await by.get(`/v1/sessions?${query}`)).items.map(({ startsAt }) =>
      startsAt.slice(5, 16),
    );

  it('goes newest first, of own clients', async () => {
    expect(await starts(lists.coach)).toEqual([
      '04-02T10:00',
      '03-31T22:00',
      '03-31T21:00',
      '03-27T23:30',
      '03-27T22:30',
    ]);
    expect(await starts(lists.otherCoach)).toEqual(['03-31T22:00']);
  });

  it('shows a coach where, and an admin the whole practice without that', async () => {
    const own = told<SessionPage>(await lists.coach.get('/v1/sessions')).items;
    expect(own.map(({ location, startsAt }) => location === `Plaats ${startsAt.slice(5, 19)}`)).not.toContain(
      false,
    );
    const all = told<SessionPage>(await lists.admin.get('/v1/sessions')).items;
    expect(all).toHaveLength(6);
    for (const one of [...all, ...own]) expect(one).not.toHaveProperty('reason');
    for (const one of all) expect(one).not.toHaveProperty('location');
  });

  it('shows a coach who is admin too the location of their own sessions only', async () => {
    const both = await openPractice(app);
    told(await both.admin.patch(`/v1/users/${both.admin.id}`, { roles: ['coach', 'admin'] }));
    const again = told<{ accessToken: string }>(
      await both.admin.post('/v1/auth/refresh', { refreshToken: both.admin.tokens!.refreshToken }),
    );
    Object.assign(both.admin.tokens!, again);
    const mine = await planSession(both.admin, (await openFile(both.admin)).id, { location: 'Singel 1' });
    const theirs = await planSession(both.coach, (await openFile(both.coach)).id, { location: 'Elders' });
    const { items } = told<SessionPage>(await both.admin.get('/v1/sessions'));
    expect(items.map(({ id, location }) => [id, location])).toEqual([
      [theirs.id, undefined],
      [mine.id, 'Singel 1'],
    ]);
    expect((await both.admin.patch(`/v1/sessions/${theirs.id}`, { mode: 'phone' })).statusCode).toBe(404);
  });

  it('takes its days from where the practice is, both included', async () => {
    expect(await starts(lists.coach, 'from=2030-03-28&to=2030-03-31')).toEqual([
      '03-31T21:00',
      '03-27T23:30',
    ]);
    expect(await starts(lists.coach, 'to=2030-03-27')).toEqual(['03-27T22:30']);
    expect(await starts(lists.coach, 'from=2030-04-01')).toEqual(['04-02T10:00', '03-31T22:00']);
    expect(await starts(lists.coach, 'from=2030-04-02&to=2030-04-01')).toEqual([]);
  });

  it('is of one client or one state, where asked', async () => {
    expect(await starts(lists.coach, `clientId=${daan}`)).toEqual(['03-31T22:00', '03-27T23:30']);
    expect(await starts(lists.coach, `clientId=${sanne}&status=planned`)).toEqual([
      '03-31T21:00',
      '03-27T22:30',
    ]);
    expect(await starts(lists.admin, 'status=cancelled')).toEqual(['04-02T10:00']);
    expect(await starts(lists.otherCoach, `clientId=${sanne}`)).toEqual([]);
    expect(await starts(elsewhere.admin, `clientId=${sanne}`)).toEqual([]);
  });

  it.each(['', 'status=planned', 'from=2030-03-01'])(
    'gives each session once, page by page (%s)',
    async (filter) => {
      const whole = told<SessionPage>(await lists.admin.get(`/v1/sessions?${filter}`)).items;
      const seen: unknown[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const at: string = cursor && `&cursor=${cursor}`;
        const page: SessionPage = told(await lists.admin.get(`/v1/sessions?limit=1&${filter}${at}`));
        seen.push(...page.items);
        cursor = page.next;
      }
      expect(seen).toEqual(whole);
    },
  );

  it.each([
    ['cursor', Buffer.from('["2026-99-99T99:99:99.000Z","x"]').toString('base64url')],
    [
      'cursor',
      Buffer.from('["999999999999999","0196f3a0-1111-7222-8333-444455556666"]').toString('base64url'),
    ],
  ])('refuses a %s that is not one of its own', async (parameter, cursor) => {
    const answer = await lists.coach.get(`/v1/sessions?cursor=${cursor}`);
    expect([answer.statusCode, answer.json().errors[0].parameter]).toEqual([422, parameter]);
  });

  it('bears the furthest cursor there is', async () => {
    const at = Buffer.from('["-99999999999999","0196f3a0-1111-7222-8333-444455556666"]').toString(
      'base64url',
    );
    expect(told<SessionPage>(await lists.coach.get(`/v1/sessions?cursor=${at}`)).items).toEqual([]);
  });

  it.each(['from=2030-13-01', 'to=yesterday', 'status=done', 'clientId=x', 'limit=101', 'coachId=x'])(
    'refuses %s',
    async (query) => {
      expect((await lists.coach.get(`/v1/sessions?${query}`)).statusCode).toBe(422);
    },
  );

  it('is not for a client', async () => {
    const client = await openFileWithAccount(app, coach);
    expect((await client.get('/v1/sessions')).statusCode).toBe(403);
  });
});
