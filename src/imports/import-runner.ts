import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { SystemTask } from '../common/actor.js';
import { CannotOpen } from '../common/cipher/cipher.js';
import { Clock } from '../common/clock.js';
import { loggedError } from '../common/logged-error.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { isRefusedRow } from '../database/violation.js';
import { Jobs, type Queues, taskOfJob } from '../jobs/jobs.js';
import { User } from '../users/user.entity.js';
import { Import } from './import.entity.js';
import { ImportCheck } from './import-check.js';
import { ImportContents } from './import-contents.js';
import type { ImportFailure } from './import-problems.js';
import { about } from './imports.service.js';

/**
 * Brings in what was checked, in one transaction: all of a file or nothing. A run that is killed leaves nothing behind, and
 * the queue gives the import out again; one that is done is not done twice, for its row is held as long as it runs.
 */
@Injectable()
export class ImportRunner implements OnModuleInit {
  private readonly logger = new Logger(ImportRunner.name);

  constructor(
    private readonly jobs: Jobs,
    private readonly tenant: Tenant,
    private readonly checker: ImportCheck,
    private readonly contents: ImportContents,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('run-import', (payload) => this.run(payload));
  }

  private async run({ practiceId, importId }: Queues['run-import']): Promise<void> {
    const task = taskOfJob(practiceId, 'import');
    try {
      await this.tenant.change(task, (tx) => this.bringIn(tx, importId));
    } catch (error) {
      // Anything else passes: the queue runs it again.
      if (!isRefusedRow(error)) throw error;
      this.logger.warn({ import: importId, err: loggedError(error) });
      await this.giveUp(task, importId);
    }
  }

  private async bringIn(tx: Tx, id: string): Promise<void> {
    const brought = await this.wanted(tx, id);
    if (!brought) return;
    const requester = await tx.manager.findOneByOrFail(User, {
      practiceId: tx.practiceId,
      id: brought.requestedBy,
    });
    if (requester.isDisabled || !requester.roles.includes('admin')) {
      await this.fail(tx, brought, 'requester_left');
      return;
    }
    const content = await this.contents.open(tx, brought).catch(unopened);
    if (!content) {
      await this.fail(tx, brought, 'content_broken');
      return;
    }
    const { rowCount, findings, fresh, write } = await this.checker.check(tx, brought, content);
    brought.found(rowCount, findings);
    if (findings.problems.length > 0) {
      await this.fail(tx, brought, 'rows_refused');
      return;
    }
    const clientIds = fresh > 0 ? await write(tx) : [];
    brought.finish(this.clock.now());
    await this.contents.remove(tx, brought);
    await tx.manager.save(brought);
    const ground = `sha256:${brought.sha256}`;
    this.audit.record(tx, {
      event: 'import.finished',
      ...about(brought),
      rowCount: fresh,
      ground,
      clientIds,
    });
  }

  /** Held until the end, so that of two runs the later one finds what the first one made of it. */
  private async wanted(tx: Tx, id: string): Promise<Import | undefined> {
    const brought = await tx.manager.findOne(Import, {
      where: { practiceId: tx.practiceId, id },
      lock: { mode: 'pessimistic_write' },
    });
    return brought?.isQueued ? brought : undefined;
  }

  /** Somebody was ahead of it between the check and the writing. */
  private giveUp(task: SystemTask, id: string): Promise<void> {
    return this.tenant.change(task, async (tx) => {
      const brought = await this.wanted(tx, id);
      if (brought) await this.fail(tx, brought, 'conflict');
    });
  }

  private async fail(tx: Tx, brought: Import, failure: ImportFailure): Promise<void> {
    brought.fail(failure, this.clock.now());
    await this.contents.remove(tx, brought);
    await tx.manager.save(brought);
    this.audit.record(tx, { event: 'import.failed', ...about(brought), ground: failure, outcome: 'failed' });
  }
}

function unopened(error: unknown): undefined {
  if (!(error instanceof CannotOpen)) throw error;
}
