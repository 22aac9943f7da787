import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Audit } from '../../audit/audit.js';
import { Client } from '../../clients/client.entity.js';
import { Clock } from '../../common/clock.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { Export } from '../../exports/export.entity.js';
import { ExportFiles } from '../../exports/export-files.js';
import { Jobs, taskOfJob } from '../../jobs/jobs.js';
import { aimAt, closeRequests, dropFile, dropJobs, dropUser, leaveTombstone } from './erasure.queries.js';

/**
 * Erases one client: the key, and with it every text in this database and its copies; the numbers; who it was and how they
 * signed in; what waits in the queue; the files that hold them. All of it, or nothing. It bears being done again.
 */
@Injectable()
export class Erasing {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ExportFiles,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @param ground why: by an approved request, or because a restored database had them again */
  erase(practiceId: string, clientId: string, ground: 'request' | 'restored'): Promise<void> {
    return this.tenant.change(taskOfJob(practiceId, 'erasure'), async (tx) => {
      await aimAt(tx, { clientId });
      const client = await tx.manager.findOne(Client, {
        where: { practiceId, id: clientId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!client || client.erasedAt !== null) return;
      const { userId } = client;
      const at = this.clock.now();
      if (userId) await aimAt(tx, { clientId, userId });
      await dropJobs(tx, clientId, userId);
      await this.endExports(tx, clientId, at);
      await leaveTombstone(tx, clientId, at);
      await dropFile(tx, clientId);
      await closeRequests(tx, clientId, at);
      if (userId) await dropUser(tx, userId);
      this.audit.record(tx, {
        event: 'client.erased',
        ground,
        clientId,
        objectType: 'client',
        objectId: clientId,
      });
    });
  }

  /**
   * Copies of this client alone go altogether. A file of the practice may hold them too: what is ready expires, and what is
   * being made is begun again, for it reads a moment at which the client was still there.
   */
  private async endExports(tx: Tx, clientId: string, at: Date): Promise<void> {
    const { practiceId } = tx;
    const exports = await tx.manager.find(Export, {
      where: [
        { practiceId, clientId },
        { practiceId, status: In(['ready', 'running']) },
      ],
      lock: { mode: 'pessimistic_write' },
    });
    // Before the commit: it may never say that a file is gone which is still there.
    for (const copy of exports) await this.files.remove(copy);
    for (const copy of exports.filter((one) => one.clientId !== clientId)) {
      if (copy.hasFile) {
        copy.expire(at);
        this.audit.record(tx, { event: 'export.expired', objectType: 'export', objectId: copy.id });
      } else {
        const { id: exportId, goesToFile } = copy;
        if (!goesToFile) continue;
        copy.queueAgain(at);
        await this.jobs.enqueue(tx, 'run-export', { practiceId, exportId });
      }
      await tx.manager.save(copy);
    }
    const own = exports.filter((one) => one.clientId === clientId).map(({ id }) => id);
    await tx.query('delete from export_approvals where practice_id = $1 and export_id = any ($2)', [
      practiceId,
      own,
    ]);
    await tx.query('delete from exports where practice_id = $1 and client_id = $2', [practiceId, clientId]);
  }
}
