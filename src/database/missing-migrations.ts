import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { CannotStart } from '../config/cannot-start.js';

/**
 * Refuses to serve on a database that lacks what this version expects: it would answer most requests, and fail at the
 * others. One that is newer is no hindrance, for a migration keeps what the running version reads.
 * @throws CannotStart
 */
export async function refuseMissingMigrations(source: DataSource): Promise<void> {
  const ran = await namesOfThoseThatRan(source);
  const missing = MIGRATIONS.filter(({ name }) => !ran.includes(name));
  if (missing.length === 0) return;
  throw new CannotStart(
    `The database lacks ${missing.length} of ${MIGRATIONS.length} migrations, ${missing[0]!.name} first. ` +
      'Run `npm run db:migrate` before anything is started.',
  );
}

/** None where there is no list yet, or where the migration that shows it to the serving role has yet to run. */
async function namesOfThoseThatRan(source: DataSource): Promise<string[]> {
  const [list] = await source.query<{ readable: boolean }[]>(`
    select coalesce(has_table_privilege(to_regclass('public.migrations'), 'select'), false) as readable`);
  if (!list?.readable) return [];
  return (await source.query<{ name: string }[]>('select name from public.migrations')).map(
    ({ name }) => name,
  );
}
