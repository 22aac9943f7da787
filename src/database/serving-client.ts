import { createHash } from 'node:crypto';
import { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';

/** A statement is prepared from its second use on; what is asked once is not worth keeping. */
const PREPARED_FROM = 2;
/** So many different statements are remembered; what comes after is sent as it is, each time. */
const MOST_STATEMENTS = 1_000;

/**
 * A connection that serves. It writes once per turn of the event loop, so that what is asked together travels
 * together, and it prepares what is asked again, so that Postgres parses and plans it once.
 */
export class ServingClient extends Client {
  constructor(config: ClientConfig) {
    super({ ...config, stream: () => new GatheringSocket() });
  }
}

/** A query as `pg` takes it: all its overloads come down to this. */
type Query = (statement: unknown, values?: unknown, callback?: unknown) => unknown;

// Assigned and not overridden: the nine overloads of `query` would have to be told again one by one.
(ServingClient.prototype as unknown as { query: Query }).query = function query(
  this: ServingClient,
  statement,
  values,
  callback,
) {
  const name = typeof statement === 'string' && Array.isArray(values) ? nameOf(statement) : undefined;
  const { query: send } = Client.prototype as unknown as { query: Query };
  return name === undefined
    ? send.call(this, statement, values, callback)
    : send.call(this, { name, text: statement, values }, undefined, callback);
};

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

type Done = (error?: Error | null) => void;

/**
 * Gathers what is written during one turn of the event loop and hands it to the system in one call: the call costs
 * more than the bytes. A turn is over in microseconds when there is nothing else to do.
 */
class GatheringSocket extends Socket {
  private isGathering = false;

  override write(data: Uint8Array | string, done?: Done): boolean;
  override write(data: Uint8Array | string, encoding?: BufferEncoding, done?: Done): boolean;
  override write(data: Uint8Array | string, ...rest: unknown[]): boolean {
    this.gather();
    return super.write(data, ...(rest as [BufferEncoding?, Done?]));
  }

  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    this.cork();
    setImmediate(() => {
      this.isGathering = false;
      this.uncork();
    });
  }
}
