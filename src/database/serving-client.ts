import { createHash } from 'node:crypto';
import { Socket } from 'node:net';
import { Client, type ClientConfig, type PoolClient } from 'pg';
import type { Statement } from './actor-settings.js';
import { Batch } from './batch.js';

/** A statement is prepared from its second use on; what is asked once is not worth keeping. */
const PREPARED_FROM = 2;
/** So many different statements are remembered; what comes after is sent as it is, each time. */
const MOST_STATEMENTS = 1_000;

/** A query as `pg` takes it: all its overloads come down to this. */
type Query = (statement: unknown, values?: unknown, callback?: unknown) => unknown;

/** Takes a connection out of the pool. */
export type Connect = () => Promise<PoolClient & ServingClient>;

/**
 * A connection that serves. It hands what is asked in one turn of the event loop to the system in one call, for the
 * call costs more than the bytes; and it prepares what is asked again, so that Postgres parses and plans it once.
 */
export class ServingClient extends Client {
  private readonly socket: Socket;
  private isGathering = false;

  constructor(config: ClientConfig) {
    const socket = new Socket();
    super({ ...config, stream: () => socket });
    this.socket = socket;
    const send: Query = (...query) => (super.query as unknown as Query).apply(this, query);
    // Assigned and not overridden: the nine overloads of `query` would have to be told again one by one.
    const query: Query = (statement, values, callback) => {
      if (statement instanceof Batch) return send(statement);
      this.gather();
      const name = typeof statement === 'string' && Array.isArray(values) ? nameOf(statement) : undefined;
      return name === undefined
        ? send(statement, values, callback)
        : send({ name, text: statement, values }, undefined, callback);
    };
    this.query = query as typeof this.query;
  }

  /** Asks these statements as one {@link Batch}. */
  ask(statements: readonly Statement[]): Batch {
    const batch = new Batch(statements.map(({ text, values }) => ({ name: nameOf(text), text, values })));
    this.query(batch);
    return batch;
  }

  /** A connection that cannot end a transaction is in nobody knows what state; the pool drops one that is ending. */
  discard(): void {
    void this.end();
  }

  /** Until the turn is over, which takes microseconds when there is nothing else to do. */
  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    this.socket.cork();
    setImmediate(() => {
      this.isGathering = false;
      this.socket.uncork();
    });
  }
}

const statements = new Map<string, { uses: number; readonly name: string }>();

/** The name under which a statement is prepared; nothing for one that is not (yet). */
function nameOf(text: string): string | undefined {
  const known = statements.get(text);
  if (known) {
    known.uses += 1;
    return known.uses >= PREPARED_FROM ? known.name : undefined;
  }
  if (statements.size < MOST_STATEMENTS) {
    statements.set(text, { uses: 1, name: createHash('sha256').update(text).digest('base64url') });
  }
  return undefined;
}
