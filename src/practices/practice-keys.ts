import { Injectable } from '@nestjs/common';
import type { FileCipher } from '../common/cipher/file-cipher.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import { PracticeKey } from './practice-key.entity.js';

/** The practices' own data keys, each made when there is first something to seal. */
@Injectable()
export class PracticeKeys {
  constructor(
    private readonly installationKey: InstallationKey,
    private readonly clock: Clock,
  ) {}

  /** What seals the texts of the practice of this transaction. Two that come first at once get the same key. */
  async make(tx: Tx): Promise<FileCipher> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(PracticeKey)
      .values({
        practiceId: tx.practiceId,
        wrapped: this.installationKey.wrapNewKey(tx.practiceId),
        createdAt: this.clock.now(),
      })
      .orIgnore()
      .execute();
    return this.open(tx);
  }

  /** What opens them, once something was sealed. */
  async open(tx: Tx): Promise<FileCipher> {
    const { wrapped } = await tx.manager.findOneByOrFail(PracticeKey, { practiceId: tx.practiceId });
    return this.installationKey.unwrap(tx.practiceId, undefined, wrapped);
  }

  /** 1 when the key of the practice waits to be wrapped by the ring's current key; 0 otherwise. */
  async countStale(tx: Tx): Promise<number> {
    return (await this.stale(tx)) ? 1 : 0;
  }

  /** Wraps the key anew when another key of the ring wraps it. @returns how many it were */
  async rewrap(tx: Tx): Promise<number> {
    const stale = await this.stale(tx, 'for update');
    if (!stale) return 0;
    const wrapped = this.installationKey.rewrap(tx.practiceId, undefined, stale.wrapped);
    await tx.manager.update(PracticeKey, { practiceId: tx.practiceId }, { wrapped });
    return 1;
  }

  private async stale(tx: Tx, lock?: 'for update'): Promise<PracticeKey | undefined> {
    const key = await tx.manager.findOne(PracticeKey, {
      where: { practiceId: tx.practiceId },
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    const { currentWrapping } = this.installationKey;
    const isCurrent = key?.wrapped.subarray(0, currentWrapping.length).equals(currentWrapping) ?? true;
    return isCurrent ? undefined : key!;
  }
}
