import { randomUUID } from 'node:crypto';
import type { Person } from '../src/common/actor.js';
import { Tenant } from '../src/database/tenant.js';
import type { ObservationView, OwnSessionPage } from '../src/observations/observation.dto.js';
import { observationView } from '../src/observations/observation.view.js';
import { ObservationWriter } from '../src/observations/observation-writer.js';
import type { SessionView } from '../src/sessions/session.dto.js';
import { SessionFiles } from '../src/sessions/session-files.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { addNote, NOTHING_SEEN as least, planSession, refusalOf } from './support/sessions.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let coach: Caller;
let client: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  coach = practice.coach;
  client = await openFileWithAccount(app, coach);
});
afterAll(() => app.close());

const FIRST = { 'if-none-match': '*' };
const etag = (version: number) => ({ 'if-match': `"${version}"` });

const whole = {
  question: 'Waarom blijf ik zo moe?',
  tensionAreas: ['jaw', 'shoulders'],
  breath: ['high', 'held'],
  thoughts: 'Ik moet door',
  conditions: { safety: 7, rest: 0, presence: 5, acceptance: 10, naturalRhythm: 3 },
  letGo: 'Het moeten\nen het zoeken',
  recoverySignals: ['yawning'],
  tensionBefore: 8,
  tensionAfter: 0,
  takeHome: 'Drie keer per dag voelen',
  transitionMoments: ['transition'],
};

const put = (by: Caller, { id }: { id: string }, body: object, headers: Record<string, string> = {}) =>
  by.put(`/v1/sessions/${id}/observation`, body, headers);
const read = (by: Caller, { id }: { id: string }) => by.get(`/v1/sessions/${id}/observation`);
const observed = async (session: { id: string }): Promise<ObservationView> =>
  told<ObservationView>(await read(coach, session));

describe('the first observation', () => {
  it('is made whole, and reads back as it was written', async () => {
    const session = await planSession(coach, client.clientId);
    const answer = await put(coach, session, whole, FIRST);
    expect([answer.statusCode, answer.headers['etag']]).toEqual([201, '"1"']);
    expect(answer.json()).toMatchObject({
      ...whole,
      sessionId: session.id,
      observedBy: coach.id,
      version: 1,
    });
    expect(await observed(session)).toEqual(answer.json());
  });

  it('may leave out what was not looked at', async () => {
    const session = await planSession(coach, client.clientId);
    const {
      sessionId: _s,
      observedBy: _b,
      updatedAt: _u,
      version: _v,
      ...rest
    } = told<ObservationView>(await put(coach, session, least, FIRST));
    expect(rest).toEqual(least);
  });

  it('has to say that there is nothing yet', async () => {
    const session = await planSession(coach, client.clientId);
    const without = await put(coach, session, whole);
    expect(refusalOf(without)).toEqual([428, 'precondition-required']);
    expect(without.json().detail).toContain('If-None-Match');
    expect(refusalOf(await put(coach, session, whole, { 'if-match': '*' }))[0]).toBe(428);
    expect(refusalOf(await put(coach, session, whole, etag(1)))).toEqual([412, 'stale']);
    expect((await read(coach, session)).statusCode).toBe(404);
  });

  it('is made once by two who write at the same time', async () => {
    const session = await planSession(coach, client.clientId);
    const answers = await Promise.all([1, 2, 3, 4].map(() => put(coach, session, whole, FIRST)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 412, 412, 412]);
  });

  it('needs consent, and an open file', async () => {
    const file = await openFile(coach, { consent: undefined });
    const session = await planSession(coach, file.id);
    expect(refusalOf(await put(coach, session, least, FIRST))).toEqual([409, 'consent-required']);
    await rows(app, `update clients set status = 'closed', closed_at = now() where id = $1`, [file.id]);
    expect(refusalOf(await put(coach, session, least, FIRST))).toEqual([409, 'file-closed']);
    expect(await rows(app, 'select from observations where session_id = $1', [session.id])).toEqual([]);
  });

  it('is not of a session that was called off', async () => {
    const session = await planSession(coach, client.clientId);
    told(await coach.post(`/v1/sessions/${session.id}/cancellation`));
    expect(refusalOf(await put(coach, session, whole, FIRST))).toEqual([409, 'wrong-state']);
  });

  it.each([
    ['/tensionAreas', { tensionAreas: undefined }],
    ['/tensionAreas', { tensionAreas: ['jaw', 'jaw'] }],
    ['/tensionAreas', { tensionAreas: ['soul'] }],
    ['/breath', { breath: 'high' }],
    ['/recoverySignals', { recoverySignals: ['winning'] }],
    ['/transitionMoments', { transitionMoments: ['Na het werk bij Jansen'] }],
    ['/conditions', { conditions: undefined }],
    ['/conditions', { conditions: [] }],
    ['/conditions/rest', { conditions: { rest: 11 } }],
    ['/conditions/rest', { conditions: { rest: null } }],
    ['/conditions/hope', { conditions: { hope: 5 } }],
    ['/tensionBefore', { tensionBefore: 11 }],
    ['/tensionAfter', { tensionAfter: -1 }],
    ['/question', { question: null }],
    ['/question', { question: '' }],
    ['/thoughts', { thoughts: 'a\u0000b' }],
    ['/letGo', { letGo: 'a'.repeat(4001) }],
    ['/version', { version: 3 }],
  ])('says that %s is wrong (case %#)', async (pointer, wrong) => {
    const session = await planSession(coach, client.clientId);
    const answer = await put(coach, session, { ...whole, ...wrong }, FIRST);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('a later observation', () => {
  let session: SessionView;

  beforeEach(async () => {
    session = await planSession(coach, client.clientId);
    told(await put(coach, session, whole, FIRST));
  });

  it('takes the place of the whole one before', async () => {
    const answer = await put(coach, session, { ...least, takeHome: 'Niets' }, etag(1));
    expect([answer.statusCode, answer.headers['etag']]).toEqual([200, '"2"']);
    const { sessionId: _s, observedBy: _b, updatedAt: _u, ...rest } = await observed(session);
    expect(rest).toEqual({ ...least, takeHome: 'Niets', version: 2 });
  });

  it('keeps both of its parts at one version', async () => {
    told(await put(coach, session, least, etag(1)));
    told(await put(coach, session, whole, etag(2)));
    const versions = await rows(
      app,
      `select o.version as seen, d.version as own from observations o
         join observation_details d using (practice_id, session_id) where session_id = $1`,
      [session.id],
    );
    expect(versions).toEqual([{ seen: 3, own: 3 }]);
    expect(await observed(session)).toMatchObject(whole);
  });

  it('overwrites nothing that its writer did not see', async () => {
    told(await put(coach, session, { ...whole, letGo: 'Eerst' }, etag(1)));
    expect(refusalOf(await put(coach, session, { ...whole, letGo: 'Laat' }, etag(1)))).toEqual([
      412,
      'stale',
    ]);
    expect(refusalOf(await put(coach, session, whole, FIRST))).toEqual([412, 'stale']);
    const without = await put(coach, session, whole);
    expect(refusalOf(without)).toEqual([428, 'precondition-required']);
    expect(without.json().detail).toContain('If-Match');
    expect(await observed(session)).toMatchObject({ letGo: 'Eerst', version: 2 });
  });

  it('is refused when both headers are sent, for they cannot both be true', async () => {
    expect(refusalOf(await put(coach, session, whole, { ...FIRST, ...etag(1) }))).toEqual([412, 'stale']);
  });

  it('is refused once consent is withdrawn', async () => {
    const own = await openFileWithAccount(app, coach);
    const theirs = await planSession(coach, own.clientId);
    told(await put(coach, theirs, whole, FIRST));
    const { items } = told<{ items: { id: string }[] }>(await own.get('/v1/me/consents'));
    expect((await own.delete(`/v1/me/consents/${items[0]!.id}`)).statusCode).toBe(204);
    expect(refusalOf(await put(coach, theirs, least, etag(1)))).toEqual([409, 'consent-required']);
    expect(await observed(theirs)).toMatchObject(whole);
  });

  it.each(['signed', 'entered_in_error'] as const)(
    'is refused once a note of the session is %s',
    async (status) => {
      await addNote(app, practice.id, session, status);
      expect(refusalOf(await put(coach, session, least, etag(1)))).toEqual([409, 'observation-locked']);
      expect(await observed(session)).toMatchObject(whole);
    },
  );

  it('is let through by a note that is a draft', async () => {
    await addNote(app, practice.id, session, 'draft');
    expect((await put(coach, session, least, etag(1))).statusCode).toBe(200);
  });

  it('keeps its session from being deleted', async () => {
    const answer = await coach.delete(`/v1/sessions/${session.id}`);
    expect(refusalOf(answer)).toEqual([409, 'session-has-records']);
    expect(await observed(session)).toMatchObject(whole);
  });
});

describe('who sees an observation', () => {
  let session: SessionView;

  beforeAll(async () => {
    session = await planSession(coach, client.clientId);
    told(await put(coach, session, whole, FIRST));
  });

  it('is not an admin, nor the client by this route', async () => {
    for (const caller of [practice.admin, client]) {
      expect(refusalOf(await read(caller, session))).toEqual([403, 'forbidden']);
      expect(refusalOf(await put(caller, session, least, etag(1)))).toEqual([403, 'forbidden']);
    }
  });

  it('is not another coach, here or elsewhere', async () => {
    for (const stranger of [practice.otherCoach, elsewhere.coach]) {
      expect(refusalOf(await read(stranger, session))).toEqual([404, 'not-found']);
      expect(refusalOf(await put(stranger, session, least, etag(1)))).toEqual([404, 'not-found']);
      expect(refusalOf(await put(stranger, session, least, FIRST))).toEqual([404, 'not-found']);
    }
  });

  it('is nobody who reads the tables or the log', async () => {
    const [row] = await rows<Record<string, Buffer>>(
      app,
      `select question, thoughts, let_go, take_home from observation_details
         join observations using (practice_id, session_id) where session_id = $1`,
      [session.id],
    );
    const { question, thoughts, letGo, takeHome } = whole;
    const words = [question, thoughts, letGo, takeHome];
    for (const [at, sealed] of Object.values(row!).entries()) {
      expect(sealed.toString('utf8')).not.toContain(words[at]);
    }
    for (const text of words) expect(app.logged.join('\n')).not.toContain(text);
  });

  it('and changes it, is kept for the client to see', async () => {
    const before = await rows(app, 'select from audit_events where object_id = $1', [session.id]);
    await observed(session);
    told(await put(coach, session, whole, etag(1)));
    const after = await rows<{ event: string; client_id: string }>(
      app,
      'select event, client_id from audit_events where object_id = $1 order by at, id offset $2',
      [session.id, before.length],
    );
    expect(after).toEqual([
      { event: 'observation.read', client_id: client.clientId },
      { event: 'observation.changed', client_id: client.clientId },
    ]);
  });

  it('finds that a text moved to another session does not open', async () => {
    const other = await planSession(coach, client.clientId);
    told(await put(coach, other, whole, FIRST));
    await rows(
      app,
      `update observation_details set question = (select question from observation_details where session_id = $2)
        where session_id = $1`,
      [other.id, session.id],
    );
    expect((await read(coach, other)).statusCode).toBe(500);
  });
});

describe('a completion, which writes the first observation itself,', () => {
  it('never overwrites one', async () => {
    const session = await planSession(coach, client.clientId);
    const [login] = await rows<{ id: string }>(
      app,
      'select id from logins where user_id = $1 and ended_at is null limit 1',
      [coach.id],
    );
    const person: Person = {
      practiceId: practice.id,
      userId: coach.id,
      loginId: login!.id,
      roles: ['coach'],
      origin: { requestId: randomUUID() },
    };
    const complete = (): Promise<ObservationView> =>
      app.get(Tenant).change(person, async (tx) => {
        const { session: held, client: file } = await app.get(SessionFiles).toChange(tx, person, session.id);
        return observationView(await app.get(ObservationWriter).write(tx, held, file, person, whole));
      });
    expect(await complete()).toMatchObject(whole);
    await expect(complete()).rejects.toMatchObject({ options: { type: 'observation-exists', status: 409 } });
    expect(await observed(session)).toMatchObject({ ...whole, version: 1 });
  });
});

describe("the client's own list of sessions", () => {
  let own: Caller;
  let sessions: SessionView[];

  const list = async (query = ''): Promise<OwnSessionPage> =>
    told<OwnSessionPage>(await own.get(`/v1/me/sessions?${query}`));

  beforeAll(async () => {
    own = await openFileWithAccount(app, coach);
    sessions = [];
    for (const more of [{ priceCents: 9500 }, { location: 'Singel 1' }, {}]) {
      sessions.unshift(await planSession(coach, own.clientId, more));
    }
    told(await put(coach, sessions[2]!, whole, FIRST));
    told(await put(coach, sessions[2]!, { ...whole, takeHome: 'Voelen' }, etag(1)));
    told(await put(coach, sessions[1]!, least, FIRST));
    told(await coach.post(`/v1/sessions/${sessions[0]!.id}/cancellation`, { reason: 'Griep' }));
    await planSession(coach, (await openFile(coach)).id);
  });

  it('goes newest first, and shows what is theirs and no more', async () => {
    const shared = ({ id, kind, mode, startsAt, endsAt, durationMinutes }: SessionView) => ({
      id,
      kind,
      mode,
      startsAt,
      endsAt,
      durationMinutes,
      coach: { id: coach.id, name: 'Coen de Coach' },
    });
    expect(await list()).toEqual({
      items: [
        { ...shared(sessions[0]!), status: 'cancelled' },
        {
          ...shared(sessions[1]!),
          status: 'planned',
          location: 'Singel 1',
          observation: { recoverySignals: [], transitionMoments: [] },
        },
        {
          ...shared(sessions[2]!),
          status: 'planned',
          observation: {
            tensionBefore: 8,
            tensionAfter: 0,
            recoverySignals: ['yawning'],
            takeHome: 'Voelen',
            transitionMoments: ['transition'],
          },
        },
      ],
    });
  });

  it('goes page by page, each session once', async () => {
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(sessions.map(({ id }) => id));
    expect(second).not.toHaveProperty('next');
  });

  it('still shows a session whose coach is no longer one here', async () => {
    const gone = await openPractice(app);
    const file = await openFileWithAccount(app, gone.coach);
    await planSession(gone.coach, file.clientId);
    await rows(app, `update users set roles = '{admin}' where id = $1`, [gone.coach.id]);
    const { items } = told<OwnSessionPage>(await file.get('/v1/me/sessions'));
    expect(items.map((one) => one.coach)).toEqual([{ id: gone.coach.id }]);
  });

  it('stays readable when the file is closed', async () => {
    const closed = await openFileWithAccount(app, coach);
    await planSession(coach, closed.clientId);
    await rows(app, `update clients set status = 'closed', closed_at = now() where id = $1`, [
      closed.clientId,
    ]);
    expect(told<OwnSessionPage>(await closed.get('/v1/me/sessions')).items).toHaveLength(1);
  });

  it('is for clients only, and takes no filter but its place', async () => {
    for (const caller of [coach, practice.admin]) {
      expect((await caller.get('/v1/me/sessions')).statusCode).toBe(403);
    }
    expect((await own.get('/v1/me/sessions?clientId=x')).statusCode).toBe(422);
    expect((await own.get('/v1/me/sessions?cursor=x')).statusCode).toBe(422);
  });

  it('is kept as a read of their own file', async () => {
    await list();
    const [last] = await rows(
      app,
      `select event, row_count from audit_events where user_id = $1 and client_id = $2 order by at desc, id desc limit 1`,
      [own.id, own.clientId],
    );
    expect(last).toEqual({ event: 'sessions.listed', row_count: 3 });
  });
});
