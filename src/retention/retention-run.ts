import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import { addMonth, dayIn } from '../common/day.js';
import { newId } from '../common/id.js';
import { loggedError } from '../common/logged-error.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, taskOfJob } from '../jobs/jobs.js';
import { PracticesService } from '../practices/practices.service.js';
import { fiscalLimit } from './fiscal-years.js';
import { askForErasure, dropFiscalRows, type FileInTerm, filesPastTerm } from './retention.queries.js';

/** In some practices the night's work was left undone; the log says which and why. */
export class RetentionFailed extends Error {
  override readonly name = 'RetentionFailed';
}

/**
 * Once a night, practice by practice: files whose term is over are put up for erasure, which goes the one way that every
 * erasure goes; and what was kept for the tax office alone goes when its years are over. It bears being run twice.
 */
@Injectable()
export class RetentionRun implements OnModuleInit {
  private readonly logger = new Logger(RetentionRun.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly jobs: Jobs,
    private readonly practices: PracticesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('end-terms', () => this.run());
  }

  /** @throws RetentionFailed at the end; a practice that fails hinders no other */
  async run(): Promise<void> {
    const steps = [(tx: Tx) => this.endTerms(tx), (tx: Tx) => this.endFiscalYears(tx)];
    let failures = 0;
    for (const practiceId of await this.practiceIds()) {
      for (const step of steps) {
        try {
          await this.tenant.change(taskOfJob(practiceId, 'retention'), step);
        } catch (error) {
          failures += 1;
          this.logger.error({ practice: practiceId, err: loggedError(error) });
        }
      }
    }
    if (failures > 0) throw new RetentionFailed(`the night's work failed ${failures} times`);
  }

  private async endTerms(tx: Tx): Promise<void> {
    const today = await this.today(tx);
    for (const file of await filesPastTerm(tx, this.clock.now())) await this.askFor(tx, file, today.day);
  }

  private async askFor(tx: Tx, file: FileInTerm, receivedOn: string): Promise<void> {
    const createdAt = this.clock.now();
    const request = { id: newId(createdAt), receivedOn, dueOn: addMonth(receivedOn), createdAt };
    if (!(await askForErasure(tx, file, request))) return;
    this.audit.record(tx, {
      event: 'data_request.received',
      ground: 'term_ended',
      clientId: file.clientId,
      objectType: 'data_request',
      objectId: request.id,
    });
  }

  private async endFiscalYears(tx: Tx): Promise<void> {
    const { day, timeZone } = await this.today(tx);
    const rowCount = await dropFiscalRows(tx, fiscalLimit(day, timeZone));
    if (rowCount > 0) this.audit.record(tx, { event: 'fiscal_rows.dropped', rowCount });
  }

  private async today(tx: Tx): Promise<{ day: string; timeZone: string }> {
    const { timeZone } = await this.practices.own(tx);
    return { day: dayIn(timeZone, this.clock.now()), timeZone };
  }

  private async practiceIds(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>('select lookup.practice_ids() as id');
    return rows.map(({ id }) => id);
  }
}
