import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import { Housekeeping } from '../jobs/housekeeping.js';

const KEPT_MS = 90 * 24 * 3_600_000;

/** When a request is deleted, whatever became of it. */
export const keptUntil = (receivedAt: Date): Date => new Date(receivedAt.getTime() + KEPT_MS);

/** Nobody's request lies with a practice for longer than ninety days. */
@Injectable()
export class OldRequests implements OnModuleInit {
  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('old intake requests', (tx) => this.drop(tx));
  }

  private async drop(tx: Tx): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    const dropped = await tx.query(
      'delete from intake_requests where practice_id = $1 and received_at <= $2 returning id',
      [tx.practiceId, before],
    );
    if (dropped.length > 0)
      this.audit.record(tx, { event: 'intake_requests.dropped', rowCount: dropped.length });
  }
}
