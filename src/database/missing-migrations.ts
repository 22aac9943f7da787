import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { CannotStart } from '../config/cannot-start.js';

const REMEDY = 'Run `npm run db:migrate` before anything is started.';

/**
 * Refuses to serve on a database that lacks what this version expects: it would answer most requests, and fail at the
 * others. One that is newer is no hindrance, for a migration keeps what the running version reads.
 * @throws CannotStart
 */
export async function refuseMissingMigrations(source: DataSource): Promise<void> {
  const ran = await namesOfThoseThatRan(source);
  if (!ran) throw new CannotStart(`The database lacks migrations of this version. ${REMEDY}`);
  const missing = MIGRATIONS.filter(({ name }) => !ran.includes(name)).map(({ name }) => name);
  if (missing.length === 0) return;
  throw new CannotStart(`The database lacks migrations of this version: ${missing.join(', ')}. ${REMEDY}`);
}

/** Nothing where the migration that lets the serving role ask has yet to run: whatever did, it is not all. */
async function namesOfThoseThatRan(source: DataSource): Promise<string[] | undefined> {
  const [known] = await source.query<{ answers: boolean }[]>(
    `select to_regprocedure('lookup.migrations_that_ran()') is not null as answers`,
  );
  if (!known?.answers) return undefined;
  const ran = await source.query<{ name: string }[]>('select lookup.migrations_that_ran() as name');
  return ran.map(({ name }) => name);
}
