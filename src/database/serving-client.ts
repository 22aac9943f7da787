import { createHash } from 'node:crypto';
import { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';

/** A statement is prepared from its second use on; what is asked once is not worth keeping. */
const PREPARED_FROM = 2;
/** So many different statements are remembered; what comes after is sent as it is, each time. */
const MOST_STATEMENTS = 1_000;

/** A query as `pg` takes it: all its overloads come down to this. */
type Query = (statement: unknown, values?: unknown, callback?: unknown) => unknown;

/**
 * A connection that serves. It hands what is asked in one turn of the event loop to the system in one call, for the
 * call costs more than the bytes; and it prepares what is asked again, so that Postgres parses and plans it once.
 */
export class ServingClient extends Client {
  private readonly socket: Socket;
  private isGathering = false;
  private mustCommit = false;
  private readonly commitAlone: () => void;

  constructor(config: ClientConfig) {
    const socket = new Socket();
    super({ ...config, stream: () => socket });
    this.socket = socket;
    const send: Query = (...query) => (super.query as unknown as Query).apply(this, query);
    this.commitAlone = () => {
      this.mustCommit = false;
      (send('commit') as Promise<unknown>).catch(() => this.discard());
    };
    // Assigned and not overridden: the nine overloads of `query` would have to be told again one by one.
    const query: Query = (statement, values, callback) => {
      this.gather();
      if (this.mustCommit && isBegin(statement)) {
        this.mustCommit = false;
        return send(`commit;${statement}`, values, callback);
      }
      if (this.mustCommit) this.commitAlone();
      const name = typeof statement === 'string' && Array.isArray(values) ? nameOf(statement) : undefined;
      return name === undefined
        ? send(statement, values, callback)
        : send({ name, text: statement, values }, undefined, callback);
    };
    this.query = query as typeof this.query;
  }

  /**
   * Ends a transaction that only read, and waits for nothing. Where the next one begins in this same turn, as it does
   * when others wait for a connection, its `begin` takes the commit along: one message and one answer less.
   */
  commitRead(): void {
    this.gather();
    this.mustCommit = true;
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
      if (this.mustCommit) this.commitAlone();
      this.isGathering = false;
      this.socket.uncork();
    });
  }
}

const isBegin = (statement: unknown): statement is string =>
  typeof statement === 'string' && statement.startsWith('begin ');

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
