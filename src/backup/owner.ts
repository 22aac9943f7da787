import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client, escapeIdentifier, type QueryResultRow } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { CannotStart } from '../config/cannot-start.js';
import type { StoredTable, TableSum } from './backup-file.js';

/** Rows are written the same whatever the server or its roles are set to. */
const SAME_EVERYWHERE = [
  "set timezone = 'UTC'",
  "set datestyle = 'ISO'",
  "set intervalstyle = 'postgres'",
  "set bytea_output = 'hex'",
  'set extra_float_digits = 1',
  'set idle_in_transaction_session_timeout = 0',
  'set statement_timeout = 0',
].join(';');

/** A connection of the owner of the tables, to copy over. */
export class Owner {
  private hasHungUp = false;

  private constructor(private readonly client: Client) {}

  static async connect(url: string): Promise<Owner> {
    const client = new Client({
      connectionString: url,
      application_name: 'ademruimte backup',
      client_encoding: 'UTF8',
    });
    // Whoever uses it is told by its own query.
    client.on('error', () => undefined);
    await client.connect().catch((error: unknown) => {
      throw new CannotStart(`No connection as the owner of the database: ${(error as Error).message}.`);
    });
    await client.query(SAME_EVERYWHERE);
    return new Owner(client);
  }

  async query<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(sql, values)).rows;
  }

  /** The rows of a table in the order of its key, as `COPY` writes them. */
  rowsOf(table: StoredTable): ReturnType<typeof copyTo> {
    const columns = table.columns.map(escapeIdentifier).join(', ');
    const select = `select ${columns} from ${quoted(table)} order by ${table.order}`;
    return this.client.query(copyTo(`copy (${select}) to stdout`));
  }

  /** Number and checksum of the rows that a table has now. */
  async sumOf(table: StoredTable): Promise<TableSum> {
    const rows = this.rowsOf(table);
    const hash = createHash('sha256');
    await pipeline(
      rows,
      new Writable({
        write: (chunk: Buffer, _, done) => {
          hash.update(chunk);
          done();
        },
      }),
    );
    return { rows: rows.rowCount, sha256: hash.digest('hex') };
  }

  /** Takes in rows as `COPY` wrote them. @returns how many */
  async takeIn(name: string, columns: readonly string[], rows: AsyncIterable<Buffer>): Promise<number> {
    const into = this.client.query(
      copyFrom(`copy ${name} (${columns.map(escapeIdentifier).join(', ')}) from stdin`),
    );
    await pipeline(Readable.from(rows, { objectMode: false }), into);
    return into.rowCount;
  }

  /** Ends the connection as it is. */
  hangUp(): void {
    this.hasHungUp = true;
    (this.client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
  }

  async close(): Promise<void> {
    if (!this.hasHungUp) await this.client.end();
  }
}

export const quoted = ({ schema, name }: Pick<StoredTable, 'schema' | 'name'>): string =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
