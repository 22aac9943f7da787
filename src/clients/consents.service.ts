import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Client } from './client.entity.js';
import { consentTextOutdated } from './client.errors.js';
import { ClientFiles } from './client-files.js';
import type { GiveConsent, GiveOwnConsent, WithdrawOnPaper } from './consent.dto.js';
import { Consent } from './consent.entity.js';
import { ConsentText } from './consent-text.entity.js';
import { Consents } from './consents.js';

/** A consent as it stands on its file. */
export interface FiledConsent {
  readonly id: string;
  readonly consent: Consent;
  readonly inForce: boolean;
}

/** Consent, as the client gives and withdraws it, and as coach or admin record either from paper. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly consents: Consents,
    private readonly audit: Audit,
  ) {}

  async list(person: Person, clientId: string): Promise<FiledConsent[]> {
    const consents = await this.tenant.read(person, async (tx) =>
      this.newestFirst(tx, await this.files.visible(tx, person, clientId)),
    );
    await this.audit.witness(person, { event: 'consents.listed', clientId, rowCount: consents.length });
    return consents;
  }

  /** The client's own consents, and the text as it reads now. */
  async listOwn(person: Person): Promise<{ consents: FiledConsent[]; text: ConsentText }> {
    const own = await this.tenant.read(person, async (tx) => {
      const client = await this.files.own(tx, person);
      return {
        consents: await this.newestFirst(tx, client),
        text: await this.consents.currentText(tx),
      };
    });
    const { clientId } = person;
    await this.audit.witness(person, { event: 'consents.listed', clientId, rowCount: own.consents.length });
    return own;
  }

  record(person: Person, clientId: string, given: GiveConsent): Promise<FiledConsent> {
    return this.tenant.once(
      person,
      async (tx) =>
        this.onFile(tx, await this.files.visible(tx, person, clientId, 'for update'), given, person),
      async (tx, id) => this.find(tx, await this.files.visible(tx, person, clientId), id),
    );
  }

  /** The client's own word, today, in the portal; about the text as it reads now. */
  give(person: Person, { textVersion }: GiveOwnConsent): Promise<FiledConsent> {
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await this.files.own(tx, person, 'for update');
        const { version } = await this.consents.currentText(tx);
        if (textVersion !== undefined && textVersion < version) throw consentTextOutdated(version);
        const givenOn = await this.consents.today(tx);
        return this.onFile(tx, client, { channel: 'portal', givenOn, textVersion }, person);
      },
      async (tx, id) => this.find(tx, await this.files.own(tx, person), id),
    );
  }

  /** As easy as giving (AVG art. 7(3)): one call, without a reason. */
  withdraw(person: Person, consentId: string): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const client = await this.files.own(tx, person, 'for update');
      const { consent } = await this.find(tx, client, consentId);
      await this.consents.withdraw(tx, client, consent, { channel: 'portal', by: person.userId });
    });
  }

  /** What the client withdrew on paper, or said; put on file for them. */
  recordWithdrawal(
    person: Person,
    clientId: string,
    consentId: string,
    { withdrawnOn }: WithdrawOnPaper,
  ): Promise<FiledConsent> {
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await this.files.visible(tx, person, clientId, 'for update');
        const { consent } = await this.find(tx, client, consentId);
        const how = { on: withdrawnOn, channel: 'paper', by: person.userId } as const;
        return filed(client, await this.consents.withdraw(tx, client, consent, how));
      },
      async (tx, id) => this.find(tx, await this.files.visible(tx, person, clientId), id),
    );
  }

  private async onFile(
    tx: Tx,
    client: Client,
    given: GiveConsent,
    { userId }: Person,
  ): Promise<FiledConsent> {
    const consent = await this.consents.record(tx, client, given, userId);
    await tx.manager.save(client);
    return filed(client, consent);
  }

  private async find(tx: Tx, client: Client, id: string): Promise<FiledConsent> {
    const { practiceId } = tx;
    const consent = await tx.manager.findOneBy(Consent, { practiceId, id, clientId: client.id });
    if (!consent) throw notFound();
    return filed(client, consent);
  }

  private async newestFirst(tx: Tx, client: Client): Promise<FiledConsent[]> {
    const consents = await tx.manager.find(Consent, {
      where: { practiceId: tx.practiceId, clientId: client.id },
      order: { id: 'desc' },
      take: 100,
    });
    return consents.map((consent) => filed(client, consent));
  }
}

const filed = (client: Client, consent: Consent): FiledConsent => ({
  id: consent.id,
  consent,
  inForce: client.consentId === consent.id,
});
