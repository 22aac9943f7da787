import { connect, type Socket } from 'node:net';

export interface Response {
  readonly status: number;
  readonly bytes: number;
  /** Only where it was asked for. */
  readonly body?: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** One kept connection that asks one thing at a time; it reads no more of HTTP than the servers here write. */
export class Connection {
  private readonly socket: Socket;
  private received: Buffer[] = [];
  private head: { status: number; until: number | undefined } | undefined;
  private length = 0;
  private told: ((response: Response) => void) | undefined;
  private failed: ((error: Error) => void) | undefined;

  constructor(
    port: number,
    private readonly keepsBodies = false,
  ) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (chunk) => this.take(chunk));
    this.socket.on('error', (error) => this.failed?.(error));
    this.socket.on('close', () => this.failed?.(new Error('The server closed the connection.')));
  }

  ask(request: string): Promise<Response> {
    return new Promise((told, failed) => {
      this.told = told;
      this.failed = failed;
      this.socket.write(request);
    });
  }

  close(): void {
    this.failed = undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.received.push(chunk);
    this.length += chunk.length;
    if (!this.head && !this.readHead()) return;
    const { status, until } = this.head!;
    if (until === undefined ? !this.endsWithLastChunk() : this.length < until) return;
    const body = this.keepsBodies ? Buffer.concat(this.received) : undefined;
    const bytes = this.length;
    this.received = [];
    this.length = 0;
    this.head = undefined;
    this.told?.({ status, bytes, ...(body && { body: bodyOf(body) }) });
  }

  private readHead(): boolean {
    const all = this.received.length === 1 ? this.received[0]! : Buffer.concat(this.received);
    this.received = [all];
    const end = all.indexOf(HEAD_END);
    if (end === -1) return false;
    const head = all.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const isChunked = /\r\ntransfer-encoding: *chunked/i.test(head);
    const until = isChunked ? undefined : end + HEAD_END.length + Number(length ?? 0);
    this.head = { status: Number(head.slice(9, 12)), until };
    return true;
  }

  private endsWithLastChunk(): boolean {
    const tail = Buffer.concat(this.received.slice(-2)).subarray(-LAST_CHUNK.length);
    return tail.equals(LAST_CHUNK);
  }
}

/** A body with its length told; chunked ones are only measured, never looked into. */
const bodyOf = (response: Buffer): Buffer => response.subarray(response.indexOf(HEAD_END) + HEAD_END.length);
