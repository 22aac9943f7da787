import type { SystemTask } from '../common/actor.js';
import type { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Export, type ExportStatus } from './export.entity.js';

const ROWS_A_STEP = 10_000;

type Change = (copy: Export, tx: Tx) => Promise<void> | void;

/** While it ran, somebody cancelled this export, or a second run of it began. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';

  constructor(readonly status: ExportStatus | undefined) {
    super('this run of the export has been overtaken');
  }
}

/**
 * One run of an export, which owns it as long as nobody else changes it: each step finds the version that
 * the step before left, or stops. So a cancellation is obeyed within so many rows, and of two runs, such
 * as after a worker was thought dead, only the later one finishes.
 */
export class ExportRun {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly tenant: Tenant,
    private readonly task: SystemTask,
    public copy: Export,
  ) {}

  /** Tells every so many rows how far it is. @throws Overtaken */
  async report(rows: number): Promise<void> {
    if (rows - this.copy.rowsDone < ROWS_A_STEP) return;
    await this.step((copy) => void (copy.rowsDone = rows));
  }

  /** One step at a time: when a run fails, the step before may still be on its way. @throws Overtaken */
  step(change: Change): Promise<void> {
    const step = this.last.then(() => this.take(change));
    this.last = step.catch(() => undefined);
    return step;
  }

  private async take(change: Change): Promise<void> {
    const { practiceId, id, version } = this.copy;
    this.copy = await this.tenant.change(this.task, async (tx) => {
      const copy = await tx.manager.findOne(Export, {
        where: { practiceId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!copy?.isRunning || copy.version !== version) throw new Overtaken(copy?.status);
      await change(copy, tx);
      return tx.manager.save(copy);
    });
  }
}
