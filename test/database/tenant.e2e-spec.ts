import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AccessTokens, type AccessClaims } from '../../src/auth/access-tokens.js';
import { Audit } from '../../src/audit/audit.js';
import type { Person, Role } from '../../src/common/actor.js';
import { Tenant } from '../../src/database/tenant.js';
import type { MeView } from '../../src/users/user.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { rows } from '../support/rows.js';
import { Caller, told } from '../support/caller.js';
import {
  addUser,
  openFile,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from '../support/practice.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let client: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  client = await openFileWithAccount(app, practice.coach);
});
afterAll(() => app.close());

describe('an access token', () => {
  it('opens nothing once its user is disabled', async () => {
    const { user, id } = await newCoach();
    expect((await user.get('/v1/me')).statusCode).toBe(200);
    told(await practice.admin.post(`/v1/users/${id}/disabling`));
    expect((await user.get('/v1/me')).statusCode).toBe(401);
    told(await practice.admin.post(`/v1/users/${id}/enabling`));
    expect((await user.get('/v1/me')).statusCode).toBe(401);
  });

  it('opens nothing after a change of roles, until it is refreshed', async () => {
    const { user, id } = await newCoach();
    told(await practice.admin.patch(`/v1/users/${id}`, { roles: ['coach', 'admin'] }));
    expect((await user.get('/v1/me')).statusCode).toBe(401);
    const { refreshToken } = user.tokens!;
    const refreshed = new Caller(app, told(await new Caller(app).post('/v1/auth/refresh', { refreshToken })));
    expect(told<MeView>(await refreshed.get('/v1/me')).roles).toEqual(['coach', 'admin']);
    expect((await refreshed.get('/v1/users')).statusCode).toBe(200);
  });

  it('opens nothing once its login was ended', async () => {
    const { user } = await newCoach();
    expect((await user.post('/v1/auth/logout')).statusCode).toBe(204);
    expect((await user.get('/v1/me')).statusCode).toBe(401);
  });

  it.each<[string, (claims: AccessClaims) => Partial<AccessClaims>]>([
    ['a role too many', () => ({ roles: ['coach', 'admin'] })],
    ['another role', () => ({ roles: ['admin'] })],
    ['no role', () => ({ roles: [] })],
    ['a role that does not exist', () => ({ roles: ['owner' as Role] })],
    ['the file of a client', () => ({ client: client.clientId })],
    ['the role and the file of a client', () => ({ roles: ['coach', 'client'], client: client.clientId })],
    ['another user', () => ({ sub: practice.otherCoach.id })],
    ['another login', () => ({ login: randomUUID() })],
    ['another practice', () => ({ practice: elsewhere.id })],
    ['no practice', () => ({ practice: '' })],
    ['no user', () => ({ sub: '' })],
    ['a quote in a claim', () => ({ practice: "'; set role postgres; --" })],
  ])('that says %s opens nothing, though its signature is right', async (_, forged) => {
    const claims = claimsOf(practice.coach);
    const answer = await forgedCaller({ ...claims, ...forged(claims) }).get('/v1/clients');
    expect([401, 403]).toContain(answer.statusCode);
  });

  it('of a client cannot name the file of another', async () => {
    const other = await openFile(practice.coach);
    const answer = await forgedCaller({ ...claimsOf(client), client: other.id }).get('/v1/me/consents');
    expect(answer.statusCode).toBe(401);
  });
});

describe('a transaction', () => {
  it('that reads cannot write', async () => {
    const write = app.get(Tenant).read(coach(), (tx) => tx.query("update users set name = 'Iemand'"));
    await expect(write).rejects.toMatchObject({ driverError: { code: '25006' } });
  });

  it('is undone as a whole, its audit rows too', async () => {
    const person = coach();
    const broken = app.get(Tenant).change(person, async (tx) => {
      await tx.query('update users set name = $1 where id = $2', ['Half gedaan', person.userId]);
      app.get(Audit).record(tx, { event: 'profile.changed', objectId: person.userId });
      await tx.finish();
      throw new Error('halfway');
    });
    await expect(broken).rejects.toThrow('halfway');
    expect(told<MeView>(await practice.coach.get('/v1/me')).name).not.toBe('Half gedaan');
    expect(await events(person.origin.requestId)).toEqual([]);
  });

  it('does not commit what it could not record', async () => {
    const person = coach();
    const broken = app.get(Tenant).change(person, async (tx) => {
      await tx.query('update users set name = $1 where id = $2', ['Stiekem', person.userId]);
      app.get(Audit).record(tx, { event: 'profile.changed', outcome: 'onbekend' as never });
    });
    await expect(broken).rejects.toMatchObject({ driverError: { constraint: 'audit_events_outcome_known' } });
    expect(told<MeView>(await practice.coach.get('/v1/me')).name).not.toBe('Stiekem');
  });

  it('leaves nothing of its actor on the connection', async () => {
    const pool = app.get(DataSource);
    const pids = new Set<number>();
    for (let i = 0; i < 20; i += 1) {
      await app.get(Tenant).read(coach(), (tx) => tx.query('select 1'));
      const [left] = await pool.query<{ pid: number; settings: string; seen: number }[]>(
        `select pg_backend_pid() as pid, (select count(*)::int from users) as seen,
                concat(current_setting('app.practice_id', true), current_setting('app.user_id', true),
                       current_setting('app.login_id', true), current_setting('app.coach_id', true),
                       current_setting('app.client_id', true), current_setting('app.admin', true),
                       current_setting('app.task', true)) as settings`,
      );
      pids.add(left!.pid);
      expect(left).toMatchObject({ settings: '', seen: 0 });
    }
    expect(pids.size).toBeGreaterThan(0);
  });

  it('whose login does not stand does nothing, also not what was sent right behind its beginning', async () => {
    const person = { ...coach(), loginId: randomUUID() };
    const mark = randomUUID();
    const sent = app.get(Tenant).change(person, async (tx) => {
      await Promise.all([
        tx.query(
          "insert into security_events (id, at, event, request_id) values (gen_random_uuid(), now(), 'forged', $1)",
          [mark],
        ),
        tx.query('update users set name = $1', [mark]),
      ]);
    });
    await expect(sent).rejects.toMatchObject({ status: 401 });
    expect(await sql('select from security_events where request_id = $1', [mark])).toEqual([]);
    expect(await sql('select from users where name = $1', [mark])).toEqual([]);
  });

  it('whose connection breaks is told as not available, and the next one works', async () => {
    const person = coach();
    const broken = app.get(Tenant).change(person, async (tx) => {
      const [{ pid }] = (await tx.query<{ pid: number }>('select pg_backend_pid() as pid')) as [
        { pid: number },
      ];
      await tx.query('update users set name = $1 where id = $2', ['Afgebroken', person.userId]);
      await sql('select pg_terminate_backend($1, 5000)', [pid]);
      return tx.query('select 1');
    });
    await expect(broken).rejects.toThrow();
    for (let i = 0; i < 10; i += 1) {
      expect(told<MeView>(await practice.coach.get('/v1/me')).name).not.toBe('Afgebroken');
    }
  });

  it('answers 503 while every connection is cut, and recovers', async () => {
    const first = wave();
    await sql(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and usename = 'ademruimte_app'",
    );
    const statuses = await first;
    // A connection whose end was not read yet is met by one request more, and is then out of the pool.
    let after = await wave();
    for (let i = 1; i < POOL_SIZE && after.includes(503); i += 1) {
      statuses.push(...after);
      after = await wave();
    }
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(new Set(after)).toEqual(new Set([200]));
  });
});

const POOL_SIZE = 6;

/** Twice as many requests at once as there are connections. */
async function wave(): Promise<number[]> {
  const answers = await Promise.all(
    Array.from({ length: 2 * POOL_SIZE }, () => practice.coach.get('/v1/clients')),
  );
  return answers.map(({ statusCode }) => statusCode);
}

let coaches = 0;

async function newCoach(): Promise<{ user: Caller; id: string }> {
  coaches += 1;
  const user = await addUser(app, practice.admin, {
    name: 'Tijdelijke Coach',
    email: `tijdelijk${coaches}@adem.example`,
    roles: ['coach'],
  });
  return { user, id: user.id };
}

function claimsOf({ tokens }: Caller): AccessClaims {
  const [, claims] = tokens!.accessToken.split('.');
  const {
    sub,
    practice: id,
    login,
    roles,
    client: file,
  } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as AccessClaims;
  return { sub, practice: id, login, roles, ...(file && { client: file }) };
}

function forgedCaller(claims: AccessClaims): Caller {
  return new Caller(
    app,
    Object.assign({}, practice.coach.tokens, { accessToken: app.get(AccessTokens).mint(claims) }),
  );
}

/** The coach as the guard makes one out of their token. */
function coach(): Person {
  const { sub, practice: practiceId, login, roles } = claimsOf(practice.coach);
  return { practiceId, userId: sub, loginId: login, roles, origin: { requestId: randomUUID() } };
}

const sql = (statement: string, values: unknown[] = []) => rows(app, statement, values);

const events = (requestId: string) =>
  sql('select event from audit_events where request_id = $1', [requestId]);
