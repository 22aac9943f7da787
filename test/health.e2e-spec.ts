import { DataSource } from 'typeorm';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf } from './support/caller.js';
import { rows } from './support/rows.js';

let app: TestApp;
let anybody: Caller;

beforeEach(async () => {
  app = await startApp();
  anybody = new Caller(app);
});
afterEach(() => app.close());

/** Cuts every connection that the application has, and lets in no new ones. */
async function cutDatabase(): Promise<void> {
  await app.get(DataSource).query('select 1');
  await rows(
    app,
    `do $$ begin
       execute format('alter database %I connection limit 0', current_database());
       perform pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = 'ademruimte_app';
     end $$`,
  );
}

const restoreDatabase = () =>
  rows(
    app,
    `do $$ begin execute format('alter database %I connection limit -1', current_database()); end $$`,
  );

describe('health', () => {
  it('is ready while the database answers', async () => {
    const answer = await anybody.get('/health/ready');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('is alive but not ready while the database is away, and ready again after', async () => {
    await cutDatabase();
    expect((await anybody.get('/health/live')).statusCode).toBe(200);
    const answer = await anybody.get('/health/ready');
    expect([answer.statusCode, problemOf(answer)]).toEqual([503, 'unavailable']);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['retry-after']).toBe('5');
    await restoreDatabase();
    expect((await anybody.get('/health/ready')).statusCode).toBe(200);
  });

  it('of the database is no secret to a sign-in: it is a 503 too, and no 500', async () => {
    await cutDatabase();
    const answer = await anybody.post('/v1/auth/login', { email: 'a@b.example', password: 'x' });
    expect(answer.statusCode).toBe(503);
    await restoreDatabase();
  });
});
