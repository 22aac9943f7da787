import { join } from 'node:path';
import { Client } from 'pg';
import { CannotStart } from '../src/config/cannot-start.js';
import type { Lifetime } from '../src/config/lifetime.js';
import { startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { urlsOf } from '../src/database/embedded/prepare-database.js';
import type { LocalSecrets } from '../src/local/local-secrets.js';
import type { Cluster } from './data/data-set.js';

/** As in production what is acknowledged is durable; room enough that no checkpoint falls into a round. */
const SETTINGS = ['shared_buffers=1GB', 'max_wal_size=8GB', 'checkpoint_timeout=1h', 'autovacuum=off'];

/** One number for all who bench on these data, one at a time. */
const BENCHING = 4_203_001;

export async function startCluster(life: Lifetime, folder: string, secrets: LocalSecrets): Promise<Cluster> {
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    superuserPassword: secrets.superuser,
    settings: SETTINGS,
  });
  const client = new Client({ connectionString: urlsOf(postgres.port, 'postgres', secrets).superuser });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [BENCHING]);
  if (!rows[0]!.got) {
    await client.end();
    throw new CannotStart(`Another bench runs on ${folder}; BENCH_DIR names another folder.`);
  }
  life.atEnd(() => postgres.stop());
  return { port: postgres.port, secrets };
}
