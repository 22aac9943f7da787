import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { DataSource, type EntityManager } from 'typeorm';
import type { SystemTask, TaskName } from '../common/actor.js';
import { loggedError } from '../common/logged-error.js';
import type { Tx } from '../database/tx.js';

/** The queues, and what each payload holds: ids only, for a queue is read by many eyes. */
export interface Queues {
  'mail-invitation': { practiceId: string; userId?: string; clientId?: string };
  'answer-mail-request': { requestId: string };
  'mail-password-reset': { practiceId: string; userId: string };
  'mail-password-changed': { practiceId: string; userId: string };
  'mail-sign-in': { practiceId: string; userId: string; requestId: string };
  'mail-address-change': { practiceId: string; addressChangeId: string };
  'mail-address-change-notice': { practiceId: string; addressChangeId: string };
  'mail-factor-changed': { practiceId: string; userId: string };
  'mail-new-device': { practiceId: string; loginId: string };
  'mail-intake-request': { practiceId: string; userId?: string };
  'mail-tension-alarm': { practiceId: string; userId: string; clientId: string };
  'mail-data-request': { practiceId: string; requestId: string; news: DataRequestNews; userId?: string };
  'run-export': { practiceId: string; exportId: string };
  'follow-copy': { practiceId: string; requestId: string };
  'run-import': { practiceId: string; importId: string };
  'follow-consent': { practiceId: string; consentId: string };
  'send-reminders': Record<string, never>;
  'end-terms': Record<string, never>;
  'erase-due': Record<string, never>;
  housekeeping: Record<string, never>;
}

/** What there is to tell about a data request: to its client, or that there is one, to the admins. */
export type DataRequestNews =
  | 'asked'
  | 'received'
  | 'extended'
  | 'approved'
  | 'refused'
  | 'completed'
  | 'copy_in_portal'
  | 'copy_to_hand_over'
  | 'cancelled';

export type QueueName = keyof Queues;
type Handler<Q extends QueueName> = (payload: Queues[Q], jobId: string) => Promise<void>;

const POLLING_MS = 1_000;
const STOP_WITHIN_MS = 20_000;

/**
 * The job queue, in the same Postgres (pg-boss). A job is put in by the transaction of what caused it, so
 * that there is never the one without the other; it is run at least once, so a handler must bear a repeat.
 */
@Injectable()
export class Jobs implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Jobs.name);
  private readonly handlers = new Map<QueueName, Handler<never>>();
  private readonly boss: PgBoss;
  private readonly stopping = new AbortController();
  private working?: Promise<void>[];

  constructor(private readonly dataSource: DataSource) {
    this.boss = new PgBoss({
      db: { executeSql: (sql, values) => this.execute(sql, values) },
      schema: 'jobs',
      migrate: false,
    });
    // Each queue waits on it, and there are more than ten.
    setMaxListeners(0, this.stopping.signal);
    this.boss.on('error', (error) => this.logger.error({ err: loggedError(error) }));
  }

  /** Puts a job in the queue when this transaction commits. */
  async enqueue<Q extends QueueName>(tx: Tx, queue: Q, payload: Queues[Q]): Promise<void> {
    await this.put(queue, payload, (sql, values) => tx.query(sql, values));
  }

  /** The same for what happens before a practice is known; `manager` is that of an open transaction. */
  async enqueueOutside<Q extends QueueName>(
    manager: EntityManager,
    queue: Q,
    payload: Queues[Q],
  ): Promise<void> {
    await this.put(queue, payload, (sql, values) => manager.query<unknown[]>(sql, values));
  }

  /** Says what to do with the jobs of a queue; a feature's module calls it at start. */
  handle<Q extends QueueName>(queue: Q, handler: Handler<Q>): void {
    this.handlers.set(queue, handler);
  }

  /** Begins to run jobs, in this process; `worker.ts` and the demo do. */
  async work(): Promise<void> {
    await this.boss.start();
    await this.boss.schedule('housekeeping', '17 * * * *', {});
    await this.boss.schedule('send-reminders', '*/5 * * * *', {});
    await this.boss.schedule('erase-due', '27 * * * *', {});
    await this.boss.schedule('end-terms', '40 3 * * *', {}, { tz: 'Europe/Amsterdam' });
    // Each queue that waits listens for the end.
    setMaxListeners(this.handlers.size + 1, this.stopping.signal);
    this.working = [...this.handlers.keys()].map((queue) => this.keepRunning(queue));
  }

  /** Runs everything that waits now, one by one, and fails where a job fails: for tests and the demo's seed. */
  async drain(): Promise<void> {
    for (let waiting = await this.waiting(); waiting.length > 0; waiting = await this.waiting()) {
      for (const queue of waiting) {
        while (await this.runNext(queue));
      }
    }
  }

  /** While the database is still there: what runs is finished. What takes too long is run again when its time is up. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.working) return;
    this.stopping.abort();
    const timeUp = new AbortController();
    await Promise.race([
      Promise.all(this.working),
      pause(STOP_WITHIN_MS, undefined, { signal: timeUp.signal }).catch(() => undefined),
    ]);
    timeUp.abort();
    await this.boss.stop({ close: false });
  }

  private async put(
    queue: QueueName,
    payload: object,
    query: (sql: string, values: unknown[]) => Promise<unknown[]>,
  ): Promise<void> {
    const db = { executeSql: async (sql: string, values: unknown[]) => ({ rows: await query(sql, values) }) };
    // Without a queue of that name nothing is put in, and nothing is said either.
    if (!(await this.boss.send(queue, payload, { db }))) throw new Error(`There is no queue ${queue}`);
  }

  /** A queue of its own pace: a long export holds up no mail. */
  private async keepRunning(queue: QueueName): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      // What went wrong is in the log by now; a job is tried again, and a database that is away comes back.
      const ran = await this.runNext(queue).catch(() => false);
      if (!ran) await pause(POLLING_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The queues in which a job could be run now, in one question instead of one for each. */
  private async waiting(): Promise<QueueName[]> {
    const { rows } = await this.execute(
      "select distinct name from jobs.job where state < 'active' and start_after < now()",
    );
    const names = new Set((rows as { name: QueueName }[]).map(({ name }) => name));
    return [...this.handlers.keys()].filter((queue) => names.has(queue));
  }

  /** @returns whether there was a job */
  private async runNext(queue: QueueName): Promise<boolean> {
    let job: PgBoss.Job<never> | undefined;
    try {
      [job] = await this.boss.fetch<never>(queue);
      if (job) await this.run(queue, job);
      return job !== undefined;
    } catch (error) {
      this.logger.error({ queue, job: job?.id, err: loggedError(error) });
      throw error;
    }
  }

  private async run(queue: QueueName, { id, data }: PgBoss.Job<never>): Promise<void> {
    const started = Date.now();
    try {
      await this.handlers.get(queue)!(data, id);
    } catch (error) {
      // The queue keeps the kind of error only: its words may be about somebody.
      await this.boss.fail(queue, id, { error: (error as Error).name });
      throw error;
    }
    await this.boss.complete(queue, id);
    this.logger.log({ queue, job: id, ms: Date.now() - started });
  }

  /** Some statements of pg-boss are several, between a `begin` and a `commit` of their own. */
  private async execute(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const { records } = await runner.query(sql, values, true);
      return { rows: records };
    } catch (error) {
      // One that failed half way leaves its transaction open, for whoever is given this connection next.
      await runner.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** The actor of a job: one task, one practice. */
export function taskOfJob(practiceId: string, task: TaskName): SystemTask {
  return { practiceId, task, origin: { requestId: randomUUID() } };
}
