import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { pino } from 'pino';
import { Clock } from '../../src/common/clock.js';
import { readEnvironment } from '../../src/config/environment.js';
import { Settings } from '../../src/config/settings.js';
import { createApp } from '../../src/create-app.js';
import type { DatabaseUrls } from '../../src/database/embedded/prepare-database.js';
import { PrintThreads } from '../../src/exports/documents/print-threads.js';
import { NoteThreads } from '../../src/exports/texts/note-threads.js';
import { SearchThreads } from '../../src/notes/search/search-threads.js';
import { Jobs } from '../../src/jobs/jobs.js';
import { cloneDatabase } from './cluster.js';

/** A clock that a test may set; it stands at the real time until then. */
export class TestClock extends Clock {
  private at?: Date;

  override now(): Date {
    return this.at ?? new Date();
  }

  set(at: string): void {
    this.at = new Date(at);
  }

  reset(): void {
    this.at = undefined;
  }
}

/** Jest compiles what it loads itself; a thread is started by Node, and has to be told how. */
export const SOURCES_IN_THREADS = ['--require', join(__dirname, 'typescript-in-threads.cjs')];

/** The whole application on a database of its own. */
export interface TestApp {
  readonly fastify: FastifyInstance;
  readonly database: DatabaseUrls;
  /** Past every policy: to look at what really stands there, or to lay something ready. */
  readonly superuser: Pool;
  readonly clock: TestClock;
  readonly folder: string;
  /** Every line that the application logged. */
  readonly logged: string[];
  get<T>(token: Type<T>): T;
  /** Runs all jobs that wait. */
  runJobs(): Promise<void>;
  close(): Promise<void>;
}

/** What a process of the test needs to know, with secrets of its own unless others are given. */
export const testEnvironment = (
  database: DatabaseUrls,
  folder: string,
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv => ({
  DATABASE_URL: database.serving,
  DATABASE_POOL_SIZE: '6',
  TOKEN_SECRET: randomBytes(32).toString('base64url'),
  INSTALLATION_KEY: randomBytes(32).toString('base64url'),
  PORTAL_URL: 'https://portal.example',
  MAIL_URL: pathToFileURL(join(folder, 'mail')).href,
  MAIL_FROM: 'Adem & Rust <praktijk@adem-en-rust.example>',
  FILES_DIR: join(folder, 'files'),
  ERASURE_LEDGER_FILE: join(folder, 'erasures.txt'),
  LOG_LEVEL: 'debug',
  // A test comes from one address, and signs in as everybody.
  REQUESTS_PER_MINUTE: '10000000',
  ATTEMPTS_FACTOR: '10000',
  ...more,
});

export const testSettings = (database: DatabaseUrls, folder: string, more?: NodeJS.ProcessEnv): Settings =>
  new Settings(readEnvironment(testEnvironment(database, folder, more)));

/** @param more variables of the environment that this test is about */
export async function startApp(more?: NodeJS.ProcessEnv): Promise<TestApp> {
  const database = await cloneDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'ademruimte-app-'));
  const logged: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const app = await createApp(testSettings(database, folder, more), logger);
  const clock = new TestClock();
  Object.assign(app.get(Clock), { now: () => clock.now() });
  Object.assign(app.get(SearchThreads, { strict: false }), { execArgv: SOURCES_IN_THREADS });
  Object.assign(app.get(NoteThreads, { strict: false }), { execArgv: SOURCES_IN_THREADS });
  Object.assign(app.get(PrintThreads, { strict: false }), { execArgv: SOURCES_IN_THREADS });
  await app.init();
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.ready();
  const superuser = new Pool({ connectionString: database.superuser });
  // A test may restart the server under it; whoever asks next is given a new connection.
  superuser.on('error', () => undefined);
  return {
    fastify,
    database,
    superuser,
    clock,
    folder,
    logged,
    get: (token) => app.get(token, { strict: false }),
    runJobs: () => app.get(Jobs).drain(),
    close: async () => {
      await app.close();
      await superuser.end();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A second process that serves the same practices: another instance on the same database, with the same secrets and time. */
export async function startBeside(
  first: TestApp,
  settings: Settings = first.get(Settings),
): Promise<Pick<TestApp, 'fastify' | 'get' | 'close'>> {
  // Nest has one logger for the whole process: what both say is with the first.
  const logger = pino({ level: 'debug' }, { write: (line: string) => void first.logged.push(line) });
  const app = await createApp(settings, logger);
  Object.assign(app.get(Clock), { now: () => first.clock.now() });
  await app.init();
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.ready();
  return { fastify, get: (token) => app.get(token, { strict: false }), close: () => app.close() };
}
