import type { QueryResult } from 'pg';
import { type DataSource, type EntityManager, QueryFailedError, type QueryRunner } from 'typeorm';
import type { Actor } from '../common/actor.js';
import { PlannedRows } from './planned-rows.js';

/** Whatever takes a statement: a connection, or what sends statements on in batches. */
export interface Asks {
  query(text: string, values: unknown[]): Promise<QueryResult>;
}

/**
 * One open transaction of one actor. Whatever is read or written through it, the database filters by
 * that actor's practice, roles and person. There is no other way to the data, and a `Tx` cannot be made
 * outside `Tenant`, so a write that forgets its transaction does not compile.
 */
export class Tx {
  private readonly last: (() => Promise<unknown>)[] = [];
  private rows?: PlannedRows;
  private isOver = false;

  constructor(
    readonly actor: Actor,
    private readonly mode: 'read only' | 'read write',
    private readonly dataSource: DataSource,
    private readonly asks: Asks,
  ) {}

  /** TypeORM, inside this transaction. */
  get manager(): EntityManager {
    return (this.rows ??= new PlannedRows(this, runnerOn(this.dataSource, this.asks)));
  }

  get practiceId(): string {
    return this.actor.practiceId;
  }

  /**
   * Hand-written SQL with `$1` parameters; the rows of a select, or of a `returning`. Queries that do not need each
   * other's answers are best asked together (`Promise.all`): they travel together, and are done in the order asked.
   */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    if (this.isOver) throw new TransactionEnded();
    try {
      const { rows } = await this.asks.query(sql, [...parameters]);
      return rows as Row[];
    } catch (error) {
      throw new QueryFailedError(sql, [...parameters], error as Error);
    }
  }

  /**
   * What belongs to this transaction but may wait until its end, such as its audit rows: one query, which is sent
   * together with the commit.
   */
  finally(query: () => Promise<unknown>): void {
    if (this.mode === 'read only') throw new Error('What only reads has nothing to keep at its end');
    this.last.push(query);
  }

  async finish(): Promise<void> {
    const sent = this.last.map((query) => query());
    this.end();
    // Behind the first that fails all others do; that first one is what is told.
    for (const answer of sent) void answer.catch(() => undefined);
    for (const answer of sent) await answer;
  }

  /** Work that was started and not waited for comes too late: nothing of it may run outside the transaction. */
  end(): void {
    this.isOver = true;
    const runner = this.rows?.queryRunner;
    if (runner) Object.assign(runner, { query: () => Promise.reject(new TransactionEnded()) });
  }
}

/** TypeORM on a connection that has begun already: it takes none of its own, and neither begins nor commits. */
function runnerOn(dataSource: DataSource, asks: Asks): QueryRunner {
  return Object.assign(dataSource.createQueryRunner(), {
    databaseConnection: asks,
    isTransactionActive: true,
  });
}

/** A query was sent through a `Tx` after its transaction was over. */
export class TransactionEnded extends Error {
  override readonly name = 'TransactionEnded';
}
