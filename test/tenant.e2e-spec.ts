import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Person, SystemTask } from '../src/common/actor.js';
import { Client } from '../src/clients/client.entity.js';
import { Tenant } from '../src/database/tenant.js';
import { TransactionEnded, type Tx } from '../src/database/tx.js';
import { User } from '../src/users/user.entity.js';
import { type TestApp, startApp } from './support/app.js';
import { problemOf, told } from './support/caller.js';
import { openFile, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { Wire } from './support/wire.js';

let app: TestApp;
let practice: TestPractice;
let tenant: Tenant;
let coach: Person;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  tenant = app.get(Tenant);
  const [login] = await rows<{ id: string }>(app, 'select id from logins where user_id = $1', [
    practice.coach.id,
  ]);
  coach = {
    practiceId: practice.id,
    userId: practice.coach.id,
    loginId: login!.id,
    roles: ['coach'],
    origin: { requestId: randomUUID() },
  };
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => app.close());

const task = (): SystemTask => ({
  practiceId: practice.id,
  task: 'invitation',
  origin: { requestId: randomUUID() },
});

/** Puts a mark that can be looked for afterwards. */
const rename = (tx: Tx, name: string) =>
  tx.query('update users set name = $1 where id = $2', [name, practice.coach.id]);
const nameNow = async () =>
  (await rows<{ name: string }>(app, 'select name from users where id = $1', [practice.coach.id]))[0]!.name;

const backend = async (tx: Tx) => (await tx.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]!.pid;
const kill = (pid: number) => rows(app, 'select pg_terminate_backend($1)', [pid]);

/** Every connection of the pool serves, and none of them carries anything of an earlier actor. */
async function expectCleanPool(): Promise<void> {
  const names = await Promise.all(
    Array.from({ length: 6 }, () => tenant.read(coach, (tx) => tx.query('select name from practices'))),
  );
  expect(names.map(({ length }) => length)).toEqual(Array(6).fill(1));
  const left = await Promise.all(
    Array.from({ length: 6 }, () =>
      app.get(DataSource).query<object[]>("select nullif(current_setting('app.user_id', true), '') as left"),
    ),
  );
  expect(left.flat()).toEqual(Array(6).fill({ left: null }));
}

describe('a transaction of an actor', () => {
  it('keeps all of it or nothing', async () => {
    const before = await nameNow();
    const half = tenant.change(coach, async (tx) => {
      await rename(tx, 'Half');
      throw new Error('in between');
    });
    await expect(half).rejects.toThrow('in between');
    expect(await nameNow()).toBe(before);
    await expectCleanPool();
  });

  it('that only reads cannot write', async () => {
    await expect(tenant.read(coach, (tx) => rename(tx, 'Toch'))).rejects.toThrow(/read-only transaction/);
    await expectCleanPool();
  });

  it('does not begin, save or release anything of its own inside', async () => {
    const file = await openFile(practice.coach);
    const sent = jest.spyOn(pg.Client.prototype, 'query');
    await tenant.change(coach, async (tx) => {
      const client = await tx.manager.findOneByOrFail(Client, { practiceId: practice.id, id: file.id });
      const user = await tx.manager.findOneByOrFail(User, { practiceId: practice.id, id: practice.coach.id });
      client.company = 'Eerst';
      await tx.manager.save(client);
      client.company = 'Dan';
      user.name = 'Coen';
      await tx.manager.save([client, user]);
    });
    const words = sent.mock.calls.map(([sent]) => (sent as { text?: string }).text ?? sent);
    const controls = words.filter((sql) => /^\s*(begin|start|commit|rollback|savepoint|release)/i.test(sql));
    expect(controls.map((sql) => sql.split(';')[0])).toEqual(['begin read write', 'commit']);
    expect(words.filter((sql) => sql.startsWith('UPDATE'))).toHaveLength(3);
  });

  it('is claimed only when Postgres committed it, also where a failure was swallowed', async () => {
    const before = await nameNow();
    const swallowed = tenant.change(coach, async (tx) => {
      await rename(tx, 'Verloren');
      await tx.query('select 1 / 0').catch(() => undefined);
      return 'done';
    });
    await expect(swallowed).rejects.toThrow();
    expect(await nameNow()).toBe(before);
    await expectCleanPool();
  });

  it('fails when a deferred constraint refuses it at the end', async () => {
    const { id } = await openFile(practice.coach);
    const moved = tenant.change({ ...task(), task: 'transfer' }, (tx) =>
      tx.query('update clients set coach_id = $1 where id = $2', [practice.otherCoach.id, id]),
    );
    await expect(moved).rejects.toMatchObject({ code: '23503' });
    expect(told(await practice.coach.get(`/v1/clients/${id}`))).toMatchObject({ coachId: practice.coach.id });
    await expectCleanPool();
  });

  it('claims nothing when the connection is lost at the commit', async () => {
    const before = await nameNow();
    const lost = tenant.change(coach, async (tx) => {
      await rename(tx, 'Verbroken');
      await kill(await backend(tx));
    });
    await expect(lost).rejects.toThrow();
    expect(await nameNow()).toBe(before);
    await expectCleanPool();
  });

  it('claims nothing when the connection is lost half way', async () => {
    const lost = tenant.change(coach, async (tx) => {
      await kill(await backend(tx));
      await rename(tx, 'Verbroken');
    });
    await expect(lost).rejects.toThrow();
    await expectCleanPool();
  });

  it('gives its connection back when the work throws before the first query', async () => {
    for (let i = 0; i < 20; i += 1) {
      const failed = tenant.change(coach, () => Promise.reject(new Error('at once')));
      await expect(failed).rejects.toThrow('at once');
    }
    await expectCleanPool();
  });

  it('lets nothing that nobody waited for run after it', async () => {
    let left: Tx | undefined;
    await tenant.change(coach, async (tx) => {
      left = tx;
      await tx.query('select 1');
    });
    await expect(rename(left!, 'Te laat')).rejects.toBeInstanceOf(TransactionEnded);
    expect(await nameNow()).not.toBe('Te laat');
    await expectCleanPool();
  });

  it('refuses what is sent while it ends', async () => {
    let late: Promise<unknown> = Promise.resolve();
    await tenant.change(coach, async (tx) => {
      tx.finally(() => {
        // Starts behind the last thing that is waited for, and so beside the commit.
        late = Promise.resolve()
          .then(() => undefined)
          .then(() => undefined)
          .then(() => rename(tx, 'Naast de commit'))
          .catch((error: unknown) => error);
        return Promise.resolve();
      });
      await tx.query('select 1');
    });
    expect(await late).toBeInstanceOf(TransactionEnded);
    expect(await nameNow()).not.toBe('Naast de commit');
  });

  it('rolls back behind what still ran when one of many failed', async () => {
    const before = await nameNow();
    const many = tenant.change(coach, (tx) =>
      Promise.all([
        tx.query('select 1 / 0'),
        tx.query('select pg_sleep(0.05)').catch(() => undefined),
        rename(tx, 'Naast elkaar').catch(() => undefined),
      ]),
    );
    await expect(many).rejects.toThrow('division by zero');
    expect(await nameNow()).toBe(before);
    await expectCleanPool();
  });
});

describe('what an actor only reads', () => {
  const asked = (tx: Tx) =>
    Promise.all([
      tx.query<{ name: string }>('select name from practices'),
      tx.query<{ id: string }>('select actor.user_id() as id'),
      tx.query<{ one: number }>('select 1 as one'),
    ]);

  it('travels as one message, without a begin and a commit', async () => {
    const wire = Wire.listen();
    await tenant.read(coach, asked);
    expect(wire.trips).toBe(1);
    expect(wire.statements.map(({ sql }) => sql.split('(')[0])).toEqual([
      'select actor.enter',
      'select name from practices',
      'select actor.user_id',
      'select 1 as one',
    ]);
  });

  it('reaches who asked and nobody else, however many ask, and whatever fails in between', async () => {
    const other = await openPractice(app);
    const coaches = [practice, other].map(({ id, coach: { id: userId } }) => ({ id, userId }));
    const actors = await Promise.all(
      coaches.map(async ({ id, userId }) => {
        const [login] = await rows<{ id: string }>(app, 'select id from logins where user_id = $1', [userId]);
        return { ...coach, practiceId: id, userId, loginId: login!.id };
      }),
    );
    const told = await Promise.all(
      Array.from({ length: 300 }, async (_, i) => {
        const actor = actors[i % 2]!;
        if (i % 7 === 0) {
          const failing = (tx: Tx) =>
            Promise.all([tx.query('select 1 / 0'), tx.query(`select ${i} as skipped`)]);
          await expect(tenant.read(actor, failing)).rejects.toThrow('division by zero');
        }
        if (i % 11 === 0) {
          const nobody = tenant.read({ ...actor, loginId: randomUUID() }, asked);
          await expect(nobody).rejects.toMatchObject({ options: { status: 401 } });
        }
        const [, [person]] = await tenant.read(actor, asked);
        const again = await tenant.read(actor, (tx) => tx.query<{ i: number }>('select $1::int as i', [i]));
        return [person!.id === actor.userId, again[0]!.i];
      }),
    );
    expect(told).toEqual(Array.from({ length: 300 }, (_, i) => [true, i]));
    await expectCleanPool();
  });

  it('fails whole, and what was skipped can be asked again on the same connections', async () => {
    const skipped = `select 'skipped' as ${'a'.repeat(9)}`;
    const both = (tx: Tx) => Promise.all([tx.query('select 1 / 0'), tx.query(skipped)]);
    const before = (tx: Tx) => Promise.all([tx.query(skipped), tx.query('select 1 / 0')]);
    for (let i = 0; i < 6; i += 1) {
      const all = [both, before, both].map((work) => tenant.read(coach, work));
      for (const one of all) await expect(one).rejects.toThrow('division by zero');
      const asks = Array.from({ length: 6 }, () => tenant.read(coach, (tx) => tx.query(skipped)));
      expect((await Promise.all(asks)).flat()).toHaveLength(6);
    }
  });

  it('says so when a value cannot be written down, and sends nothing of it', async () => {
    const itself: Record<string, unknown> = {};
    itself['self'] = itself;
    const sent = tenant.read(coach, (tx) =>
      Promise.all([tx.query('select 1'), tx.query('select $1::jsonb', [itself])]),
    );
    await expect(sent).rejects.toThrow(/circular/);
    await expectCleanPool();
  });

  it('fails when the connection is lost under it, and the next is served', async () => {
    const lost = tenant.read(coach, (tx) =>
      Promise.all([tx.query('select pg_terminate_backend(pg_backend_pid())'), tx.query('select 1')]),
    );
    await expect(lost).rejects.toThrow();
    await expectCleanPool();
  });

  it('is proved again for each batch', async () => {
    const login = randomUUID();
    await rows(
      app,
      `insert into logins (practice_id, id, user_id, created_at, last_seen_at, authenticated_at)
       values ($1, $2, $3, now(), now(), now())`,
      [practice.id, login, practice.coach.id],
    );
    const ended = tenant.read({ ...coach, loginId: login }, async (tx) => {
      await tx.query('select 1');
      await rows(app, `update logins set ended_at = now(), ended_because = 'logout' where id = $1`, [login]);
      return tx.query('select name from practices');
    });
    await expect(ended).rejects.toMatchObject({ options: { status: 401 } });
  });

  it('is not sent any more once nobody waits for it', async () => {
    const wire = Wire.listen();
    let late: Promise<unknown> = Promise.resolve();
    await tenant.read(coach, (tx) => {
      late = tx.query('select 1').catch((error: unknown) => error);
      return Promise.resolve();
    });
    expect(await late).toMatchObject({ driverError: expect.any(TransactionEnded) as object });
    await new Promise((resolve) => setImmediate(resolve));
    expect(wire.statements).toEqual([]);
  });
});

describe('a login that does not stand', () => {
  const ended = () => ({ ...coach, loginId: randomUUID() });

  it('is a 401, and not the error of the query that travelled behind', async () => {
    const refused = tenant.read(ended(), (tx) => tx.query('select name from users'));
    await expect(refused).rejects.toMatchObject({ options: { type: 'unauthenticated' } });
    await expectCleanPool();
  });

  it('is a 401 whatever the work makes of it', async () => {
    const works: ((tx: Tx) => Promise<unknown>)[] = [
      () => Promise.resolve('no query at all'),
      () => Promise.reject(new Error('something else')),
      (tx) => tx.query('select 1').catch(() => 'swallowed'),
      (tx) => tx.query('select * from nowhere'),
    ];
    for (const work of works) {
      await expect(tenant.change(ended(), work)).rejects.toMatchObject({ options: { status: 401 } });
    }
    for (const work of works.slice(2)) {
      await expect(tenant.read(ended(), work)).rejects.toMatchObject({ options: { status: 401 } });
    }
    await expectCleanPool();
  });

  it('writes nothing, not even with work that waits for no answer', async () => {
    const before = await nameNow();
    const written = tenant.change(ended(), (tx) => Promise.all([rename(tx, 'Een'), rename(tx, 'Twee')]));
    await expect(written).rejects.toMatchObject({ options: { status: 401 } });
    expect(await nameNow()).toBe(before);
  });

  it('does not let a task work on its behalf either', async () => {
    const written = tenant.change({ ...task(), onBehalfOf: ended() }, (tx) => rename(tx, 'Namens niemand'));
    await expect(written).rejects.toMatchObject({ options: { status: 401 } });
  });
});

describe('a database that is away', () => {
  it('is a 503 over HTTP, with when to try again, and the next request is served', async () => {
    const sent = jest.spyOn(pg.Client.prototype, 'query');
    sent.mockImplementationOnce(function (this: pg.Client, ...query: unknown[]) {
      (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      return (pg.Client.prototype.query as unknown as (...all: unknown[]) => never).apply(this, query);
    });
    const answer = await practice.coach.get('/v1/clients');
    sent.mockRestore();
    expect([answer.statusCode, problemOf(answer)]).toEqual([503, 'unavailable']);
    expect(answer.headers['retry-after']).toBe('5');
    expect((await practice.coach.get('/v1/clients')).statusCode).toBe(200);
  });
});
