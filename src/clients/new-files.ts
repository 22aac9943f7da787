import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { Tx } from '../database/tx.js';
import type { OpenFile } from './client.dto.js';
import { Client } from './client.entity.js';
import { ClientKeys } from './client-keys.js';
import { Consents } from './consents.js';

/** Who a new file is about, and what they consented to. */
export type NewFile = Pick<OpenFile, 'name' | 'email' | 'phone' | 'company' | 'language' | 'consent'>;

/** Opens files: a prospect of a coach, with a key of its own and, where it was given, the consent. */
@Injectable()
export class NewFiles {
  constructor(
    private readonly keys: ClientKeys,
    private readonly consents: Consents,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @param openedBy the user who puts it on file */
  async open(
    tx: Tx,
    input: NewFile,
    { coachId, openedBy }: { coachId: string; openedBy: string },
  ): Promise<Client> {
    const client = await this.insert(tx, input, coachId);
    await this.keys.make(tx, client);
    if (input.consent) {
      await this.consents.record(tx, client, input.consent, openedBy);
      await tx.manager.save(client);
    }
    this.audit.record(tx, {
      event: 'client.opened',
      clientId: client.id,
      objectType: 'client',
      objectId: client.id,
    });
    return client;
  }

  private async insert(tx: Tx, input: NewFile, coachId: string): Promise<Client> {
    const now = this.clock.now();
    const client = tx.manager.create(Client, {
      practiceId: tx.practiceId,
      id: newId(now),
      coachId,
      userId: null,
      name: input.name,
      email: input.email ?? null,
      phone: input.phone ?? null,
      company: input.company ?? null,
      language: input.language,
      status: 'prospect',
      consentId: null,
      createdAt: now,
      invitedAt: null,
      closedAt: null,
    });
    await tx.manager.insert(Client, client);
    return client;
  }
}
