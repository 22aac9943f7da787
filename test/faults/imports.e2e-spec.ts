import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportView } from '../../src/imports/import.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { told } from '../support/caller.js';
import { checked, seenImport } from '../support/imports.js';
import { openPractice, type TestPractice } from '../support/practice.js';
import { rows } from '../support/rows.js';
import { startWorker } from '../support/worker.js';

const ROWS = 500;
const secrets = {
  TOKEN_SECRET: randomBytes(32).toString('base64url'),
  INSTALLATION_KEY: randomBytes(32).toString('base64url'),
};

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp(secrets);
  practice = await openPractice(app);
  // A worker in a process of its own is to find none but the job that a test is about.
  await app.runJobs();
});
afterAll(() => app.close());

const count = async (): Promise<number> => {
  const found = await rows<{ n: number }>(
    app,
    'select count(*)::int as n from clients where practice_id = $1',
    [practice.id],
  );
  return found[0]!.n;
};

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50);
}

it('a worker that is killed half way through an import leaves nothing, and another one takes it up', async () => {
  const names = Array.from({ length: ROWS }, (_, i) => `Naam ${i},n${i}@example.nl,${practice.coach.id}`);
  const { id } = await checked(practice.admin, 'clients', ['name,email,coachId', ...names].join('\n'));
  // Half way: the clients are written, and their keys are about to be.
  await rows(
    app,
    `create function wait_here() returns trigger language plpgsql as $$ begin perform pg_sleep(3); return null; end $$`,
  );
  await rows(
    app,
    'create trigger wait_here before insert on client_keys for each statement execute function wait_here()',
  );
  told<ImportView>(await practice.admin.post(`/v1/imports/${id}/start`));
  const worker = startWorker(app, secrets);
  const isWaiting = `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
  await until(async () => (await rows(app, isWaiting)).length > 0);
  await worker.kill();
  await until(async () => (await rows(app, isWaiting)).length === 0);
  await rows(app, 'drop trigger wait_here on client_keys');
  expect(await count()).toBe(0);
  expect(await seenImport(practice.admin, id)).toMatchObject({ status: 'queued' });

  // Two minutes later the queue gives it out again.
  await rows(
    app,
    `update jobs.job set started_on = started_on - interval '121 seconds' where name = 'run-import'`,
  );
  const next = startWorker(app, secrets);
  await until(async () => (await seenImport(practice.admin, id)).status !== 'queued');
  await next.kill();
  expect(await seenImport(practice.admin, id)).toMatchObject({ status: 'done', rowCount: ROWS });
  expect(await count()).toBe(ROWS);
}, 240_000);
