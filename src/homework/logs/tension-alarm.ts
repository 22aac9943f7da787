import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Tx } from '../../database/tx.js';
import { Jobs } from '../../jobs/jobs.js';
import type { Practice } from '../../practices/practice.entity.js';
import type { Assignment } from '../assignments/assignment.entity.js';
import { isAlarming } from './help.js';
import type { LogContent } from './log-content.js';

/** A log as it is kept now, and as it stood before. */
export interface Kept {
  readonly assignment: Assignment;
  readonly content: LogContent;
  readonly stands?: LogContent;
}

/** Lets the file's coach know that there is something to read, and not what. */
@Injectable()
export class TensionAlarm {
  constructor(
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** At most one mail for all that is kept in one go, and none for a correction of what alarmed already. */
  async watch(tx: Tx, practice: Practice, kept: readonly Kept[]): Promise<void> {
    const alarming = kept.find(
      ({ content, stands }) => isAlarming(content, practice) && !(stands && isAlarming(stands, practice)),
    );
    if (!alarming) return;
    const { clientId, coachId } = alarming.assignment;
    await this.jobs.enqueue(tx, 'mail-tension-alarm', {
      practiceId: tx.practiceId,
      userId: coachId,
      clientId,
    });
    this.audit.record(tx, { event: 'alarm.raised', clientId, objectType: 'user', objectId: coachId });
  }
}
