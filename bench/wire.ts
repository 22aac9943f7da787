import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What went over the wire between a server and Postgres. */
export interface Counts {
  /** Statements that did something, without those that begin, set and end a transaction. */
  readonly queries: number;
  /** Times that a connection waited for Postgres: what was sent while an answer was due is the same time. */
  readonly roundTrips: number;
}

const SYNC = 0x53;
const QUERY = 0x51;
const ROW_DESCRIPTION = 0x54;
const COMMAND_COMPLETE = 0x43;
const READY_FOR_QUERY = 0x5a;
const AROUND = /^(BEGIN|START|SET|COMMIT|ROLLBACK|DEALLOCATE)/;
/** The one column, behind its number of columns, of what tells Postgres who asks. */
const ENTER = Buffer.from('\0\x01enter\0', 'latin1');

/** Stands between a server and Postgres, passes all on and counts. */
export class Wire {
  private queries = 0;
  private roundTrips = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async before(postgresPort: number): Promise<Wire> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const wire = new Wire(server, (server.address() as { port: number }).port);
    server.on('connection', (client) => wire.pass(client, postgresPort));
    return wire;
  }

  get counts(): Counts {
    return { queries: this.queries, roundTrips: this.roundTrips };
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(client: Socket, port: number): void {
    const postgres = connect({ port, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    let due = 0;
    // The first message of a connection has no letter.
    const asked = new Messages(false, (type) => {
      if (type !== SYNC && type !== QUERY) return;
      if (due === 0) this.roundTrips += 1;
      due += 1;
    });
    let isEnter = false;
    const answered = new Messages(true, (type, body) => {
      if (type === ROW_DESCRIPTION) isEnter = body.subarray(0, ENTER.length).equals(ENTER);
      if (type === COMMAND_COMPLETE && !isEnter && !AROUND.test(body.toString('latin1'))) this.queries += 1;
      if (type === COMMAND_COMPLETE) isEnter = false;
      if (type === READY_FOR_QUERY) due = Math.max(0, due - 1);
    });
    for (const socket of [client, postgres]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        postgres.destroy();
      });
    }
    client.on('data', (chunk) => {
      asked.take(chunk);
      postgres.write(chunk);
    });
    postgres.on('data', (chunk) => {
      answered.take(chunk);
      client.write(chunk);
    });
  }
}

/** Cuts a stream of Postgres' protocol into its messages. */
class Messages {
  private rest: Buffer = Buffer.alloc(0);

  constructor(
    private hasLetter: boolean,
    private readonly seen: (type: number, body: Buffer) => void,
  ) {}

  take(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    for (;;) {
      const before = this.hasLetter ? 1 : 0;
      if (this.rest.length < before + 4) return;
      const end = before + this.rest.readInt32BE(before);
      if (this.rest.length < end) return;
      if (this.hasLetter) this.seen(this.rest[0]!, this.rest.subarray(5, end));
      this.hasLetter = true;
      this.rest = this.rest.subarray(end);
    }
  }
}
