import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SystemTask } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { loggedError } from '../common/logged-error.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { BEGINNING, hashOf, INSTALLATION, type Seal } from './chain.js';
import {
  addSeal,
  isAlone,
  isBehind,
  lastSeal,
  sealsAfter,
  tellFiles,
  unsealedRows,
} from './chain.queries.js';
import { SealsOutside } from './seals-outside.js';

const EVERY_MS = 5_000;
const MOST_ROWS = 5_000;
const MOST_SEALS_TOLD = 500;

/** A chain is not as this process left it: somebody took seals away, or made others in their place. */
export class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
}

/** The log was restored into a cluster whose transactions are numbered from lower on; docs/operations.md says what to do. */
export class SealsAheadOfDatabase extends Error {
  override readonly name = 'SealsAheadOfDatabase';
}

/**
 * Chains the rows of the logs, a few seconds after they were written: one chain per practice, and one for what
 * happens before a practice is known; and tells each file of a list that it was in it. It takes no lock that a reader or a writer waits for, and any number of
 * workers may do it at once.
 */
@Injectable()
export class Sealer implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Sealer.name);
  private readonly stopping = new AbortController();
  /** The newest seal of each chain that this process knows of. */
  private readonly heads = new Map<string, Pick<Seal, 'number' | 'hash'>>();
  private working?: Promise<void>;
  /** The transaction from which on the next round looks; the first looks at all there is. */
  private since?: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly clock: Clock,
    private readonly outside: SealsOutside,
  ) {}

  /** Begins to seal, in this process, until it is told to stop; beside the jobs. */
  work(): void {
    this.working ??= this.keepSealing();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  /** Seals what every chain has new. One that fails hinders no other. */
  async round(): Promise<void> {
    const [{ horizon }] = await this.dataSource.query<[{ horizon: string }]>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
    );
    let failures = 0;
    for (const practiceId of [INSTALLATION, ...(await this.practiceIds())]) {
      try {
        await this.seal(practiceId);
      } catch (error) {
        failures += 1;
        this.logger.error({ practice: practiceId, err: loggedError(error) });
      }
    }
    if (failures === 0) this.since = horizon;
  }

  /**
   * Seals what one chain has new, and tells it outside the database where that is set up.
   * @throws ChainBroken, SealsAheadOfDatabase
   */
  async seal(practiceId: string): Promise<void> {
    while ((await this.sealSome(practiceId)) === MOST_ROWS);
    if (this.outside.isSetUp) await this.tell(practiceId);
  }

  /** @returns how many rows it sealed; none when another worker is at it */
  private async sealSome(practiceId: string): Promise<number> {
    const sealed = await this.tenant.change(sealing(practiceId), async (tx) => {
      if (!(await isAlone(tx))) return undefined;
      const last = await lastSeal(tx);
      await this.expectUnbroken(tx, last);
      const rows = await unsealedRows(tx, last, MOST_ROWS);
      if (!rows) return undefined;
      const link = {
        ...rows,
        practiceId,
        number: last.number + 1,
        previous: last.hash,
        sealedAt: this.clock.now(),
      };
      const seal = { ...link, hash: hashOf(link) };
      await Promise.all([addSeal(tx, seal), tellFiles(tx, last, seal)]);
      return seal;
    });
    // Only what was committed is what a chain must still be.
    if (sealed) this.heads.set(practiceId, { number: sealed.number, hash: sealed.hash });
    return sealed?.rowCount ?? 0;
  }

  /** What is sealed over is not to be told from what was always so: better to stop, and to say it. */
  private async expectUnbroken(tx: Tx, last: Seal | typeof BEGINNING): Promise<void> {
    const known = this.heads.get(tx.practiceId);
    if (known) {
      const [next] = await sealsAfter(tx, known.number - 1, 1);
      if (!next?.hash.equals(known.hash)) throw new ChainBroken(`seal ${known.number} is not what it was`);
    }
    if (await isBehind(tx, last))
      throw new SealsAheadOfDatabase(`seal ${last.number} is of a later transaction`);
    if (last.number > 0) this.heads.set(tx.practiceId, { number: last.number, hash: last.hash });
  }

  private async tell(practiceId: string): Promise<void> {
    for (;;) {
      const told = await this.outside.lastTold(practiceId);
      const seals = await this.tenant.read(sealing(practiceId), (tx) =>
        sealsAfter(tx, told, MOST_SEALS_TOLD),
      );
      await this.outside.tell(seals);
      if (seals.length < MOST_SEALS_TOLD) return;
    }
  }

  private async practiceIds(): Promise<string[]> {
    const rows = await (this.since === undefined
      ? this.dataSource.query<{ id: string }[]>('select lookup.practice_ids() as id')
      : this.dataSource.query<{ id: string }[]>('select lookup.practices_to_seal($1::xid8) as id', [
          this.since,
        ]));
    return rows.map(({ id }) => id);
  }

  private async keepSealing(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.round().catch((error: unknown) => this.logger.error({ err: loggedError(error) }));
      await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Who reads a log to seal it, or to hold it against its seals. */
export function sealing(practiceId: string): SystemTask {
  return { practiceId, task: 'sealing', origin: { requestId: randomUUID() } };
}
