import { Pool, type PoolClient, Client } from 'pg';
import type { AuditEvent } from '../../src/audit/audit-event.js';
import { type AuditRow, auditRow, INSERT_AUDIT_ROWS } from '../../src/audit/audit-row.js';
import type { Person } from '../../src/common/actor.js';
import { InstallationKey } from '../../src/common/cipher/installation-key.js';
import type { Settings } from '../../src/config/settings.js';
import { enter } from '../../src/database/actor-settings.js';
import { Batch } from '../../src/database/batch.js';
import { PLANNER } from '../../src/database/data-source.js';
import type { Bench, Rows, Statement } from '../operations/operation.js';

/** What stands around the statements of a request. */
export interface Around {
  /** Each transaction begins with the actor's settings and their proof, and a read is one too. */
  readonly settings: boolean;
  /** A read leaves a row, and waits for it. */
  readonly witness: boolean;
}

/** Postgres by hand: a pool of pipelined connections, prepared statements, nothing between. */
export class ByHand implements Bench {
  readonly installationKey: InstallationKey;
  private readonly pool: Pool;
  private readonly log: Client;
  private waiting: { row: AuditRow; done: () => void; failed: (error: unknown) => void }[] = [];
  private isWriting = false;

  /** @param settings whose pool size is that of all connections together */
  constructor(
    readonly settings: Settings,
    url: string,
    private readonly around: Around,
  ) {
    this.installationKey = new InstallationKey(settings);
    const connection = { connectionString: url, pipeline: true, options: PLANNER };
    const max = settings.databasePoolSize - (around.witness ? 1 : 0);
    this.pool = new Pool({ ...connection, max });
    this.log = new Client(connection);
  }

  async open(): Promise<void> {
    if (this.around.witness) await this.log.connect();
  }

  async read(person: Person, statements: readonly Statement[]): Promise<Rows[]> {
    return this.with(async (client) => {
      if (!this.around.settings) return rowsOf(statements.map((one) => client.query(plain(one))));
      const batch = new Batch([entering(person, true), ...statements.map((one) => plain(one))]);
      client.query(batch);
      const [, ...results] = await batch.answer;
      return results.map(({ rows }) => rows as Rows);
    });
  }

  async change<const First extends readonly Statement[]>(
    person: Person,
    first: First,
    then: (found: { [K in keyof First]: Rows }) => readonly Statement[],
  ): Promise<void> {
    await this.with(async (client) => {
      try {
        const begun = [client.query('begin read write')];
        if (this.around.settings) begun.push(client.query(entering(person, false)));
        const asked = first.map((one) => client.query(plain(one)));
        await all([...begun, ...asked]);
        const found = (await rowsOf(asked)) as { [K in keyof First]: Rows };
        const written = then(found).map((one) => client.query(plain(one)));
        const done = client.query('commit');
        await all([...written, done]);
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
    });
  }

  witness(person: Person, event: AuditEvent): Promise<void> {
    if (!this.around.witness) return Promise.resolve();
    const row = auditRow(person, event, new Date());
    return new Promise((done, failed) => {
      this.waiting.push({ row, done, failed });
      if (!this.isWriting) void this.write();
    });
  }

  async close(): Promise<void> {
    await this.pool.end();
    if (this.around.witness) await this.log.end();
  }

  /** Group commit: while one insert is on its way, the rows of other requests gather for the next. */
  private async write(): Promise<void> {
    this.isWriting = true;
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, 500);
      try {
        const rows = batch.map(({ row }) => row);
        await this.log.query({ name: 'witness', text: INSERT_AUDIT_ROWS, values: [JSON.stringify(rows)] });
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.isWriting = false;
  }

  private async with<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }
}

type Result = Promise<{ rows: Rows }>;

const entering = (person: Person, onlyReads: boolean) =>
  plain({ name: 'enter', ...enter(person, onlyReads) });

const plain = ({ name, text, values }: Statement) => ({ name, text, values: [...(values ?? [])] });

const rowsOf = async (asked: readonly Result[]): Promise<Rows[]> =>
  (await Promise.all(asked)).map(({ rows }) => rows);

/** Waits for all, also where one has failed: the connection is free only then. */
async function all(asked: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(asked)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
