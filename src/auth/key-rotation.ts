import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { ClientKeys } from '../clients/client-keys.js';
import type { SystemTask } from '../common/actor.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { PracticeKeys } from '../practices/practice-keys.js';
import { FactorSecrets } from './second-factor/factor-secrets.js';

const AT_ONCE = 500;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/**
 * Puts all that a key of the installation protects under the ring's current key, while the service runs: a batch is
 * one short transaction, and what is done says so itself, so that a rotation that was stopped goes on where it was.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly clientKeys: ClientKeys,
    private readonly practiceKeys: PracticeKeys,
    private readonly secrets: FactorSecrets,
    private readonly audit: Audit,
  ) {}

  /**
   * @param tell is called before the first batch and after each
   * @returns how many keys and secrets were put under the current key
   * @throws CannotOpen when one is under a key that the ring does not have
   */
  async run(tell: (progress: Progress) => void): Promise<number> {
    const practices = await this.practiceIds();
    let total = 0;
    for (const practiceId of practices) total += await this.countStale(practiceId);
    let done = 0;
    tell({ done, total });
    for (const practiceId of practices) {
      for (let moved = await this.move(practiceId); moved > 0; moved = await this.move(practiceId)) {
        done += moved;
        // What was made meanwhile, by a server that does not know the new key yet, is counted as it comes.
        total = Math.max(total, done);
        tell({ done, total });
      }
    }
    return done;
  }

  private countStale(practiceId: string): Promise<number> {
    return this.tenant.read(rotating(practiceId), async (tx) => {
      const counts = [
        await this.clientKeys.countStale(tx),
        await this.practiceKeys.countStale(tx),
        await this.secrets.countStale(tx),
      ];
      return counts.reduce((sum, count) => sum + count);
    });
  }

  private move(practiceId: string): Promise<number> {
    return this.tenant.change(rotating(practiceId), async (tx: Tx) => {
      const moved =
        (await this.clientKeys.rewrap(tx, AT_ONCE)) +
        (await this.practiceKeys.rewrap(tx)) +
        (await this.secrets.reseal(tx, AT_ONCE));
      if (moved > 0) this.audit.record(tx, { event: 'keys.rotated', rowCount: moved });
      return moved;
    });
  }

  private async practiceIds(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>('select lookup.practice_ids() as id');
    return rows.map(({ id }) => id);
  }
}

const rotating = (practiceId: string): SystemTask => ({
  practiceId,
  task: 'key_rotation',
  origin: { requestId: randomUUID() },
});
