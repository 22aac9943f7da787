import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Tenant } from '../../database/tenant.js';
import { taskOfJob } from '../../jobs/jobs.js';
import { ErasureLedger } from './erasure-ledger.js';
import { Erasing } from './erasing.js';

/**
 * Before a server answers, or a worker works: whoever was erased and came back with a backup is erased again. A ledger that
 * lacks somebody, because another was put in its place, is told by the tombstones.
 */
@Injectable()
export class ErasureReplay implements OnApplicationBootstrap {
  private readonly logger = new Logger(ErasureReplay.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly ledger: ErasureLedger,
    private readonly erasing: Erasing,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const erased = await this.ledger.read();
    const practices = await this.dataSource.query<{ id: string }[]>('select lookup.practice_ids() as id');
    for (const { id } of practices) {
      const inLedger = erased.filter(({ practiceId }) => practiceId === id).map(({ clientId }) => clientId);
      await this.settle(id, inLedger);
    }
  }

  private async settle(practiceId: string, inLedger: readonly string[]): Promise<void> {
    const { back, untold } = await this.tenant.read(taskOfJob(practiceId, 'erasure'), async (tx) => ({
      back: await tx.query<{ id: string }>(
        'select id from clients where practice_id = $1 and id = any ($2) and erased_at is null',
        [practiceId, inLedger],
      ),
      untold: await tx.query<{ id: string }>(
        'select id from clients where practice_id = $1 and erased_at is not null and id <> all ($2)',
        [practiceId, inLedger],
      ),
    }));
    for (const { id } of back) await this.erasing.erase(practiceId, id, 'restored');
    await this.ledger.append(untold.map(({ id: clientId }) => ({ practiceId, clientId })));
    if (back.length > 0) this.logger.warn({ practice: practiceId, count: back.length }, 'erased again');
    if (untold.length > 0) {
      this.logger.warn(
        { practice: practiceId, count: untold.length },
        'were missing in the ledger of erasures',
      );
    }
  }
}
