import { CannotStart } from '../config/cannot-start.js';
import { migrate, migrationsOf } from '../database/migrate.js';
import { RestoreDiffers } from './backup.errors.js';
import { type FileHeader, type StoredTable, tableName, type TableSum } from './backup-file.js';
import { readBackupFile, readHeader } from './backup-files.js';
import { countOn } from './count-on.js';
import { expectEmpty, expectNobody, makeReady, makeWhole } from './emptied-database.js';
import { takeInKeys } from './later-keys.js';
import { Owner, quoted } from './owner.js';
import { PieceReader } from './piece-reader.js';
import { storedTables } from './stored-tables.js';

export interface RestorePlaces {
  readonly ownerUrl: string;
  /** 32 bytes. */
  readonly backupKey: Buffer;
  readonly data: string;
  readonly keys: string;
}

export interface Restored {
  readonly madeAt: string;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** Keys that a later key store has for files which the data do not have yet. */
  readonly keysLeftOut: number;
  /** By how many transactions the cluster was counted on. */
  readonly countedOn: number;
}

/**
 * Puts a backup into an empty database: all of it, or nothing. It brings the database to the version that the backup is
 * of, fills it, compares every table with what was taken, and only then keeps it; then it migrates on.
 */
export async function restoreBackup(places: RestorePlaces): Promise<Restored> {
  const { ownerUrl, backupKey } = places;
  const header = await readHeader(places.data, 'data');
  const keysHeader = await readHeader(places.keys, 'keys');
  expectTogether(header, keysHeader);
  const data = new PieceReader(readBackupFile(places.data, backupKey));
  const keys = new PieceReader(readBackupFile(places.keys, backupKey));
  const owner = await Owner.connect(ownerUrl);
  try {
    const manifest = await data.manifest();
    const { migrations } = await keys.manifest();
    expectSame(manifest.migrations, migrations, 'The key store is of another version than the data.');
    await expectNobody(owner);
    await bringTo(ownerUrl, manifest.migrations);
    const filled = await fill(owner, data, keys, header.backupId === keysHeader.backupId);
    await owner.query('analyze');
    const countedOn = await countOn(owner, manifest.nextTransaction);
    await migrate(ownerUrl);
    return { madeAt: header.madeAt, ...filled, countedOn };
  } finally {
    await Promise.all([data.close(), keys.close(), owner.close()]);
  }
}

/** A later key store lacks the keys of those who were erased since; an earlier one, those of who came. */
function expectTogether(data: FileHeader, keys: FileHeader): void {
  if (data.backupId === keys.backupId || keys.madeAt >= data.madeAt) return;
  throw new CannotStart(
    'The key store is older than the data: what came in between would stay closed for good.',
  );
}

function expectSame(one: readonly string[], other: readonly string[], message: string): void {
  if (one.join() !== other.join()) throw new CannotStart(message);
}

async function bringTo(ownerUrl: string, migrations: readonly string[]): Promise<void> {
  await migrate(ownerUrl, migrations);
  const there = await migrationsOf(ownerUrl);
  const missing = migrations.filter((name) => !there.includes(name));
  if (missing.length > 0) throw new CannotStart(`This version does not know: ${missing.join(', ')}.`);
  if (there.length > migrations.length) {
    throw new CannotStart('This database is of a newer version than the backup: restore into a new one.');
  }
}

async function fill(
  owner: Owner,
  data: PieceReader,
  keys: PieceReader,
  isOneBackup: boolean,
): Promise<Omit<Restored, 'madeAt' | 'countedOn'>> {
  const tables = await storedTables(owner);
  await owner.query('begin');
  try {
    const undo = await makeReady(owner, tables);
    await expectEmpty(owner, tables);
    const sums = new Map<StoredTable, TableSum>();
    await takeInAll(owner, data, tables, sums);
    const keysLeftOut = isOneBackup
      ? await takeInAll(owner, keys, tables, sums)
      : await takeInKeys(owner, keys, tables);
    await owner.query('set constraints all immediate');
    const restored = await compare(owner, tables, sums);
    await makeWhole(owner, tables, undo);
    await owner.query('commit');
    return { tables: restored, keysLeftOut };
  } catch (error) {
    await owner.query('rollback').catch(() => owner.hangUp());
    throw error;
  }
}

async function takeInAll(
  owner: Owner,
  pieces: PieceReader,
  tables: readonly StoredTable[],
  sums: Map<StoredTable, TableSum>,
): Promise<number> {
  for await (const { table, rows } of pieces.tables()) {
    const own = ownOf(tables, table);
    await owner.takeIn(quoted(own), table.columns, rows());
    sums.set(own, pieces.sum());
  }
  return 0;
}

/** The table of this database that one of a backup goes into. */
function ownOf(tables: readonly StoredTable[], wanted: StoredTable): StoredTable {
  const own = tables.find((one) => tableName(one) === tableName(wanted));
  if (own?.columns.join() === wanted.columns.join()) return own;
  throw new CannotStart(`This version keeps ${tableName(wanted)} otherwise than the backup does.`);
}

/** Every table is read again and held against what the backup says of it. */
async function compare(
  owner: Owner,
  tables: readonly StoredTable[],
  sums: Map<StoredTable, TableSum>,
): Promise<{ name: string; rows: number }[]> {
  const restored: { name: string; rows: number }[] = [];
  const differing: string[] = [];
  for (const table of tables) {
    const is = await owner.sumOf(table);
    const was = sums.get(table);
    if (was && (was.rows !== is.rows || was.sha256 !== is.sha256)) differing.push(tableName(table));
    restored.push({ name: tableName(table), rows: is.rows });
  }
  if (differing.length > 0) throw new RestoreDiffers(differing);
  return restored;
}
