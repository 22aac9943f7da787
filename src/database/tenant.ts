import { Injectable } from '@nestjs/common';
import type { Client, PoolClient } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { type Actor, isTask } from '../common/actor.js';
import { begin } from './actor-settings.js';
import { unauthenticatedWhenLoginEnded } from './login-ended.js';
import { RepeatedRequests } from './repeated-requests.js';
import { TransactionEnded, Tx } from './tx.js';

/** The one way to a practice's data: a transaction that carries its actor to the database. */
@Injectable()
export class Tenant {
  constructor(
    private readonly dataSource: DataSource,
    private readonly repeated: RepeatedRequests,
  ) {}

  /** Reads in a read-only transaction. */
  read<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(actor, 'read only', work);
  }

  /** Changes something, whole or not at all. */
  change<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(actor, 'read write', work);
  }

  /**
   * Changes something that its sender may send twice: with an `Idempotency-Key` that was seen before, the
   * change is not made again, and the answer is told again from what it made.
   * @param work makes the change and returns what it made
   * @param again finds that by its id
   * @throws Problem 409 `repeat-in-flight`, 422 `repeat-differs`
   */
  once<T extends { id: string }>(
    actor: Actor,
    work: (tx: Tx) => Promise<T>,
    again: (tx: Tx, id: string) => Promise<T>,
  ): Promise<T> {
    const person = isTask(actor) ? actor.onBehalfOf : actor;
    if (!person?.repeat) return this.change(actor, work);
    const { repeat } = person;
    return this.change(actor, async (tx) => {
      const earlier = await this.repeated.claim(tx, person.userId, repeat);
      if (earlier) return again(tx, earlier);
      const made = await work(tx);
      this.repeated.keep(tx, person.userId, repeat, made.id);
      return made;
    });
  }

  private async transaction<T>(
    actor: Actor,
    mode: 'read only' | 'read write',
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    // Not awaited: the first query of the work travels right behind it, in the same round trip.
    const begun = client.query(begin(actor, mode));
    begun.catch(() => undefined);
    try {
      const tx = new Tx(actor, mode, openIn(runner), client);
      const result = await work(tx);
      await begun;
      const ended = Promise.all([tx.finish(), commit(client)]);
      end(runner);
      // What was read is read; the commit only tells the connection that it is free.
      if (mode === 'read only') ended.catch(() => discard(client));
      else await ended;
      return result;
    } catch (error) {
      end(runner);
      await client.query('rollback').catch(() => discard(client));
      await begun.catch(unauthenticatedWhenLoginEnded);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** TypeORM is told that a transaction is open, so that it neither begins nor commits one of its own. */
const openIn = (runner: QueryRunner): QueryRunner => Object.assign(runner, { isTransactionActive: true });

/** Work that was started and not waited for comes too late: nothing of it may run outside the transaction. */
function end(runner: QueryRunner): void {
  Object.assign(runner, { query: () => Promise.reject(new TransactionEnded()) });
}

/** A statement that failed unseen makes Postgres answer `commit` with a rollback, and no error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new NotCommitted();
}

/** A connection that cannot even roll back is in nobody knows what state; the pool drops one that is ending. */
function discard(client: PoolClient): void {
  void (client as unknown as Client).end();
}

/** The work returned although one of its statements had failed; nothing of it was kept. */
export class NotCommitted extends Error {
  override readonly name = 'NotCommitted';
}
