import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { PACKAGE_ROOT } from '../../common/package-root.js';

export interface Passwords {
  readonly superuser: string;
  readonly owner: string;
  readonly serving: string;
}

/** Connection strings for one database of a local cluster. */
export interface DatabaseUrls {
  readonly superuser: string;
  readonly owner: string;
  readonly serving: string;
}

export function urlsOf(port: number, database: string, passwords: Passwords): DatabaseUrls {
  const url = (role: string, password: string): string =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    superuser: url('postgres', passwords.superuser),
    owner: url('ademruimte_owner', passwords.owner),
    serving: url('ademruimte_app', passwords.serving),
  };
}

/** Makes the roles and, where it is absent, the database. */
export async function prepareDatabase(port: number, database: string, passwords: Passwords): Promise<void> {
  await connected(urlsOf(port, 'postgres', passwords).superuser, async (client) => {
    await client.query(readFileSync(join(PACKAGE_ROOT, 'scripts', 'create-roles.sql'), 'utf8'));
    await client.query(`alter role ademruimte_owner password ${escapeLiteral(passwords.owner)}`);
    await client.query(`alter role ademruimte_app password ${escapeLiteral(passwords.serving)}`);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) {
      await client.query(`create database ${escapeIdentifier(database)} owner ademruimte_owner`);
    }
  });
}

/** Works with one connection of its own and closes it. */
export async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
