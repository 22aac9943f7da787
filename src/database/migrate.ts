import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { CannotStart } from '../config/cannot-start.js';
import { dataSource } from './data-source.js';

/** One number for all who migrate this product's databases; it only has to be nobody else's. */
const MIGRATING = 4_201_001;

/**
 * Brings the database up to the newest migration; each migration is whole or not there. Of several that
 * migrate at once, one does it and the others wait and find it done.
 * @param ownerUrl a direct connection: behind a pooler in transaction mode the lock would not hold
 * @param wanted the names of the migrations to run, where not all are
 * @returns the names of what ran
 */
export function migrate(ownerUrl: string, wanted?: readonly string[]): Promise<string[]> {
  const migrations = MIGRATIONS.filter(({ name }) => wanted?.includes(name) ?? true);
  return alone(
    ownerUrl,
    async (source) => (await source.runMigrations()).map(({ name }) => name),
    migrations,
  );
}

/** The names of the migrations that have run. */
export function migrationsOf(ownerUrl: string): Promise<string[]> {
  return alone(ownerUrl, executed);
}

/**
 * Takes back the newest migration, and with it the data that only it had room for.
 * @returns its name, or nothing when none has run
 */
export function revert(ownerUrl: string): Promise<string | undefined> {
  return alone(ownerUrl, async (source) => {
    const before = await executed(source);
    await source.undoLastMigration();
    const after = await executed(source);
    return before.find((name) => !after.includes(name));
  });
}

async function executed(source: DataSource): Promise<string[]> {
  const [table] = await source.query<{ there: boolean }[]>(
    `select to_regclass('migrations') is not null as there`,
  );
  if (!table?.there) return [];
  return (await source.query<{ name: string }[]>('select name from migrations')).map(({ name }) => name);
}

async function alone<T>(
  ownerUrl: string,
  work: (source: DataSource) => Promise<T>,
  migrations = MIGRATIONS,
): Promise<T> {
  const lock = new Client({ connectionString: ownerUrl });
  await lock.connect().catch((error: unknown) => {
    throw new CannotStart(`No connection as the owner of the database: ${(error as Error).message}.`);
  });
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATING]);
    const source = await dataSource({ url: ownerUrl, poolSize: 2, migrations }).initialize();
    try {
      return await work(source);
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}
