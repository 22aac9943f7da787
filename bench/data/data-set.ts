import { createHash } from 'node:crypto';
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { DatabaseUrls } from '../../src/database/embedded/prepare-database.js';
import { connected, prepareDatabase, urlsOf } from '../../src/database/embedded/prepare-database.js';
import { migrate } from '../../src/database/migrate.js';
import type { LocalSecrets } from '../../src/local/local-secrets.js';
import type { Settings } from '../../src/config/settings.js';
import { FILLED, insertRows } from './rows.js';
import { copySealed } from './sealed.js';
import type { Shape } from './shape.js';

/** Raised by hand when these files make other rows than before. */
const EDITION = 1;

/** What a measured request writes; emptied before each run, so that all runs begin alike. */
const WRITTEN = [
  'audit_events',
  'audit_event_clients',
  'repeated_requests',
  'exports',
  'export_approvals',
  'log_corrections',
];

export interface DataSet {
  readonly shape: Shape;
  readonly urls: DatabaseUrls & { readonly bound: string };
  /** The day that the data are of. */
  readonly on: string;
}

export interface Cluster {
  readonly port: number;
  readonly secrets: LocalSecrets;
}

/** The data set of this shape: the one of an earlier run where that is whole and of the same making. */
export async function openDataSet(
  { port, secrets }: Cluster,
  shape: Shape,
  settings: Settings,
  say: (text: string) => void,
): Promise<DataSet> {
  const name = `bench_${shape.name}`;
  const server = urlsOf(port, 'postgres', secrets).superuser;
  // One that was left half way has neither all of its rows nor all of its indexes.
  if (!(await markOf(server, name))) {
    await connected(server, (client) =>
      client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`),
    );
  }
  await prepareDatabase(port, name, secrets);
  await connected(server, (client) => makeBoundRole(client, secrets));
  const urls = { ...urlsOf(port, name, secrets), bound: boundUrl(port, name, secrets) };
  await migrate(urls.owner);
  const made = await markOf(server, name);
  const making = await makingOf(urls.superuser, shape);
  if (made?.making === making) {
    say(`The ${shape.name} data set of ${made.on} is there.`);
    await connected(urls.superuser, clear);
    return { shape, urls, on: made.on };
  }
  const on = new Date().toISOString().slice(0, 10);
  await make(urls.superuser, shape, settings, on, say);
  await connected(urls.superuser, clear);
  await connected(server, (client) => mark(client, name, { making, on }));
  return { shape, urls, on };
}

async function make(
  url: string,
  shape: Shape,
  settings: Settings,
  on: string,
  say: (text: string) => void,
): Promise<void> {
  say(`Making the ${shape.name} data set: ${shape.clients * 22} sessions and what belongs to them…`);
  const began = Date.now();
  await connected(url, async (client) => {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off;
      set maintenance_work_mem = '512MB'; set work_mem = '256MB'`);
    await client.query(`truncate ${[...FILLED, ...WRITTEN].join(', ')} cascade`);
    const indexes = await dropIndexes(client);
    await insertRows(client, shape, on);
    await copySealed(client, shape, settings);
    for (const index of indexes) await client.query(index);
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
  });
  say(`… made in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** Many rows go in faster where no index grows along. @returns what makes the indexes again */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = any ($1::regclass[]) and not exists (select from pg_constraint where conindid = indexrelid)`,
    [FILLED],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Takes out what an earlier run wrote. */
async function clear(client: Client): Promise<void> {
  await client.query('set session_replication_role = replica');
  await client.query(`truncate ${WRITTEN.join(', ')}`);
  // Exports are for who proved lately who they are; a run takes longer than such a proof holds.
  await client.query("update logins set authenticated_at = now() + interval '2 hours'");
  // What the bench made has small numbers for ids; what requests made has the time in them.
  const since = "'01000000-0000-7000-8000-000000000000'";
  await client.query(`delete from sessions where id > ${since}`);
  await client.query(`delete from session_details where session_id > ${since}`);
  for (const [table, column] of [['log_details', 'log_id'], ['log_remarks', 'log_id'], ['logs', 'id']]) {
    await client.query(`delete from ${table} where ${column} > ${since}`);
  } // prettier-ignore
  await client.query('vacuum (analyze) sessions, session_details, logs, log_details, log_remarks');
  await client.query('checkpoint');
}

/** The bound's own role: all that the serving role may, and no policy holds it. */
async function makeBoundRole(client: Client, secrets: LocalSecrets): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = 'bench_bound'");
  if (rowCount === 0) await client.query('create role bench_bound login bypassrls in role ademruimte_app');
  await client.query(`alter role bench_bound password ${escapeLiteral(secrets.serving)}`);
}

const boundUrl = (port: number, name: string, { serving }: LocalSecrets): string =>
  `postgresql://bench_bound:${serving}@127.0.0.1:${port}/${name}`;

interface Mark {
  readonly making: string;
  readonly on: string;
}

/** Of what the rows were made: shape, edition, and the columns of all tables. */
async function makingOf(url: string, shape: Shape): Promise<string> {
  const columns = await connected(url, (client) =>
    client.query(
      `select table_name, column_name, data_type from information_schema.columns
        where table_schema = 'public' and table_name = any ($1) order by 1, 2`,
      [FILLED],
    ),
  );
  return createHash('sha256')
    .update(JSON.stringify([EDITION, shape, columns.rows]))
    .digest('hex');
}

async function markOf(server: string, name: string): Promise<Mark | undefined> {
  const { rows } = await connected(server, (client) =>
    client.query<{ mark: string | null }>(
      `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1`,
      [name],
    ),
  );
  return rows[0]?.mark ? (JSON.parse(rows[0].mark) as Mark) : undefined;
}

async function mark(client: Client, name: string, made: Mark): Promise<void> {
  await client.query(
    `comment on database ${escapeIdentifier(name)} is ${escapeLiteral(JSON.stringify(made))}`,
  );
}
