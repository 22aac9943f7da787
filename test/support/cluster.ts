import { randomUUID } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import { connected, type DatabaseUrls, urlsOf } from '../../src/database/embedded/prepare-database.js';

export const TEMPLATE = 'ademruimte_template';
export const PASSWORDS = { superuser: 'superuser', owner: 'owner', serving: 'serving' };

/** A database of its own for one test file: a clone of the migrated template. */
export async function cloneDatabase(): Promise<DatabaseUrls & { drop: () => Promise<void> }> {
  const port = Number(process.env['TEST_POSTGRES_PORT']);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const { superuser } = urlsOf(port, 'postgres', PASSWORDS);
  const run = (sql: string) => connected(superuser, (client) => client.query(sql));
  await run(`create database ${escapeIdentifier(name)} template ${TEMPLATE} owner ademruimte_owner`);
  return {
    ...urlsOf(port, name, PASSWORDS),
    drop: async () => {
      await run(`drop database ${escapeIdentifier(name)} with (force)`);
    },
  };
}
