import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { SystemTask } from '../src/common/actor.js';
import { Tenant } from '../src/database/tenant.js';
import { Jobs } from '../src/jobs/jobs.js';
import { type TestApp, startApp } from './support/app.js';
import { openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let jobs: Jobs;

beforeEach(async () => {
  app = await startApp();
  practice = await openPractice(app);
  jobs = app.get(Jobs);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

const task = (): SystemTask => ({
  practiceId: practice.id,
  task: 'export',
  origin: { requestId: randomUUID() },
});

const enqueue = (exportId = randomUUID()) =>
  app
    .get(Tenant)
    .change(task(), (tx) => jobs.enqueue(tx, 'run-export', { practiceId: practice.id, exportId }));

const states = () =>
  rows<{ state: string; retry_count: number; output: object | null }>(
    app,
    "select state, retry_count, output from jobs.job where name = 'run-export' order by created_on",
  );

/** A promise, and the hand that fulfils it. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('a job', () => {
  it('is in the queue when its transaction commits, and not before', async () => {
    const rolledBack = app.get(Tenant).change(task(), async (tx) => {
      await jobs.enqueue(tx, 'run-export', { practiceId: practice.id, exportId: randomUUID() });
      throw new Error('too bad');
    });
    await expect(rolledBack).rejects.toThrow('too bad');
    expect(await states()).toEqual([]);
    await enqueue();
    expect(await states()).toEqual([expect.objectContaining({ state: 'created' })]);
  });

  it('is given its ids, and is done once', async () => {
    const ran: unknown[] = [];
    jobs.handle('run-export', (payload) => {
      ran.push(payload);
      return Promise.resolve();
    });
    const exportId = randomUUID();
    await enqueue(exportId);
    await jobs.drain();
    await jobs.drain();
    expect(ran).toEqual([{ practiceId: practice.id, exportId }]);
    expect(await states()).toEqual([expect.objectContaining({ state: 'completed' })]);
  });

  it('cannot be put into a queue that is not there', async () => {
    const lost = app
      .get(Tenant)
      .change(task(), (tx) => jobs.enqueue(tx, 'nowhere' as 'run-export', {} as never));
    await expect(lost).rejects.toThrow('There is no queue nowhere');
  });

  it('that fails is tried again, later and later, and then shown as failed', async () => {
    jobs.handle('run-export', () => Promise.reject(new RangeError('Sanne Bakker is te lang')));
    await enqueue();
    const waits: number[] = [];
    for (let attempt = 0; attempt <= 5; attempt += 1) {
      await expect(jobs.drain()).rejects.toThrow('te lang');
      const [job] = await rows<{ wait: number }>(
        app,
        "select extract(epoch from start_after - now())::int as wait from jobs.job where state = 'retry'",
      );
      if (job) waits.push(job.wait);
      await rows(app, "update jobs.job set start_after = now() where state = 'retry'");
    }
    expect(waits).toHaveLength(5);
    expect(waits[4]!).toBeGreaterThan(waits[0]!);
    expect(await states()).toEqual([{ state: 'failed', retry_count: 5, output: { error: 'RangeError' } }]);
    expect(
      app.logged.filter((line) => line.includes('run-export') && line.includes('"level":50')),
    ).toHaveLength(6);
  });

  it('that fails in the database puts no value of its query in the log or in the queue', async () => {
    jobs.handle('run-export', () =>
      app.get(Tenant).change(task(), async (tx) => {
        await tx.query('select $1::int', ['Sanne Bakker']);
      }),
    );
    await enqueue();
    await expect(jobs.drain()).rejects.toThrow();
    expect(JSON.stringify([...app.logged, await states()])).not.toContain('Sanne');
    expect(app.logged.join()).toContain('22P02');
  });
});

describe('the worker', () => {
  it('runs what comes in, and goes on after one that fails', async () => {
    const [first, second] = [gate(), gate()];
    let attempts = 0;
    jobs.handle('run-export', () => {
      attempts += 1;
      if (attempts === 1) {
        first.open();
        return Promise.reject(new Error('the first fails'));
      }
      second.open();
      return Promise.resolve();
    });
    await jobs.work();
    await enqueue();
    await first.opened;
    await enqueue();
    await second.opened;
    expect(attempts).toBe(2);
  });

  it('finishes what it runs before it stops, and takes nothing new', async () => {
    const [begun, finish] = [gate(), gate()];
    const running: string[] = [];
    jobs.handle('run-export', async ({ exportId }) => {
      running.push(exportId);
      begun.open();
      await finish.opened;
      // The database is there until the job is done.
      await app.get(DataSource).query('select 1');
    });
    await jobs.work();
    await enqueue();
    await begun.opened;
    const stopped = jobs.beforeApplicationShutdown();
    await enqueue();
    finish.open();
    await stopped;
    expect((await states()).map(({ state }) => state)).toEqual(['completed', 'created']);
    expect(running).toHaveLength(1);
  });

  it('outlives a database that is away for a while', async () => {
    const done = gate();
    jobs.handle('run-export', () => {
      done.open();
      return Promise.resolve();
    });
    const query = Reflect.get(PostgresQueryRunner.prototype, 'query') as (
      ...all: unknown[]
    ) => Promise<never>;
    let failures = 0;
    jest.spyOn(PostgresQueryRunner.prototype, 'query').mockImplementation(function (
      this: PostgresQueryRunner,
      ...all: unknown[]
    ) {
      if (failures === 3 || !String(all[0]).includes('FOR UPDATE SKIP LOCKED')) return query.apply(this, all);
      failures += 1;
      return Promise.reject(new Error('Connection terminated unexpectedly'));
    });
    await enqueue();
    await jobs.work();
    await done.opened;
    expect(failures).toBe(3);
  });

  it('leaves no transaction open when a statement of the queue fails half way', async () => {
    const execute = (Reflect.get(jobs, 'execute') as (sql: string) => Promise<unknown>).bind(jobs);
    for (let i = 0; i < 12; i += 1) {
      await expect(execute('begin; select 1 / 0; commit')).rejects.toThrow('division by zero');
    }
    const served = await Promise.all(Array.from({ length: 6 }, () => practice.coach.get('/v1/clients')));
    expect(served.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200));
  });
});
