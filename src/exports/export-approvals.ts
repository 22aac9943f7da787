import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { isAdmin, type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import { PracticesService } from '../practices/practices.service.js';
import { Export } from './export.entity.js';
import { alreadyDecided } from './export.errors.js';
import { told, type Told } from './export.queries.js';
import { type Decision, ExportApproval } from './export-approval.entity.js';
import { notesByCoachStatement } from './texts/sealed-notes.js';

/**
 * Texts of notes leave only when each coach whose files they are of has said so. A coach decides about no more than
 * their own, and the database lets nobody else write that down.
 */
@Injectable()
export class ExportApprovals {
  constructor(
    private readonly tenant: Tenant,
    private readonly practices: PracticesService,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks each coach concerned, in the transaction of the request. Who asks has proved who they are just now: where
   * they are one of those coaches, their asking is their approval.
   */
  async ask(tx: Tx, copy: Export): Promise<void> {
    const { timeZone } = await this.practices.own(tx);
    const concerned = await tx.query<{ coachId: string; noteCount: number }>(
      notesByCoachStatement(copy, timeZone),
    );
    copy.askApprovalOf(concerned.map(({ coachId }) => coachId));
    await tx.manager.insert(Export, copy);
    if (concerned.length === 0) return;
    const { practiceId, id: exportId, requestedBy, createdAt } = copy;
    const approvals = concerned.map(({ coachId, noteCount }) => {
      const own = coachId === requestedBy ? { decision: 'approved' as const, decidedAt: createdAt } : {};
      return { practiceId, exportId, coachId, noteCount, decision: null, decidedAt: null, ...own };
    });
    await tx.manager.insert(ExportApproval, approvals);
    if (approvals.some(({ decision }) => decision === null)) return;
    copy.approve(createdAt);
    await tx.manager.save(copy);
  }

  /**
   * One coach says whether the texts of their files may leave.
   * @throws Problem 404 for who is not asked, 409 `export-already-decided`
   */
  decide(person: Person, id: string, decision: Decision): Promise<Told> {
    const task = taskFor(person, 'export');
    return this.tenant.once(
      task,
      async (tx) => {
        const [copy, approval] = await this.load(tx, person, id);
        if (approval.decision === decision) return this.toldTo(tx, person, copy);
        if (approval.decision !== null) throw alreadyDecided(copy.status);
        await this.take(tx, copy, approval, decision);
        return this.toldTo(tx, person, copy);
      },
      async (tx) => this.toldTo(tx, person, (await this.load(tx, person, id))[0]),
    );
  }

  private async take(tx: Tx, copy: Export, approval: ExportApproval, decision: Decision): Promise<void> {
    const now = this.clock.now();
    const { practiceId, id: exportId, clientId } = copy;
    if (!copy.awaitsApproval) throw alreadyDecided(copy.status);
    const { coachId, noteCount: rowCount } = approval;
    await tx.manager.update(ExportApproval, { practiceId, exportId, coachId }, { decision, decidedAt: now });
    const about = { objectType: 'export', objectId: exportId, rowCount, ...(clientId && { clientId }) };
    if (decision === 'refused') {
      copy.refuse(now);
      this.audit.record(tx, { event: 'export.refused', ...about });
    } else {
      this.audit.record(tx, { event: 'export.approved', ...about });
      if (await tx.manager.existsBy(ExportApproval, { practiceId, exportId, decision: IsNull() })) return;
      copy.approve(now);
      await this.jobs.enqueue(tx, 'run-export', { practiceId, exportId });
    }
    await tx.manager.save(copy);
  }

  private async load(tx: Tx, person: Person, id: string): Promise<[Export, ExportApproval]> {
    const { practiceId } = tx;
    const [copy, approval] = await Promise.all([
      tx.manager.findOne(Export, { where: { practiceId, id }, lock: { mode: 'pessimistic_write' } }),
      tx.manager.findOneBy(ExportApproval, { practiceId, exportId: id, coachId: person.userId }),
    ]);
    if (!copy || !approval) throw notFound();
    return [copy, approval];
  }

  private toldTo(tx: Tx, person: Person, copy: Export): Promise<Told> {
    return told(tx, copy, isAdmin(person) ? undefined : person.userId);
  }
}
