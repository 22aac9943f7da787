import 'reflect-metadata';
import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';
import { prepareDatabase, urlsOf } from '../../src/database/embedded/prepare-database.js';
import { migrate } from '../../src/database/migrate.js';
import { PASSWORDS, TEMPLATE } from './cluster.js';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 2 ** 30;

/** A clone is a thousand files, and there are more than a hundred clones: in memory, where there is plenty of it. */
function quickFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM_BYTES ? MEMORY : tmpdir();
}

/** One real Postgres for the whole run, migrated once; each test file works in a clone of its own. */
export default async function startCluster(): Promise<void> {
  const folder = mkdtempSync(join(quickFolder(), 'ademruimte-test-'));
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    superuserPassword: PASSWORDS.superuser,
    programs: process.env['TEST_POSTGRES_BIN'],
    // Nothing here outlives the run, so it need not survive a power cut.
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'],
  });
  await prepareDatabase(postgres.port, TEMPLATE, PASSWORDS);
  await migrate(urlsOf(postgres.port, TEMPLATE, PASSWORDS).owner);
  process.env['TEST_POSTGRES_PORT'] = String(postgres.port);
  Object.assign(globalThis, { testCluster: { postgres, folder } });
}
