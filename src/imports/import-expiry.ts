import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import { Housekeeping } from '../jobs/housekeeping.js';
import { Import } from './import.entity.js';
import { ImportContents } from './import-contents.js';
import { about } from './imports.service.js';

/** Throws away the files that nobody brought in within their week. */
@Injectable()
export class ImportExpiry implements OnModuleInit {
  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly contents: ImportContents,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('expired imports', (tx) => this.expire(tx));
  }

  private async expire(tx: Tx): Promise<void> {
    const now = this.clock.now();
    const due = await tx.manager.find(Import, {
      where: {
        practiceId: tx.practiceId,
        status: In(['checked', 'queued']),
        expiresAt: LessThanOrEqual(now),
      },
      lock: { mode: 'pessimistic_write' },
    });
    for (const brought of due) {
      await this.contents.remove(tx, brought);
      brought.cancel(now);
      this.audit.record(tx, { event: 'import.cancelled', ...about(brought) });
    }
    await tx.manager.save(due);
  }
}
