import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { type Actor, isTask } from '../common/actor.js';
import { enter } from './actor-settings.js';
import { unauthenticatedWhenLoginEnded } from './login-ended.js';
import { Reads } from './reads.js';
import { RepeatedRequests } from './repeated-requests.js';
import type { ServingClient } from './serving-client.js';
import { Tx } from './tx.js';

/** The one way to a practice's data: a transaction that carries its actor to the database. */
@Injectable()
export class Tenant {
  constructor(
    private readonly dataSource: DataSource,
    private readonly repeated: RepeatedRequests,
  ) {}

  /** Reads, and cannot do anything else. */
  async read<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    const reads = new Reads(() => connect(this.dataSource), actor);
    const tx = new Tx(actor, 'read only', this.dataSource, reads);
    try {
      return await work(tx);
    } finally {
      tx.end();
      reads.end();
    }
  }

  /** Changes something, whole or not at all. */
  async change<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await connect(this.dataSource);
    // Not awaited: the first query of the work travels right behind it, in the same round trip.
    const begun = beginChange(client, actor);
    const tx = new Tx(actor, 'read write', this.dataSource, client);
    try {
      const result = await work(tx);
      await begun;
      await finish(tx, client);
      return result;
    } catch (error) {
      tx.end();
      await client.query('rollback').catch(() => client.discard());
      await begun.catch(unauthenticatedWhenLoginEnded);
      throw error;
    } finally {
      client.release();
    }
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
}

type Connection = PoolClient & ServingClient;

const connect = ({ driver }: DataSource): Promise<Connection> =>
  (driver as unknown as { master: Pool }).master.connect() as Promise<Connection>;

function beginChange(client: Connection, actor: Actor): Promise<unknown> {
  const { text, values } = enter(actor, false);
  const begun = Promise.all([client.query('begin read write'), client.query(text, [...values])]);
  begun.catch(() => undefined);
  return begun;
}

/** What was left for the end and the commit travel together; what fails first is what is told. */
async function finish(tx: Tx, client: PoolClient): Promise<void> {
  const sent = tx.finish();
  const committed = commit(client);
  committed.catch(() => undefined);
  await sent;
  await committed;
}

/** A statement that failed unseen makes Postgres answer `commit` with a rollback, and no error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new NotCommitted();
}

/** The work returned although one of its statements had failed; nothing of it was kept. */
export class NotCommitted extends Error {
  override readonly name = 'NotCommitted';
}
