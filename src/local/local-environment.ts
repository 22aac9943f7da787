import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CannotStart } from '../config/cannot-start.js';
import { readEnvironment } from '../config/environment.js';
import type { Lifetime } from '../config/lifetime.js';
import { migrate } from '../database/migrate.js';
import { Settings } from '../config/settings.js';
import { openDataDir } from './data-dir.js';
import { LocalDatabase } from './local-database.js';
import { localSecrets } from './local-secrets.js';

/** A complete environment for the demo and development, made without any setting. */
export interface LocalEnvironment {
  readonly dataDir: string;
  readonly database: LocalDatabase;
  /** The variables that production would have to set. */
  readonly variables: Readonly<Record<string, string>>;
  readonly settings: Settings;
}

/** The local database, as far as it is migrated. */
export async function openLocalDatabase(life: Lifetime): Promise<LocalDatabase> {
  const dataDir = openDataDir();
  const database = await LocalDatabase.open(join(dataDir, 'postgres'), localSecrets(dataDir));
  life.atEnd(() => database.close());
  return database;
}

/**
 * Makes the secrets once, starts the embedded Postgres, migrates its database; mail and files go to folders.
 * `DATA_DIR`, `PORT` and `LOG_LEVEL` alone are read: a production setting that lies about does not leak in.
 */
export async function openLocalEnvironment(life: Lifetime, logLevel = 'warn'): Promise<LocalEnvironment> {
  const dataDir = openDataDir();
  const secrets = localSecrets(dataDir);
  const database = await openLocalDatabase(life);
  await migrate(database.urls.owner);
  const port = process.env['PORT'] || '3000';
  const variables = {
    PORT: port,
    DATABASE_URL: database.urls.serving,
    TOKEN_SECRET: secrets.tokenSecret,
    ...(secrets.tokenSecretPrevious && { TOKEN_SECRET_PREVIOUS: secrets.tokenSecretPrevious }),
    INSTALLATION_KEY: secrets.installationKey,
    PORTAL_URL: `http://127.0.0.1:${port}`,
    MAIL_URL: pathToFileURL(join(dataDir, 'mail')).href,
    MAIL_FROM: 'Ademruimte <praktijk@localhost>',
    FILES_DIR: join(dataDir, 'files'),
    ERASURE_LEDGER_FILE: join(dataDir, 'erasures.txt'),
    // All come from this one machine, and a demo practice lives through months in a minute.
    REQUESTS_PER_MINUTE: '10000000',
    ATTEMPTS_FACTOR: '100',
    LOG_LEVEL: process.env['LOG_LEVEL'] || logLevel,
  };
  return { dataDir, database, variables, settings: new Settings(readEnvironment(variables)) };
}

/** How long one that is just ending may take to be gone. */
const MAY_BE_ENDING_MS = 5_000;

/** @throws CannotStart when a demo or a development server runs on these data already */
export async function serveAlone({ dataDir, database }: LocalEnvironment): Promise<void> {
  if (await database.take('serving', MAY_BE_ENDING_MS)) return;
  throw new CannotStart(
    `A demo or development server runs on ${dataDir} already; DATA_DIR names another folder.`,
  );
}

/** Whether the settings of a real installation are there: then the local environment has no part in it. */
export function isInstallation(): boolean {
  const set = (name: string): boolean => Boolean(process.env[name] || process.env[`${name}_FILE`]);
  return process.env['NODE_ENV'] === 'production' || set('DATABASE_URL') || set('MIGRATION_DATABASE_URL');
}
