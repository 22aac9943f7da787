import type { StoredTable } from './backup-file.js';
import { BackupUnreadable } from './backup.errors.js';
import type { Owner } from './owner.js';
import type { PieceReader } from './piece-reader.js';

/** Whose key it is must be there, with the coach that the data say. */
const KEPT: Readonly<Record<string, string>> = {
  client_keys: `select k.practice_id, k.client_id, c.coach_id, k.wrapped, k.created_at
    from given k join clients c on c.practice_id = k.practice_id and c.id = k.client_id`,
  practice_keys: `select k.practice_id, k.wrapped, k.created_at
    from given k join practices p on p.id = k.practice_id`,
};

/**
 * Takes in the key store of a later backup than the data are of: without the keys of whoever came since, and without
 * those of whoever was erased since, whose texts stay closed.
 * @returns how many were left out
 */
export async function takeInKeys(
  owner: Owner,
  keys: PieceReader,
  tables: readonly StoredTable[],
): Promise<number> {
  let leftOut = 0;
  for await (const { table, rows } of keys.tables()) {
    const kept = KEPT[table.name];
    const own = tables.find(({ name }) => name === table.name);
    if (!kept || !own) throw new BackupUnreadable(`${table.name} is no part of a key store.`);
    await owner.query(`create temp table given (like ${table.name}) on commit drop`);
    await owner.takeIn('given', table.columns, rows());
    const given = await owner.sumOf({ ...own, schema: 'pg_temp', name: 'given' });
    if (given.sha256 !== keys.sum().sha256) throw new BackupUnreadable(`${table.name} did not come whole.`);
    const inserted = await owner.query(
      `insert into ${table.name} (${table.columns.join(', ')}) ${kept} returning 1 as one`,
    );
    leftOut += given.rows - inserted.length;
    await owner.query('drop table given');
  }
  return leftOut;
}
