import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Tx } from '../database/tx.js';

const AT_ONCE = 1_000;

/**
 * Writes many rows of one table in few statements, and asks nothing back: the task that imports may write texts which it
 * cannot read. All rows have the same fields.
 */
export async function insertAll<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntityTarget<Row>,
  rows: readonly Partial<Row>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { tableName, columns } = tx.manager.dataSource.getMetadata(entity);
  const given = columns.filter(({ propertyName }) => propertyName in first);
  const names = given.map(({ databaseName }) => `"${databaseName}"`).join(', ');
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows
      .slice(at, at + AT_ONCE)
      .map((row) =>
        Object.fromEntries(
          given.map(({ databaseName, propertyName }) => [databaseName, written(row[propertyName])]),
        ),
      );
    await tx.query(
      `insert into "${tableName}" (${names})
       select ${names} from jsonb_populate_recordset(null::"${tableName}", $1::jsonb)`,
      [JSON.stringify(some)],
    );
  }
}

/** Bytes as Postgres writes them in text. */
const written = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value);
