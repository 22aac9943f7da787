import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, IsNull, LessThan, LessThanOrEqual } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import { Housekeeping } from '../jobs/housekeeping.js';
import { Jobs } from '../jobs/jobs.js';
import { Export } from './export.entity.js';
import { ExportFiles } from './export-files.js';
import { tellRequest } from './tell-request.js';

const GIVEN_UP_AFTER_MS = 86_400_000;
const ANSWERED_WITHIN_MS = 14 * 86_400_000;

/** Removes the files whose week is over, and gives up exports that nothing is coming of any more. */
@Injectable()
export class ExportExpiry implements OnModuleInit {
  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly files: ExportFiles,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('expired exports', (tx) => this.expire(tx));
    this.housekeeping.add('stranded exports', (tx) => this.giveUp(tx));
    this.housekeeping.add('unanswered exports', (tx) => this.waitNoLonger(tx));
  }

  private async expire(tx: Tx): Promise<void> {
    const now = this.clock.now();
    const { practiceId } = tx;
    const due = await tx.manager.find(Export, {
      where: { practiceId, status: 'ready', expiresAt: LessThanOrEqual(now) },
      lock: { mode: 'pessimistic_write' },
    });
    for (const copy of due) {
      // Before the commit: it may never say that a file is gone which is still there.
      await this.files.remove(copy);
      copy.expire(now);
      this.audit.record(tx, { event: 'export.expired', ...about(copy) });
    }
    await tx.manager.save(due);
  }

  /** A run that was killed says nothing more itself, and may have left half a file. */
  private async giveUp(tx: Tx): Promise<void> {
    const now = this.clock.now();
    const { practiceId } = tx;
    const unfinished = { practiceId, status: In(['queued', 'running']) };
    const longAgo = LessThan(new Date(now.getTime() - GIVEN_UP_AFTER_MS));
    const stranded = await tx.manager.find(Export, {
      where: [
        { ...unfinished, createdAt: longAgo, pulseAt: IsNull() },
        { ...unfinished, createdAt: longAgo, pulseAt: longAgo },
      ],
      lock: { mode: 'pessimistic_write' },
    });
    for (const copy of stranded) {
      await this.files.remove(copy);
      copy.fail('stranded', now);
      await tellRequest(tx, this.jobs, copy);
      this.audit.record(tx, { event: 'export.failed', ...about(copy), outcome: 'failed' });
    }
    await tx.manager.save(stranded);
  }

  /** A coach who says nothing for two weeks has not approved. */
  private async waitNoLonger(tx: Tx): Promise<void> {
    const now = this.clock.now();
    const { practiceId } = tx;
    const unanswered = await tx.manager.find(Export, {
      where: {
        practiceId,
        status: 'awaiting_approval',
        createdAt: LessThan(new Date(now.getTime() - ANSWERED_WITHIN_MS)),
      },
      lock: { mode: 'pessimistic_write' },
    });
    for (const copy of unanswered) {
      copy.fail('unanswered', now);
      this.audit.record(tx, { event: 'export.failed', ...about(copy), outcome: 'failed' });
    }
    await tx.manager.save(unanswered);
  }
}

const about = ({ id }: Export) => ({ objectType: 'export', objectId: id });
