import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { loggedError } from '../common/logged-error.js';
import { RepeatedRequests } from '../database/repeated-requests.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, taskOfJob } from './jobs.js';

/** What is tidied up in one practice, in a transaction of its own. */
export type Chore = (tx: Tx) => Promise<void>;

/** Some chores were left undone; the log says which, where and why. */
export class ChoresFailed extends Error {
  override readonly name = 'ChoresFailed';
}

/** Once an hour, practice by practice: what has had its time goes. Each feature brings chores of its own. */
@Injectable()
export class Housekeeping implements OnModuleInit {
  private readonly logger = new Logger(Housekeeping.name);
  private readonly chores = new Map<string, Chore>();
  private readonly choresForAll = new Map<string, () => Promise<unknown>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly jobs: Jobs,
    repeated: RepeatedRequests,
  ) {
    this.add('repeated requests', (tx) => repeated.forget(tx));
    this.addForAll('months of the logs', () => dataSource.query('select audit_log.keep_months()'));
  }

  onModuleInit(): void {
    this.jobs.handle('housekeeping', () => this.run());
  }

  /** Adds a chore; a feature does so at start. It must bear being done twice. */
  add(name: string, chore: Chore): void {
    this.chores.set(name, chore);
  }

  /** Adds a chore that is of no practice; it is done once in each round. */
  addForAll(name: string, chore: () => Promise<unknown>): void {
    this.choresForAll.set(name, chore);
  }

  /**
   * Does every chore in every practice; one that fails hinders no other.
   * @throws ChoresFailed at the end, so that the queue tries again
   */
  async run(): Promise<void> {
    let failures = 0;
    for (const [name, chore] of this.choresForAll) {
      if (!(await this.isDoneForAll(name, chore))) failures += 1;
    }
    for (const practiceId of await this.practiceIds()) {
      for (const [name, chore] of this.chores) {
        if (!(await this.isDone(practiceId, name, chore))) failures += 1;
      }
    }
    if (failures > 0) throw new ChoresFailed(`${failures} chores were left undone`);
  }

  private async isDone(practiceId: string, name: string, chore: Chore): Promise<boolean> {
    try {
      await this.tenant.change(taskOfJob(practiceId, 'housekeeping'), chore);
      return true;
    } catch (error) {
      this.logger.error({ chore: name, practice: practiceId, err: loggedError(error) });
      return false;
    }
  }

  private async isDoneForAll(name: string, chore: () => Promise<unknown>): Promise<boolean> {
    try {
      await chore();
      return true;
    } catch (error) {
      this.logger.error({ chore: name, err: loggedError(error) });
      return false;
    }
  }

  private async practiceIds(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>('select lookup.practice_ids() as id');
    return rows.map(({ id }) => id);
  }
}
