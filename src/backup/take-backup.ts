import { createHash } from 'node:crypto';
import {
  type Manifest,
  newBackupId,
  newHeader,
  type Part,
  type Piece,
  type StoredTable,
  type TableSum,
} from './backup-file.js';
import { type WrittenFile, writeBackupFile } from './backup-files.js';
import { Owner } from './owner.js';
import { dropAside, setAside } from './set-aside.js';
import { partOf, storedTables } from './stored-tables.js';

export interface BackupPlaces {
  readonly ownerUrl: string;
  /** 32 bytes. */
  readonly backupKey: Buffer;
  readonly dataDir: string;
  readonly keysDir: string;
  readonly now: Date;
}

export interface BackupMade {
  readonly data: WrittenFile;
  readonly keys: WrittenFile;
  readonly tables: number;
  readonly rows: number;
}

/**
 * One moment of the whole database, in two files: the data, and apart from them the keys that open the texts in them.
 * The service runs on; each table is shut to others only while it is read once.
 */
export async function takeBackup(places: BackupPlaces): Promise<BackupMade> {
  const watch = await Owner.connect(places.ownerUrl);
  const owner = await Owner.connect(places.ownerUrl);
  try {
    await watch.query('begin isolation level repeatable read read only');
    const [moment] = await watch.query<{ snapshot: string; next: string }>(
      'select pg_export_snapshot() as snapshot, pg_snapshot_xmax(pg_current_snapshot())::text as next',
    );
    const migrations = await watch.query<{ name: string }>('select name from migrations order by id');
    const manifest = { migrations: migrations.map(({ name }) => name), nextTransaction: moment!.next };
    const tables = await storedTables(watch);
    return await write(places, owner, tables, { manifest, snapshot: moment!.snapshot });
  } finally {
    await owner.close();
    await watch.close();
  }
}

async function write(
  { backupKey, dataDir, keysDir, now }: BackupPlaces,
  owner: Owner,
  tables: readonly StoredTable[],
  { manifest, snapshot }: { manifest: Manifest; snapshot: string },
): Promise<BackupMade> {
  const backupId = newBackupId();
  let rows = 0;
  const file = (part: Part, folder: string): Promise<WrittenFile> => {
    const own = tables.filter((table) => partOf(table) === part);
    const pieces = piecesOf(owner, own, manifest, snapshot, (sum) => (rows += sum.rows));
    return writeBackupFile(folder, newHeader(backupId, part, now), backupKey, pieces);
  };
  const data = await file('data', dataDir);
  const keys = await file('keys', keysDir);
  return { data, keys, tables: tables.length, rows };
}

async function* piecesOf(
  owner: Owner,
  tables: readonly StoredTable[],
  manifest: Manifest,
  snapshot: string,
  count: (sum: TableSum) => void,
): AsyncGenerator<Piece> {
  yield { kind: 'manifest', manifest };
  for (const table of tables) {
    yield { kind: 'table', table };
    yield* rowsAndSum(owner, await setAside(owner, table, snapshot), count);
  }
  yield { kind: 'end' };
}

async function* rowsAndSum(
  owner: Owner,
  table: StoredTable,
  count: (sum: TableSum) => void,
): AsyncGenerator<Piece> {
  const rows = owner.rowsOf(table);
  const hash = createHash('sha256');
  let isRead = false;
  try {
    for await (const bytes of rows as AsyncIterable<Buffer>) {
      hash.update(bytes);
      yield { kind: 'rows', bytes };
    }
    isRead = true;
  } finally {
    // In the middle of a copy there is no other way out.
    if (!isRead) owner.hangUp();
  }
  await dropAside(owner);
  const sum = { rows: rows.rowCount, sha256: hash.digest('hex') };
  count(sum);
  yield { kind: 'sum', sum };
}
