import { randomUUID } from 'node:crypto';
import type { Response } from 'light-my-request';
import { type Person, ROLES } from '../src/common/actor.js';
import { begin } from '../src/database/actor-settings.js';
import { connected } from '../src/database/embedded/prepare-database.js';
import type { LogPage, LogView } from '../src/homework/logs/log.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { assign } from './support/homework.js';
import { addUser, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
beforeEach(() => app.clock.set('2026-03-10T09:00:00Z'));
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const whole = {
  doneOn: '2026-03-10',
  outcome: 'done',
  minutes: 12,
  tensionBefore: 7,
  tensionAfter: 4,
  recoverySignals: ['yawning', 'deep_sigh'],
  remark: 'Halverwege moest ik gapen.',
};
const brief = { doneOn: '2026-03-10', outcome: 'done' };

/** A client with one exercise, from the first of March for four weeks. */
async function clientWithHomework(more: object = {}): Promise<{ client: Caller; id: string; url: string }> {
  const client = await openFileWithAccount(app, coach);
  const { id } = await assign(coach, client.clientId, { startOn: '2026-03-01', ...more });
  return { client, id, url: `/v1/me/assignments/${id}/logs` };
}

const put = (client: Caller, url: string, body: object, headers = {}, id: string = randomUUID()) =>
  client.put(`${url}/${id}`, body, headers);
const listed = async (caller: Caller, url: string): Promise<LogView[]> =>
  told<LogPage>(await caller.get(url)).items;
const pointers = (answer: Response) =>
  answer.json().errors.map(({ pointer }: { pointer: string }) => pointer);

describe('keeping how it went', () => {
  it('is done by an id of the client’s own choice', async () => {
    const { client, id, url } = await clientWithHomework();
    const logId = randomUUID();
    const answer = await put(client, url, whole, {}, logId);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.json()).toEqual({
      id: logId,
      assignmentId: id,
      ...whole,
      sharing: 'numbers',
      loggedAt: '2026-03-10T09:00:00.000Z',
      version: 1,
    });
    expect(await listed(client, url)).toEqual([answer.json()]);
  });

  it('needs no more than a day and an outcome', async () => {
    const { client, url } = await clientWithHomework();
    const answer = await put(client, url, { doneOn: '2026-03-09', outcome: 'skipped' });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ outcome: 'skipped', recoverySignals: [] });
    for (const field of ['minutes', 'tensionBefore', 'tensionAfter', 'remark']) {
      expect(answer.json()).not.toHaveProperty(field);
    }
  });

  it('changes nothing when it is told again', async () => {
    const { client, url } = await clientWithHomework();
    const logId = randomUUID();
    const first = await put(client, url, whole, {}, logId);
    app.clock.set('2026-03-10T10:00:00Z');
    const signals = { recoverySignals: ['deep_sigh', 'yawning'] };
    const again = await put(client, url, { ...whole, ...signals }, {}, logId.toUpperCase());
    expect([again.statusCode, again.headers['etag']]).toEqual([200, '"1"']);
    expect(again.json()).toEqual(first.json());
    expect(await corrections(logId)).toBe(0);
  });

  it('told otherwise is a correction, which keeps what stood, sealed', async () => {
    const { client, url } = await clientWithHomework();
    const logId = randomUUID();
    await put(client, url, whole, {}, logId);
    const corrected = await put(
      client,
      url,
      { ...brief, outcome: 'partly', remark: 'Toch niet.' },
      {},
      logId,
    );
    expect([corrected.statusCode, corrected.headers['etag']]).toEqual([200, '"2"']);
    expect(corrected.json()).toMatchObject({ outcome: 'partly', remark: 'Toch niet.', recoverySignals: [] });
    expect(corrected.json()).not.toHaveProperty('minutes');
    const without = await put(client, url, brief, {}, logId);
    expect(without.json()).not.toHaveProperty('remark');
    expect(await listed(client, url)).toEqual([without.json()]);
    const { rows } = await sql(
      'select version, stood from log_corrections where log_id = $1 order by version',
      logId,
    );
    expect(rows.map(({ version }) => version)).toEqual([1, 2]);
    expect(rows.some(({ stood }) => (stood as Buffer).includes('gapen'))).toBe(false);
  });

  it('made by several at once with one id is one log', async () => {
    const { client, url } = await clientWithHomework();
    const logId = randomUUID();
    const answers = await Promise.all([1, 2, 3, 4].map(() => put(client, url, whole, {}, logId)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 201]);
  });

  it('is not overwritten by who saw an older version', async () => {
    const { client, url } = await clientWithHomework();
    const logId = randomUUID();
    expect((await put(client, url, brief, { 'if-match': '"1"' }, logId)).statusCode).toBe(412);
    await put(client, url, brief, {}, logId);
    const header = { 'if-match': '"1"' };
    expect((await put(client, url, { ...brief, minutes: 1 }, header, logId)).statusCode).toBe(200);
    expect((await put(client, url, { ...brief, minutes: 2 }, header, logId)).statusCode).toBe(412);
  });

  it('knows an id once in a file, and not whether another client uses it', async () => {
    const { client, url } = await clientWithHomework();
    const other = await clientWithHomework();
    const second = await assign(coach, client.clientId);
    const logId = randomUUID();
    expect((await put(client, url, whole, {}, logId)).statusCode).toBe(201);
    expect((await put(other.client, other.url, brief, {}, logId)).statusCode).toBe(201);
    const answer = await put(client, `/v1/me/assignments/${second.id}/logs`, brief, {}, logId);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'log-id-taken']);
    expect(await listed(client, url)).toMatchObject([{ remark: whole.remark }]);
    expect(await listed(other.client, other.url)).toHaveLength(1);
  });

  it.each([
    ['an outcome that is not known', { outcome: 'failed' }, '/outcome'],
    ['more tension than there is', { tensionBefore: 11 }, '/tensionBefore'],
    ['less tension than none', { tensionAfter: -1 }, '/tensionAfter'],
    ['more minutes than a day has', { minutes: 1441 }, '/minutes'],
    ['a signal that is not known', { recoverySignals: ['sneezing'] }, '/recoverySignals'],
    ['a sharing that is not known', { sharing: 'everybody' }, '/sharing'],
    ['a remark that is nothing', { remark: null }, '/remark'],
    ['a field that does not exist', { streak: 3 }, '/streak'],
    ['no day', { doneOn: undefined }, '/doneOn'],
  ])('is refused with %s', async (_, wrong, pointer) => {
    const { client, url } = await clientWithHomework();
    const answer = await put(client, url, { ...whole, ...wrong });
    expect(answer.statusCode).toBe(422);
    expect(pointers(answer)).toEqual([pointer]);
  });

  it('waits for consent, and for an open file', async () => {
    const { client, url } = await clientWithHomework();
    const logId = randomUUID();
    await put(client, url, whole, {}, logId);
    const { items } = told<{ items: { id: string }[] }>(await client.get('/v1/me/consents'));
    await client.delete(`/v1/me/consents/${items[0]!.id}`);
    expect(problemOf(await put(client, url, brief))).toBe('consent-required');
    expect(problemOf(await put(client, url, brief, {}, logId))).toBe('consent-required');
    // A phone that did not hear the first answer changes nothing by asking again.
    expect((await put(client, url, whole, {}, logId)).statusCode).toBe(200);
    const closed = await clientWithHomework();
    await sql(
      "update clients set status = 'closed', closed_at = now() where id = $1",
      closed.client.clientId,
    );
    expect(problemOf(await put(closed.client, closed.url, brief))).toBe('file-closed');
    expect((await closed.client.get(closed.url)).statusCode).toBe(200);
  });
});

describe('the day of a log', () => {
  it('is today or one of the seven days before, where the practice is', async () => {
    const { client, url } = await clientWithHomework();
    // Half past midnight in Amsterdam, the eleventh; still the tenth in London.
    app.clock.set('2026-03-10T23:30:00Z');
    const answers = await Promise.all(
      ['2026-03-12', '2026-03-11', '2026-03-04', '2026-03-03'].map((doneOn) =>
        put(client, url, { ...brief, doneOn }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([422, 201, 201, 422]);
    expect(pointers(answers[0]!)).toEqual(['/doneOn']);
  });

  it('lies within the assignment', async () => {
    const { client, url } = await clientWithHomework({ startOn: '2026-03-08', endOn: '2026-03-09' });
    const answers = await Promise.all(
      ['2026-03-07', '2026-03-08', '2026-03-09', '2026-03-10'].map((doneOn) =>
        put(client, url, { ...brief, doneOn }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([422, 201, 201, 422]);
  });

  it('may be one on which it rested', async () => {
    const { client, id, url } = await clientWithHomework();
    told(await client.post(`/v1/me/assignments/${id}/pause`));
    expect((await put(client, url, brief)).statusCode).toBe(201);
  });

  it('lies before the end of what has ended', async () => {
    const { client, id, url } = await clientWithHomework();
    told(await client.post(`/v1/me/assignments/${id}/stop`));
    const today = await put(client, url, brief);
    expect([today.statusCode, problemOf(today)]).toEqual([409, 'wrong-state']);
    expect((await put(client, url, { ...brief, doneOn: '2026-03-09' })).statusCode).toBe(201);
    app.clock.set('2026-03-17T09:00:00Z');
    expect((await put(client, url, { ...brief, doneOn: '2026-03-09' })).statusCode).toBe(422);
  });

  it('does not matter to a correction that leaves it alone', async () => {
    const { client, id, url } = await clientWithHomework();
    const logId = randomUUID();
    await put(client, url, brief, {}, logId);
    told(await coach.post(`/v1/assignments/${id}/completion`));
    app.clock.set('2026-04-20T09:00:00Z');
    expect((await put(client, url, { ...brief, minutes: 3 }, {}, logId)).statusCode).toBe(200);
    const moved = await put(client, url, { ...brief, doneOn: '2026-03-09' }, {}, logId);
    expect(pointers(moved)).toEqual(['/doneOn']);
  });
});

describe('sharing', () => {
  it('is the numbers at first, and after that what the client chose last', async () => {
    const { client, url } = await clientWithHomework();
    const sharings: (string | undefined)[] = [];
    const chosen: object[] = [{}, { sharing: 'all' }, {}, { sharing: 'private' }, {}];
    for (const [i, choice] of chosen.entries()) {
      app.clock.set(`2026-03-10T09:00:0${i}Z`);
      sharings.push(told<LogView>(await put(client, url, { ...brief, ...choice })).sharing);
    }
    expect(sharings).toEqual(['numbers', 'all', 'all', 'private', 'private']);
  });

  it('stays as it was in a log that is told again', async () => {
    const { client, url } = await clientWithHomework();
    const logId = randomUUID();
    await put(client, url, { ...brief, sharing: 'private' }, {}, logId);
    app.clock.set('2026-03-10T09:00:01Z');
    await put(client, url, { ...brief, sharing: 'all' });
    const again = told<LogView>(await put(client, url, brief, {}, logId));
    expect([again.sharing, again.version]).toEqual(['private', 1]);
  });

  it('decides what the coach sees', async () => {
    const { client, id, url } = await clientWithHomework();
    const [hidden, numbers, all] = [randomUUID(), randomUUID(), randomUUID()];
    await put(client, url, { ...whole, doneOn: '2026-03-10', sharing: 'private' }, {}, hidden);
    await put(client, url, { ...whole, doneOn: '2026-03-09', sharing: 'numbers' }, {}, numbers);
    await put(client, url, { ...whole, doneOn: '2026-03-08', sharing: 'all' }, {}, all);
    const answer = await coach.get(`/v1/assignments/${id}/logs`);
    const seen = told<LogPage>(answer).items;
    expect(seen.map((log) => log.id)).toEqual([numbers, all]);
    expect(seen[0]).toMatchObject({
      minutes: 12,
      tensionBefore: 7,
      recoverySignals: ['yawning', 'deep_sigh'],
    });
    expect(seen[0]).not.toHaveProperty('remark');
    expect(seen[1]).toMatchObject({ remark: whole.remark });
    expect(Object.keys(answer.json())).toEqual(['items']);
  });

  it('can be changed afterwards, both ways', async () => {
    const { client, id, url } = await clientWithHomework();
    const logId = randomUUID();
    const seen = async () => listed(coach, `/v1/assignments/${id}/logs`);
    await put(client, url, { ...whole, sharing: 'all' }, {}, logId);
    expect(await seen()).toMatchObject([{ remark: whole.remark }]);
    await put(client, url, { ...whole, sharing: 'private' }, {}, logId);
    expect(await seen()).toEqual([]);
    await put(client, url, { ...whole, sharing: 'numbers' }, {}, logId);
    expect((await seen())[0]).not.toHaveProperty('remark');
    expect(await listed(client, url)).toMatchObject([
      { remark: whole.remark, sharing: 'numbers', version: 3 },
    ]);
  });

  it('gives pages that do not show where something was left out', async () => {
    const { client, id, url } = await clientWithHomework();
    for (const [day, sharing] of [
      ['10', 'numbers'],
      ['09', 'private'],
      ['08', 'private'],
      ['07', 'numbers'],
      ['06', 'numbers'],
    ]) {
      await put(client, url, { ...brief, doneOn: `2026-03-${day}`, sharing });
    }
    const days: string[][] = [];
    for (let next: string | undefined = `/v1/assignments/${id}/logs?limit=2`; next;) {
      const page: LogPage = told(await coach.get(next));
      days.push(page.items.map(({ doneOn }) => doneOn.slice(-2)));
      next = page.next && `/v1/assignments/${id}/logs?limit=2&cursor=${page.next}`;
    }
    expect(days).toEqual([['10', '07'], ['06']]);
  });
});

describe('the list of logs', () => {
  it('goes back from the newest day, page by page, each log once', async () => {
    const { client, url } = await clientWithHomework();
    const days = ['2026-03-08', '2026-03-10', '2026-03-09', '2026-03-10', '2026-03-05'];
    for (const doneOn of days) await put(client, url, { ...brief, doneOn });
    const seen: LogView[] = [];
    for (let next: string | undefined = `${url}?limit=2`; next;) {
      const page: LogPage = told(await client.get(next));
      seen.push(...page.items);
      next = page.next && `${url}?limit=2&cursor=${page.next}`;
    }
    expect(seen.map(({ doneOn }) => doneOn)).toEqual([...days].sort().reverse());
    expect(new Set(seen.map(({ id }) => id)).size).toBe(days.length);
  });

  it('refuses a cursor that is not one of its own', async () => {
    const { client, url } = await clientWithHomework();
    for (const place of [['2026-03-10'], ['2026-02-30', randomUUID()], ['2026-03-10', 'x'], [1, 2]]) {
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
      expect((await client.get(`${url}?cursor=${cursor}`)).statusCode).toBe(422);
    }
  });
});

describe('who may', () => {
  it('see that something was logged: an admin, and nothing of how it was', async () => {
    const { client, id, url } = await clientWithHomework();
    const logId = randomUUID();
    await put(client, url, { ...whole, sharing: 'all' }, {}, logId);
    expect(await listed(practice.admin, `/v1/assignments/${id}/logs`)).toEqual([
      { id: logId, assignmentId: id, doneOn: '2026-03-10', outcome: 'done', version: 1 },
    ]);
  });

  it('see a private log: not even the owner who is coach and admin', async () => {
    const owner = await addUser(app, practice.admin, {
      name: 'Els Eigenaar',
      email: `els@${practice.slug}.example`,
      roles: ['coach', 'admin'],
    });
    const client = await openFileWithAccount(app, owner);
    const { id } = await assign(owner, client.clientId);
    await put(client, `/v1/me/assignments/${id}/logs`, { ...whole, sharing: 'private' });
    expect(await listed(owner, `/v1/assignments/${id}/logs`)).toEqual([]);
  });

  it('write: nobody but the client', async () => {
    const { id, url } = await clientWithHomework();
    const other = await openFileWithAccount(app, coach);
    for (const caller of [coach, practice.admin]) {
      expect((await put(caller, url, brief)).statusCode).toBe(403);
      expect((await caller.get(url)).statusCode).toBe(403);
    }
    expect((await put(other, url, brief)).statusCode).toBe(404);
    expect((await other.get(url)).statusCode).toBe(404);
    expect((await other.get(`/v1/assignments/${id}/logs`)).statusCode).toBe(403);
  });

  it('find them: no other coach, and nobody of another practice', async () => {
    const { id } = await clientWithHomework();
    const elsewhere = await openPractice(app);
    for (const caller of [practice.otherCoach, elsewhere.coach, elsewhere.admin]) {
      expect((await caller.get(`/v1/assignments/${id}/logs`)).statusCode).toBe(404);
    }
  });
});

describe('the database itself', () => {
  const tables = ['logs', 'log_details', 'log_remarks', 'log_corrections'] as const;

  /** How many rows of a file each table shows to this person, past all of the application's own care. */
  async function rowsSeenBy(caller: Caller, clientId: string): Promise<Record<string, number>> {
    return connected(app.database.serving, async (db) => {
      await db.query(begin(personOf(caller), 'read only'));
      const counts: [string, number][] = [];
      for (const table of tables) {
        const { rows } = await db.query(`select count(*)::int as n from ${table} where client_id = $1`, [
          clientId,
        ]);
        counts.push([table, rows[0].n]);
      }
      await db.query('rollback');
      return Object.fromEntries(counts);
    });
  }

  async function writeThree(client: Caller, url: string): Promise<void> {
    const corrected = randomUUID();
    await put(client, url, { ...whole, minutes: 1 }, {}, corrected);
    await put(client, url, { ...whole, sharing: 'private' }, {}, corrected);
    await put(client, url, { ...whole, sharing: 'numbers' });
    await put(client, url, { ...whole, sharing: 'all' });
  }

  it('shows a coach no private log, no unshared remark and no correction', async () => {
    const { client, url } = await clientWithHomework();
    await writeThree(client, url);
    expect(await rowsSeenBy(client, client.clientId)).toEqual({
      logs: 3,
      log_details: 3,
      log_remarks: 3,
      log_corrections: 1,
    });
    expect(await rowsSeenBy(coach, client.clientId)).toEqual({
      logs: 2,
      log_details: 2,
      log_remarks: 1,
      log_corrections: 0,
    });
  });

  it('shows an admin no details, no remark and no correction', async () => {
    const { client, url } = await clientWithHomework();
    await writeThree(client, url);
    expect(await rowsSeenBy(practice.admin, client.clientId)).toEqual({
      logs: 3,
      log_details: 0,
      log_remarks: 0,
      log_corrections: 0,
    });
  });

  it('shows another coach, another client and another practice nothing', async () => {
    const { client, url } = await clientWithHomework();
    await writeThree(client, url);
    const other = await openFileWithAccount(app, coach);
    const elsewhere = await openPractice(app);
    for (const caller of [practice.otherCoach, other, elsewhere.admin, elsewhere.coach]) {
      expect(Object.values(await rowsSeenBy(caller, client.clientId))).toEqual([0, 0, 0, 0]);
    }
  });

  it('lets no copy of the sharing differ from the log’s own', async () => {
    const { client, url } = await clientWithHomework();
    const logId = randomUUID();
    await put(client, url, { ...whole, sharing: 'private' }, {}, logId);
    for (const table of ['log_details', 'log_remarks']) {
      await expect(sql(`update ${table} set sharing = 'all' where log_id = $1`, logId)).rejects.toMatchObject(
        {
          code: '23503',
        },
      );
    }
  });

  it('holds no word of a remark', async () => {
    const { client, url } = await clientWithHomework();
    const logId = randomUUID();
    await put(client, url, whole, {}, logId);
    const { rows } = await sql('select remark from log_remarks where log_id = $1', logId);
    expect((rows[0]!['remark'] as Buffer).includes('gapen')).toBe(false);
  });
});

/** What the access token of a caller says of them. */
function personOf(caller: Caller): Person {
  const claims = JSON.parse(
    Buffer.from(caller.tokens!.accessToken.split('.')[1]!, 'base64url').toString(),
  ) as Record<string, string>;
  const { user } = caller.tokens!;
  return {
    practiceId: claims['practice']!,
    userId: user.id,
    loginId: claims['login']!,
    roles: ROLES.filter((role) => user.roles.includes(role)),
    ...(user.clientId && { clientId: user.clientId }),
    origin: { requestId: randomUUID() },
  };
}

function sql(statement: string, id: string) {
  return connected(app.database.superuser, (db) => db.query<Record<string, unknown>>(statement, [id]));
}

async function corrections(logId: string): Promise<number> {
  return (await sql('select from log_corrections where log_id = $1', logId)).rows.length;
}
