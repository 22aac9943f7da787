import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { ClientFiles } from '../clients/client-files.js';
import { ClientKeys } from '../clients/client-keys.js';
import { type Person, taskFor } from '../common/actor.js';
import type { Place } from '../common/cipher/file-cipher.js';
import { Clock } from '../common/clock.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import type { HoldView } from './retention.dto.js';
import { RetentionHold } from './retention-hold.entity.js';

/** Keeps a file beyond its term, for a reason; the reason is sealed with the client's key, as all that is about them. */
@Injectable()
export class HoldsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly keys: ClientKeys,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Places a hold, or gives the one that stands another reason. @throws Problem 404 */
  async place(person: Person, clientId: string, reason: string): Promise<HoldView> {
    await this.tenant.read(person, (tx) => this.files.visible(tx, person, clientId));
    return this.tenant.change(taskFor(person, 'retention'), async (tx) => {
      const { coachId } = await this.files.inPractice(tx, clientId);
      const key = { practiceId: tx.practiceId, clientId };
      const stands = await tx.manager.findOne(RetentionHold, {
        where: key,
        lock: { mode: 'pessimistic_write' },
      });
      const version = (stands?.version ?? 0) + 1;
      const file = await this.keys.open(tx, clientId);
      const placed = {
        reason: file.seal(placeOf(clientId, version), reason),
        placedBy: person.userId,
        placedAt: this.clock.now(),
      };
      if (stands) await tx.manager.save(Object.assign(stands, placed));
      else await tx.manager.insert(RetentionHold, { ...key, coachId, ...placed, version });
      this.audit.record(tx, { event: 'hold.placed', clientId, objectType: 'client', objectId: clientId });
      return { clientId, reason, placedBy: person.userId, placedAt: placed.placedAt.toISOString() };
    });
  }

  /** @throws Problem 404 where the file is not held */
  async lift(person: Person, clientId: string): Promise<void> {
    await this.tenant.read(person, (tx) => this.files.visible(tx, person, clientId));
    await this.tenant.change(taskFor(person, 'retention'), async (tx) => {
      const { affected } = await tx.manager.delete(RetentionHold, { practiceId: tx.practiceId, clientId });
      if (affected !== 1) throw notFound();
      this.audit.record(tx, { event: 'hold.lifted', clientId, objectType: 'client', objectId: clientId });
    });
  }

  /** The holds on these files, in words. */
  async tell(tx: Tx, clientIds: readonly string[]): Promise<Map<string, HoldView>> {
    const where = { practiceId: tx.practiceId, clientId: In([...clientIds]) };
    const holds = clientIds.length === 0 ? [] : await tx.manager.find(RetentionHold, { where });
    const told = await Promise.all(holds.map((hold) => this.inWords(tx, hold)));
    return new Map(told.map((view) => [view.clientId, view]));
  }

  private async inWords(tx: Tx, hold: RetentionHold): Promise<HoldView> {
    const { clientId, placedBy, version } = hold;
    const file = await this.keys.open(tx, clientId);
    const reason = file.open(placeOf(clientId, version), hold.reason);
    return { clientId, reason, placedBy, placedAt: hold.placedAt.toISOString() };
  }
}

const placeOf = (row: string, version: number): Place => ({
  column: 'retention_holds.reason',
  row,
  version,
});
