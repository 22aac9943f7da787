import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Client } from './client.entity.js';
import { consentNotInForce } from './client.errors.js';
import { ClientFiles } from './client-files.js';
import type { GiveConsent, GiveOwnConsent } from './consent.dto.js';
import { Consent } from './consent.entity.js';
import { ConsentText } from './consent-text.entity.js';
import { Consents } from './consents.js';

/** Consent, as the coach records it from paper and as the client gives and withdraws it. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly consents: Consents,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(person: Person, clientId: string): Promise<Consent[]> {
    const consents = await this.tenant.read(person, async (tx) => {
      await this.files.visible(tx, person, clientId);
      return this.newestFirst(tx, clientId);
    });
    await this.audit.witness(person, { event: 'consents.listed', clientId, rowCount: consents.length });
    return consents;
  }

  /** The client's own consents, and the text as it reads now. */
  async listOwn(person: Person): Promise<{ consents: Consent[]; text: ConsentText }> {
    const own = await this.tenant.read(person, async (tx) => {
      const { id } = await this.files.own(tx, person);
      return { consents: await this.newestFirst(tx, id), text: await this.consents.currentText(tx) };
    });
    const { clientId } = person;
    await this.audit.witness(person, { event: 'consents.listed', clientId, rowCount: own.consents.length });
    return own;
  }

  record(person: Person, clientId: string, given: GiveConsent): Promise<Consent> {
    return this.tenant.once(
      person,
      async (tx) =>
        this.onFile(tx, await this.files.visible(tx, person, clientId, 'for update'), given, person),
      (tx, id) => this.load(tx, id),
    );
  }

  /** The client's own word, today, in the portal. */
  give(person: Person, { textVersion }: GiveOwnConsent): Promise<Consent> {
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await this.files.own(tx, person, 'for update');
        const givenOn = await this.consents.today(tx);
        return this.onFile(tx, client, { channel: 'portal', givenOn, textVersion }, person);
      },
      (tx, id) => this.load(tx, id),
    );
  }

  /** As easy as giving (AVG art. 7(3)): from here on nothing new about health is stored. */
  withdraw(person: Person, consentId: string): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const client = await this.files.own(tx, person, 'for update');
      const consent = await this.load(tx, consentId);
      if (consent.clientId !== client.id) throw notFound();
      if (consent.withdrawnAt !== null) throw consentNotInForce();
      await tx.manager.save(
        Object.assign(consent, { withdrawnAt: this.clock.now(), withdrawnBy: person.userId }),
      );
      if (client.consentId === consent.id) {
        client.consentId = null;
        await tx.manager.save(client);
      }
      this.audit.record(tx, {
        event: 'consent.withdrawn',
        clientId: client.id,
        objectType: 'consent',
        objectId: consent.id,
      });
    });
  }

  private async onFile(tx: Tx, client: Client, given: GiveConsent, { userId }: Person): Promise<Consent> {
    const consent = await this.consents.record(tx, client, given, userId);
    await tx.manager.save(client);
    return consent;
  }

  private async load(tx: Tx, id: string): Promise<Consent> {
    const consent = await tx.manager.findOneBy(Consent, { practiceId: tx.practiceId, id });
    if (!consent) throw notFound();
    return consent;
  }

  private newestFirst(tx: Tx, clientId: string): Promise<Consent[]> {
    return tx.manager.find(Consent, {
      where: { practiceId: tx.practiceId, clientId },
      order: { id: 'desc' },
      take: 100,
    });
  }
}
