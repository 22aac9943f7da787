import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { dayIn } from '../../common/day.js';
import { loggedError } from '../../common/logged-error.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { Jobs, taskOfJob } from '../../jobs/jobs.js';
import { PracticesService } from '../../practices/practices.service.js';
import { beginErasure, dueErasures } from './erasure.queries.js';
import { ErasureLedger } from './erasure-ledger.js';
import { Erasing } from './erasing.js';

/** Some erasures were not carried out; the log says which and why, and the next hour tries again. */
export class ErasuresFailed extends Error {
  override readonly name = 'ErasuresFailed';
}

/**
 * Every hour: who was approved to be erased, and whose grace is over, is. First it is said that it begins, which nobody can
 * call off any more; then the ledger outside the database has it on disk; then it is done. Cut off anywhere, it is taken up
 * again, and no backup of any moment in between can bring back who was erased.
 */
@Injectable()
export class ErasureRun implements OnModuleInit {
  private readonly logger = new Logger(ErasureRun.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly jobs: Jobs,
    private readonly practices: PracticesService,
    private readonly ledger: ErasureLedger,
    private readonly erasing: Erasing,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('erase-due', () => this.run());
  }

  /** @throws ErasuresFailed at the end; one that fails hinders no other */
  async run(): Promise<void> {
    let failures = 0;
    const practices = await this.dataSource.query<{ id: string }[]>('select lookup.practice_ids() as id');
    for (const { id: practiceId } of practices) {
      const due = await this.tenant.read(taskOfJob(practiceId, 'erasure'), async (tx) =>
        dueErasures(tx, await this.today(tx)),
      );
      for (const { id } of due) if (!(await this.isDone(practiceId, id))) failures += 1;
    }
    if (failures > 0) throw new ErasuresFailed(`${failures} erasures were not carried out`);
  }

  private async isDone(practiceId: string, requestId: string): Promise<boolean> {
    try {
      const clientId = await this.tenant.change(taskOfJob(practiceId, 'erasure'), async (tx) =>
        beginErasure(tx, requestId, await this.today(tx)),
      );
      if (!clientId) return true;
      await this.ledger.append([{ practiceId, clientId }]);
      await this.erasing.erase(practiceId, clientId, 'request');
      return true;
    } catch (error) {
      this.logger.error({ practice: practiceId, request: requestId, err: loggedError(error) });
      return false;
    }
  }

  private async today(tx: Tx): Promise<string> {
    return dayIn((await this.practices.own(tx)).timeZone, this.clock.now());
  }
}
