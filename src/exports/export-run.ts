import type { SystemTask } from '../common/actor.js';
import type { Clock } from '../common/clock.js';
import type { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Export, type ExportStatus } from './export.entity.js';

const PULSE_EVERY_MS = 5_000;
/** How often the rows that were done are told of, at most. */
const TOLD_EVERY_MS = 500;

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
 * the step before left, or stops. So a cancellation is obeyed within seconds, and of two runs, such
 * as after a worker was thought dead, only the later one finishes.
 */
export class ExportRun {
  private last: Promise<void> = Promise.resolve();
  private beating?: NodeJS.Timeout;
  private toldAt: number;
  private rows = 0;

  constructor(
    private readonly tenant: Tenant,
    private readonly task: SystemTask,
    private readonly clock: Clock,
    public copy: Export,
  ) {
    this.toldAt = clock.now().getTime();
  }

  /**
   * Shows every few seconds that this run lives, also while nothing moves.
   * @param lost is called once, when the run turns out to have been overtaken
   */
  beat(lost: (error: Error) => void): void {
    this.rest();
    this.beating = setInterval(() => {
      this.tell().catch((error: unknown) => {
        // A database that is away for a moment takes nothing from this run.
        if (!(error instanceof Overtaken)) return;
        this.rest();
        lost(error);
      });
    }, PULSE_EVERY_MS);
    this.beating.unref();
  }

  rest(): void {
    clearInterval(this.beating);
  }

  /** Tells every so often how far it is. @throws Overtaken */
  async report(rows: number): Promise<void> {
    this.rows = rows;
    if (rows === this.copy.rowsDone || this.clock.now().getTime() - this.toldAt < TOLD_EVERY_MS) return;
    await this.tell();
  }

  /** One step at a time: when a run fails, the step before may still be on its way. @throws Overtaken */
  step(change: Change): Promise<void> {
    const step = this.last.then(() => this.take(change));
    this.last = step.catch(() => undefined);
    return step;
  }

  private async tell(): Promise<void> {
    this.toldAt = this.clock.now().getTime();
    await this.step((copy) => {
      copy.rowsDone = this.rows;
    });
  }

  private async take(change: Change): Promise<void> {
    const { practiceId, id, version } = this.copy;
    this.copy = await this.tenant.change(this.task, async (tx) => {
      const copy = await tx.manager.findOne(Export, {
        where: { practiceId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!copy?.isRunning || copy.version !== version) throw new Overtaken(copy?.status);
      copy.pulseAt = this.clock.now();
      await change(copy, tx);
      return tx.manager.save(copy);
    });
  }
}
