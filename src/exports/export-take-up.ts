import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import { loggedError } from '../common/logged-error.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, taskOfJob } from '../jobs/jobs.js';
import { Export, PULSE_LOST_AFTER_MS } from './export.entity.js';

const EVERY_MS = 15_000;

/**
 * Takes up the exports whose run ended with its process, which could not say so any more: killed, out of memory, the
 * power gone. What was to be a file is begun again; what went straight to somebody has broken off.
 */
@Injectable()
export class ExportTakeUp implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ExportTakeUp.name);
  private readonly stopping = new AbortController();
  private working?: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Begins to look, in this process, until it is told to stop; beside the jobs. */
  work(): void {
    this.working ??= this.keepLooking();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  /** Looks once, in every practice where a run fell silent. One that fails hinders no other. */
  async round(): Promise<void> {
    const practices = await this.dataSource.query<{ id: string }[]>(
      'select lookup.practices_with_lost_exports($1) as id',
      [new Date(this.clock.now().getTime() - PULSE_LOST_AFTER_MS)],
    );
    for (const { id } of practices) {
      await this.tenant
        .change(taskOfJob(id, 'export'), (tx) => this.takeUp(tx))
        .catch((error: unknown) => this.logger.error({ practice: id, err: loggedError(error) }));
    }
  }

  private async takeUp(tx: Tx): Promise<void> {
    const now = this.clock.now();
    const { practiceId } = tx;
    const running = await tx.manager.find(Export, {
      where: { practiceId, status: 'running' },
      lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
    });
    const lost = running.filter((copy) => copy.isLost(now));
    for (const copy of lost) {
      this.logger.warn({ export: copy.id, rows: copy.rowsDone }, 'its run ended with its process');
      if (copy.goesToFile) {
        copy.queueAgain(now);
        await this.jobs.enqueue(tx, 'run-export', { practiceId, exportId: copy.id });
      } else {
        copy.fail('broken_off', now);
        const about = { objectType: 'export', objectId: copy.id, rowCount: copy.rowsDone };
        this.audit.record(tx, { event: 'export.streamed', ...about, outcome: 'failed' });
      }
    }
    await tx.manager.save(lost);
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.round().catch((error: unknown) => this.logger.error({ err: loggedError(error) }));
      await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
