import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { PACKAGE_ROOT } from '../../src/common/package-root.js';
import { dataSource } from '../../src/database/data-source.js';
import { connected, urlsOf } from '../../src/database/embedded/prepare-database.js';
import { PASSWORDS } from '../support/cluster.js';
import { catalogue } from './catalogue.js';

const LISTING = join(PACKAGE_ROOT, 'test', 'database', 'catalogue.txt');

/** Looked at before a practice is known, by the function that signs people in. */
const LED_BY_SOMETHING_ELSE = ['users_address'];

const port = Number(process.env['TEST_POSTGRES_PORT']);
const name = `catalogue_${randomUUID().replaceAll('-', '')}`;
const urls = urlsOf(port, name, PASSWORDS);
const onCluster = (sql: string) =>
  connected(urlsOf(port, 'postgres', PASSWORDS).superuser, (client) => client.query(sql));

let superuser: Client;
let owner: DataSource;

beforeAll(async () => {
  await onCluster(`create database ${escapeIdentifier(name)} template template0 owner ademruimte_owner`);
  owner = await dataSource({ url: urls.owner, poolSize: 1, migrations: MIGRATIONS }).initialize();
  superuser = new Client({ connectionString: urls.superuser });
  await superuser.connect();
  await owner.runMigrations();
});
afterAll(async () => {
  await superuser.end();
  await owner.destroy();
  await onCluster(`drop database ${escapeIdentifier(name)} with (force)`);
});

describe('the migrations', () => {
  it('make the database that catalogue.txt lists: `npm run catalogue` writes it anew', async () => {
    const made = await catalogue(superuser);
    if (process.env['WRITE_CATALOGUE']) writeFileSync(LISTING, made);
    expect(made.split('\n')).toEqual(readFileSync(LISTING, 'utf8').split('\n'));
  });

  it('go down to nothing, and up again to the same', async () => {
    const before = await catalogue(superuser);
    for (const _ of MIGRATIONS) await owner.undoLastMigration();
    expect(await leftOver()).toEqual([]);
    await owner.runMigrations();
    expect(await catalogue(superuser)).toBe(before);
  });

  it('give back what each of them made, one by one', async () => {
    const at: string[] = [];
    for (const _ of MIGRATIONS) {
      at.push(await catalogue(superuser));
      await owner.undoLastMigration();
    }
    for (const migration of MIGRATIONS) {
      await one(migration);
      expect(await catalogue(superuser)).toBe(at.pop());
    }
  });
});

describe('every table of a practice', () => {
  it('has a practice that leads each key, constraint and index', async () => {
    const { rows } = await superuser.query<{ name: string }>(`
      select name from (
        select conname as name, conrelid as relid, conkey[1] as first from pg_constraint where contype in ('p', 'u', 'f', 'x')
        union
        select indexrelid::regclass::text, indrelid, indkey[0] from pg_index
      ) as led
      join pg_attribute practice on practice.attrelid = relid and practice.attname = 'practice_id'
      where relid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
        and first <> practice.attnum
      order by name`);
    expect(rows.map((row) => row.name)).toEqual(LED_BY_SOMETHING_ELSE);
  });

  it('reaches each foreign key along an index', async () => {
    const { rows } = await superuser.query<{ conname: string }>(`
      select conname from pg_constraint f
       where contype = 'f' and connamespace = 'public'::regnamespace
         and not exists (
           select from pg_index
            where indrelid = f.conrelid
              and (indpred is null or pg_get_expr(indpred, indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
              and (indkey::int2[])[0:least(cardinality(f.conkey), 2) - 1] <@ f.conkey)
       order by conname`);
    expect(rows).toEqual([]);
  });

  it('names its practice as not null', async () => {
    const { rows } = await superuser.query(`
      select attrelid::regclass::text from pg_attribute join pg_class c on c.oid = attrelid
       where relnamespace = 'public'::regnamespace and relkind = 'r' and attname = 'practice_id' and not attnotnull`);
    expect(rows).toEqual([]);
  });
});

/** What a database holds of us beside the list of migrations that have run. */
async function leftOver(): Promise<string[]> {
  const { rows } = await superuser.query<{ what: string }>(`
    select 'relation ' || relname as what from pg_class
     where relnamespace = 'public'::regnamespace and relname !~ '^(migrations|PK_)'
    union all
    select 'routine ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select 'type ' || typname from pg_type
     where typnamespace = 'public'::regnamespace and typname !~ '^_?migrations$'
    union all
    select 'schema ' || nspname from pg_namespace
     where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')
    union all
    select 'extension ' || extname from pg_extension where extname <> 'plpgsql'
    union all
    select 'default rights' from pg_default_acl`);
  return rows.map(({ what }) => what);
}

/** Runs one migration by itself. */
async function one(migration: (typeof MIGRATIONS)[number]): Promise<void> {
  const source = dataSource({
    url: urls.owner,
    poolSize: 1,
    migrations: MIGRATIONS.slice(0, MIGRATIONS.indexOf(migration) + 1),
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}
