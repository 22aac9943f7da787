import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { DataSource } from 'typeorm';
import type { SystemTask, TaskName } from '../common/actor.js';
import type { Tx } from '../database/tx.js';

/** The queues, and what each payload holds: ids only, for a queue is read by many eyes. */
export interface Queues {
  'mail-invitation': { practiceId: string; userId?: string; clientId?: string };
  'run-export': { practiceId: string; exportId: string };
  housekeeping: Record<string, never>;
}

export type QueueName = keyof Queues;
type Handler<Q extends QueueName> = (payload: Queues[Q], jobId: string) => Promise<void>;

const POLLING_SECONDS = 1;
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
  private isWorking = false;

  constructor(private readonly dataSource: DataSource) {
    this.boss = new PgBoss({
      db: { executeSql: (sql, values) => this.execute(sql, values) },
      schema: 'jobs',
      migrate: false,
    });
    this.boss.on('error', (error) => this.logger.error({ err: { message: error.message } }));
  }

  /** Puts a job in the queue when this transaction commits. */
  async enqueue<Q extends QueueName>(tx: Tx, queue: Q, payload: Queues[Q]): Promise<void> {
    const db = {
      executeSql: async (sql: string, values: unknown[]) => ({ rows: await tx.query(sql, values) }),
    };
    await this.boss.send(queue, payload, { db });
  }

  /** Says what to do with the jobs of a queue; a feature's module calls it at start. */
  handle<Q extends QueueName>(queue: Q, handler: Handler<Q>): void {
    this.handlers.set(queue, handler);
  }

  /** Begins to run jobs, in this process; `worker.ts` and the demo do. */
  async work(): Promise<void> {
    this.isWorking = true;
    await this.boss.start();
    await this.boss.schedule('housekeeping', '17 * * * *', {});
    for (const queue of this.handlers.keys()) {
      await this.boss.work<Queues[typeof queue]>(
        queue,
        { pollingIntervalSeconds: POLLING_SECONDS },
        async (jobs) => {
          for (const job of jobs) await this.run(queue, job);
        },
      );
    }
  }

  /** Runs everything that waits now, one by one, and fails where a job fails: for tests and the demo's seed. */
  async drain(): Promise<void> {
    for (const queue of this.handlers.keys()) {
      for (
        let [job] = await this.boss.fetch<never>(queue);
        job;
        [job] = await this.boss.fetch<never>(queue)
      ) {
        await this.run(queue, job);
        await this.boss.complete(queue, job.id);
      }
    }
  }

  /** Before the connections close, what runs is let finish. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.isWorking)
      await this.boss.stop({ graceful: true, wait: true, timeout: STOP_WITHIN_MS, close: false });
  }

  private async run(queue: QueueName, { id, data }: { id: string; data: unknown }): Promise<void> {
    const started = Date.now();
    try {
      await this.handlers.get(queue)!(data as never, id);
      this.logger.log({ queue, job: id, ms: Date.now() - started });
    } catch (error) {
      const { name, message, stack } = error as Error;
      this.logger.error({ queue, job: id, err: { name, message, stack } });
      throw error;
    }
  }

  private async execute(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const { records } = await runner.query(sql, values, true);
      return { rows: records };
    } finally {
      await runner.release();
    }
  }
}

/** The actor of a job: one task, one practice. */
export function taskOfJob(practiceId: string, task: TaskName): SystemTask {
  return { practiceId, task, origin: { requestId: randomUUID() } };
}
