import { once } from 'node:events';
import { pipeline, type Readable, Transform } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Actor } from '../common/actor.js';
import { Settings } from '../config/settings.js';
import { begin, SNAPSHOT } from './actor-settings.js';
import { unauthenticatedWhenLoginEnded } from './login-ended.js';

const MOST_AT_ONCE = 4;
const LONGEST_WAIT_MS = 10_000;
const LONGEST_SILENCE_MS = 60_000;

/**
 * A copy is as fast as its reader; processes that read ahead for it would only take their cores from whoever asks a little
 * meanwhile. Unlike the pool of requests it reads tables whole, so that the planner keeps its usual idea of a disk.
 */
const ALONE = '-c max_parallel_workers_per_gather=0';

/** Asks something in the transaction of a copy, before it. */
export type Ask = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/**
 * Any number of rows out of the database without holding them: one `COPY … TO STDOUT` in a transaction
 * that carries its actor, as `Tenant`'s do, and that sees a single moment. On connections of its own: a
 * pipelined one cannot copy, and a slow reader must not keep one from those who only ask a little.
 */
@Injectable()
export class Streams implements OnApplicationShutdown {
  /** How long a stream may stand still, whichever side waits, before its connection is taken back. */
  silenceMs = LONGEST_SILENCE_MS;

  private readonly pool: Pool;
  private readonly flowing = new Set<Readable>();

  constructor({ databaseUrl }: Settings) {
    this.pool = new Pool({
      connectionString: databaseUrl,
      max: MOST_AT_ONCE,
      connectionTimeoutMillis: LONGEST_WAIT_MS,
      application_name: 'ademruimte streams',
      options: ALONE,
    });
    // A connection that is lost while it is idle is simply made anew.
    this.pool.on('error', () => undefined);
  }

  /**
   * Resolves when the first bytes are there, so that whatever hinders the copy is known before an answer
   * begins. Read the stream to its end or destroy it: either gives the connection back.
   * @param statement a whole `copy … to stdout`; it takes no parameters, so its literals must be escaped
   * @param first is done in the same transaction, before, so that it sees the very moment that is copied
   * @throws Problem 401 when the actor's login no longer stands
   */
  async copy(actor: Actor, statement: string, first?: (ask: Ask) => Promise<void>): Promise<Readable> {
    const client = await this.pool.connect();
    client.on('error', unheard);
    try {
      await client.query(begin(actor, SNAPSHOT));
    } catch (error) {
      giveUp(client);
      return unauthenticatedWhenLoginEnded(error);
    }
    try {
      await first?.(
        async <Row>(sql: string, parameters: readonly unknown[] = []) =>
          (await client.query(sql, [...parameters])).rows as Row[],
      );
    } catch (error) {
      giveUp(client);
      throw error;
    }
    const rows = this.watch(client.query(copyTo(statement)), (error) => {
      if (error) giveUp(client);
      else void giveBack(client);
    });
    await once(rows, 'readable');
    return rows;
  }

  async onApplicationShutdown(): Promise<void> {
    for (const rows of this.flowing) rows.destroy(new Error('the program is stopping'));
    await this.pool.end();
  }

  private watch(source: Readable, ended: (error: Error | null | undefined) => void): Readable {
    const rows = new Transform({
      transform: (chunk, _encoding, done) => {
        silence.refresh();
        // Node reads up to two megabytes of one socket at a time; between one chunk and the next others have their turn.
        setImmediate(done, null, chunk);
      },
    });
    const silence = setTimeout(() => rows.destroy(new Error('nothing moved for too long')), this.silenceMs);
    // A copy that was given up hears of its closed connection when nobody listens any more.
    source.on('error', unheard);
    this.flowing.add(rows);
    pipeline(source, rows, (error) => {
      clearTimeout(silence);
      this.flowing.delete(rows);
      ended(error);
    });
    return rows;
  }
}

async function giveBack(client: PoolClient): Promise<void> {
  try {
    await client.query('commit');
    client.off('error', unheard);
    client.release();
  } catch {
    giveUp(client);
  }
}

/** Closes the connection, and with it the transaction: in the middle of a copy there is no other way out. */
function giveUp(client: PoolClient): void {
  client.release(true);
}

/** The error reaches whoever awaits the query too; without a listener it would end the process. */
const unheard = (): void => undefined;
