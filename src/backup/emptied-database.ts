import { escapeIdentifier } from 'pg';
import { CannotStart } from '../config/cannot-start.js';
import { type StoredTable, tableName } from './backup-file.js';
import { type Owner, quoted } from './owner.js';
import { MAKES_WAY } from './stored-tables.js';

/** What was put aside to take rows in, and has to be put back. */
export interface PutAside {
  readonly constraints: readonly { readonly table: string; readonly name: string }[];
  readonly forced: readonly string[];
}

/** @throws CannotStart while a server or a worker is connected */
export async function expectNobody(owner: Owner): Promise<void> {
  const [others] = await owner.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and usename = 'ademruimte_app'`,
  );
  if (others!.count > 0) throw new CannotStart('Stop the server and the worker first.');
}

/**
 * For this transaction only: the owner reads and writes past row-level security, rows may come before what they point
 * to, and no trigger asks whether a row could have come about like this.
 */
export async function makeReady(owner: Owner, tables: readonly StoredTable[]): Promise<PutAside> {
  const forced = await owner.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
      where relforcerowsecurity and relnamespace = 'public'::regnamespace and not relispartition`,
  );
  const constraints = await owner.query<{ table: string; name: string }>(
    `select conrelid::regclass::text as table, conname as name from pg_constraint
      where contype = 'f' and not condeferrable and conparentid = 0
        and connamespace in ('public'::regnamespace, 'jobs'::regnamespace)`,
  );
  for (const { name } of forced) await owner.query(`alter table ${name} no force row level security`);
  for (const table of tables) await owner.query(`alter table ${quoted(table)} disable trigger user`);
  for (const { table, name } of constraints) {
    await owner.query(
      `alter table ${table} alter constraint ${escapeIdentifier(name)} deferrable initially deferred`,
    );
  }
  return { constraints, forced: forced.map(({ name }) => name) };
}

/** @throws CannotStart where there are data already */
export async function expectEmpty(owner: Owner, tables: readonly StoredTable[]): Promise<void> {
  for (const table of tables) {
    if (MAKES_WAY.includes(tableName(table))) {
      await owner.query(`delete from ${quoted(table)}`);
      continue;
    }
    const [there] = await owner.query<{ any: boolean }>(
      `select exists (select from ${quoted(table)}) as any`,
    );
    if (there!.any) {
      throw new CannotStart(`There are data in this database (${table.name}): restore into an empty one.`);
    }
  }
}

export async function makeWhole(
  owner: Owner,
  tables: readonly StoredTable[],
  { constraints, forced }: PutAside,
): Promise<void> {
  for (const { table, name } of constraints) {
    await owner.query(`alter table ${table} alter constraint ${escapeIdentifier(name)} not deferrable`);
  }
  for (const table of tables) await owner.query(`alter table ${quoted(table)} enable trigger user`);
  for (const name of forced) await owner.query(`alter table ${name} force row level security`);
}
