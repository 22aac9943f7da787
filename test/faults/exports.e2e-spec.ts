import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Streams } from '../../src/database/streams.js';
import { Tenant } from '../../src/database/tenant.js';
import type { ExportPage, ExportView } from '../../src/exports/export.dto.js';
import { ExportTakeUp } from '../../src/exports/export-take-up.js';
import { Jobs, taskOfJob } from '../../src/jobs/jobs.js';
import { startApp, type TestApp } from '../support/app.js';
import { type Caller, problemOf, told } from '../support/caller.js';
import { fileOf, PURPOSE, requestExport, seenExport } from '../support/exports.js';
import { addUser, openFile, openPractice, type TestPractice } from '../support/practice.js';
import { rows } from '../support/rows.js';
import { startWorker } from '../support/worker.js';

const ROWS = 40_000;
const secrets = {
  TOKEN_SECRET: randomBytes(32).toString('base64url'),
  INSTALLATION_KEY: randomBytes(32).toString('base64url'),
};

let app: TestApp;
let practice: TestPractice;
let admin: Caller;

beforeAll(async () => {
  app = await startApp(secrets);
  practice = await openPractice(app);
  admin = practice.admin;
  const { id } = await openFile(practice.coach);
  await rows(
    app,
    `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
            occupied_from, occupied_until, created_at, version)
     select practice_id, gen_random_uuid(), id, coach_id, coach_id, 'energizing', 'completed', 'video', at,
            at + interval '45 minutes', at, at + interval '45 minutes', at, 1
       from clients, generate_series(1, $2::integer) n, lateral (select now() - n * interval '1 hour' as at) t
      where id = $1`,
    [id, ROWS],
  );
  await app.fastify.listen({ port: 0, host: '127.0.0.1' });
  // A worker in a process of its own is to find none but the job that a test is about.
  await app.runJobs();
});
afterAll(() => app.close());
afterEach(() => app.clock.reset());

const IN_QUERY = new URLSearchParams({ purpose: PURPOSE }).toString();
const SESSIONS = { records: 'sessions', format: 'json' };
const onDisk = (id: string): string[] => {
  const folder = join(app.folder, 'files', 'exports', practice.id);
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(id)) : [];
};

/** An export, as soon as it is in such a state. */
async function once(id: string, is: (copy: ExportView) => boolean): Promise<ExportView> {
  for (;;) {
    const copy = await seenExport(admin, id);
    if (is(copy)) return copy;
    await pause(5);
  }
}

/** A minute later somebody looks for runs that fell silent, and the jobs of that are done. */
async function takeUp(): Promise<void> {
  app.clock.set(new Date(Date.now() + 61_000).toISOString());
  await app.get(ExportTakeUp).round();
  await app.runJobs();
  app.clock.reset();
}

async function expectWhole(id: string): Promise<void> {
  const copy = await seenExport(admin, id);
  expect(copy).toMatchObject({ status: 'ready', rowsDone: ROWS, rowsTotal: ROWS });
  const file = await fileOf(admin, id);
  expect(createHash('sha256').update(file.rawPayload).digest('hex')).toBe(copy.sha256);
  expect(file.json()).toHaveLength(ROWS);
  expect(onDisk(id)).toEqual([id]);
}

function opened(path: string, by = admin): Promise<IncomingMessage> {
  const { port } = app.fastify.server.address() as AddressInfo;
  const headers = { authorization: `Bearer ${by.tokens!.accessToken}` };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers }, resolve).on('error', reject);
  });
}

describe('a worker that is killed', () => {
  it.each([0, 40, 150])(
    '%i ms into its run leaves nothing that is called ready, and it is taken up again',
    async (ms) => {
      const worker = startWorker(app, secrets);
      const { id } = await requestExport(admin, SESSIONS);
      await once(id, ({ status }) => status !== 'queued');
      await pause(ms);
      await worker.kill();
      const left = await seenExport(admin, id);
      // It may have been quicker than its end; then what is called ready is whole.
      if (left.status !== 'ready') {
        expect(left.status).toBe('running');
        expect(problemOf(await fileOf(admin, id))).toBe('export-not-ready');
        // A minute must pass: as long as it may live, nobody takes it away.
        await app.get(ExportTakeUp).round();
        expect(await seenExport(admin, id)).toMatchObject({ status: 'running' });
        await takeUp();
      }
      await expectWhole(id);
    },
    60_000,
  );

  it('time and again is not started for ever, and leaves nothing behind', async () => {
    const { id } = await requestExport(admin, SESSIONS);
    await rows(
      app,
      `update exports set status = 'running', runs = 6, pulse_at = now() - interval '61 seconds', file_key = '\\x00'
        where id = $1`,
      [id],
    );
    writeFileSync(join(app.folder, 'files', 'exports', practice.id, `${id}.part`), 'half a fi');
    await takeUp();
    const failed = await seenExport(admin, id);
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'kept_failing' } });
    expect(onDisk(id)).toEqual([]);
    await app.runJobs();
    expect(await seenExport(admin, id)).toEqual(failed);
  });

  it('in the midst of a stream leaves one that broke off', async () => {
    await admin.get(`/v1/exports/stream/clients.csv?${IN_QUERY}`);
    const [{ id }] = told<ExportPage>(await admin.get('/v1/exports?limit=1')).items as [ExportView];
    await rows(app, `update exports set status = 'running', pulse_at = now() where id = $1`, [id]);
    await takeUp();
    expect(await seenExport(admin, id)).toMatchObject({ status: 'failed', failure: { code: 'broken_off' } });
  });
});

describe('a disk that is full', () => {
  it('ends the run with a reason and no file, and the next one succeeds', async () => {
    const worker = startWorker(app, secrets, 512);
    const { id } = await requestExport(admin, SESSIONS);
    const failed = await once(id, ({ status }) => status === 'failed');
    await worker.kill();
    expect(failed.failure).toMatchObject({ code: 'storage' });
    expect(onDisk(id)).toEqual([]);
    await app
      .get(Tenant)
      .change(taskOfJob(practice.id, 'export'), (tx) =>
        app.get(Jobs).enqueue(tx, 'run-export', { practiceId: practice.id, exportId: id }),
      );
    await app.runJobs();
    await expectWhole(id);
  }, 60_000);
});

describe('a database that goes away', () => {
  it('in the midst of a run leaves no file, and the export is made when it is back', async () => {
    const { id } = await requestExport(admin, SESSIONS);
    const streams = app.get(Streams);
    const copying = jest.spyOn(streams, 'copy').mockImplementation(async (...asked) => {
      copying.mockRestore();
      const source = await streams.copy(...asked);
      await rows(
        app,
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
      return source;
    });
    await expect(app.runJobs()).rejects.toThrow();
    const left = await seenExport(admin, id);
    expect(left.status).not.toBe('ready');
    expect(onDisk(id)).toEqual([]);
    await app
      .get(Tenant)
      .change(taskOfJob(practice.id, 'export'), (tx) =>
        app.get(Jobs).enqueue(tx, 'run-export', { practiceId: practice.id, exportId: id }),
      );
    await takeUp();
    await expectWhole(id);
  });
});

describe('a slow reader', () => {
  it('of a stream that stands still is let go, and the export says that it broke off', async () => {
    const streams = app.get(Streams);
    const { silenceMs } = streams;
    streams.silenceMs = 300;
    const answer = await opened(`/v1/exports/stream/sessions.csv?${IN_QUERY}`);
    const [{ id }] = told<ExportPage>(await admin.get('/v1/exports?limit=1')).items as [ExportView];
    const over = await once(id, ({ status }) => status !== 'running');
    streams.silenceMs = silenceMs;
    expect(over).toMatchObject({ status: 'failed', failure: { code: 'broken_off' } });
    const broken = new Promise((resolve) => answer.once('error', resolve));
    answer.resume();
    expect(await broken).toMatchObject({ code: 'ECONNRESET' });
  });

  it('of a file gets all of it, and keeps no connection to the database meanwhile', async () => {
    const { id } = await requestExport(admin, SESSIONS);
    await app.runJobs();
    const readers = await Promise.all(Array.from({ length: 9 }, () => opened(`/v1/exports/${id}/file`)));
    expect(told(await admin.get('/v1/clients'))).toHaveProperty('items');
    const { sha256 } = await seenExport(admin, id);
    for (const reader of readers) {
      const hash = createHash('sha256');
      for await (const part of reader) hash.update(part as Buffer);
      expect(hash.digest('hex')).toBe(sha256);
    }
  });
});

describe('an export told as it goes', () => {
  interface Told {
    readonly id: string;
    readonly copy: ExportView;
  }

  async function eventsOf(answer: IncomingMessage): Promise<Told[]> {
    let all = '';
    for await (const part of answer.setEncoding('utf8')) all += part as string;
    return all
      .split('\n\n')
      .filter((event) => event.includes('event: export'))
      .map((event) => ({
        id: /^id: (.+)$/m.exec(event)![1]!,
        copy: JSON.parse(/^data: (.+)$/m.exec(event)![1]!) as ExportView,
      }));
  }

  it('says each change, and ends when nothing more comes', async () => {
    const { id } = await requestExport(admin, SESSIONS);
    const answer = await opened(`/v1/exports/${id}/events`);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    const told = eventsOf(answer);
    await app.runJobs();
    const events = await told;
    expect(events[0]!.copy).toMatchObject({ id, status: 'queued' });
    const last = events.at(-1)!;
    expect(last.copy).toMatchObject({ id, status: 'ready', rowsDone: ROWS });
    expect(last.id).toBe(String(last.copy.version));
    expect(last.copy).toEqual({ ...(await seenExport(admin, id)), purpose: PURPOSE });
  });

  it('is told to nobody whose login has ended meanwhile', async () => {
    const leaving = { name: 'Wil Weg', email: 'wil@weg.example', roles: ['admin' as const] };
    const other = await addUser(app, admin, leaving);
    const { id } = await requestExport(admin, SESSIONS);
    const events = eventsOf(await opened(`/v1/exports/${id}/events`, other));
    told(await admin.post(`/v1/users/${other.id}/disabling`));
    expect(await events).toHaveLength(1);
    await app.runJobs();
  });

  it('ends with the program', async () => {
    const other = await startApp();
    const there = await openPractice(other);
    const { id } = await requestExport(there.admin);
    const answer = there.admin.get(`/v1/exports/${id}/events`);
    await pause(200);
    await other.close();
    expect((await answer).body).toContain('"status":"queued"');
  });
});
