import type { EntityManager, QueryRunner } from 'typeorm';
import type { Actor } from '../common/actor.js';

/**
 * One open transaction of one actor. Whatever is read or written through it, the database filters by
 * that actor's practice, roles and person. There is no other way to the data, and a `Tx` cannot be made
 * outside `Tenant`, so a write that forgets its transaction does not compile.
 */
export class Tx {
  private readonly beforeCommit: (() => Promise<void>)[] = [];

  constructor(
    readonly actor: Actor,
    readonly manager: EntityManager,
    private readonly runner: QueryRunner,
  ) {}

  get practiceId(): string {
    return this.actor.practiceId;
  }

  /** Hand-written SQL with `$1` parameters; the rows of a select, or of a `returning`. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.runner.query(sql, [...parameters], true);
    return result.records as Row[];
  }

  /** Work that belongs to this transaction but may wait until its end, such as its audit rows. */
  finally(work: () => Promise<void>): void {
    this.beforeCommit.push(work);
  }

  async finish(): Promise<void> {
    for (const work of this.beforeCommit) await work();
  }
}
