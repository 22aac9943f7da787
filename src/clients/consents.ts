import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import { dayIn } from '../common/day.js';
import { newId } from '../common/id.js';
import type { Tx } from '../database/tx.js';
import { PracticesService } from '../practices/practices.service.js';
import { Client } from './client.entity.js';
import { consentInTheFuture, unknownConsentText } from './client.errors.js';
import type { GiveConsent } from './consent.dto.js';
import { Consent } from './consent.entity.js';
import { ConsentText } from './consent-text.entity.js';

/** Puts consent on a file, and takes it off. */
@Injectable()
export class Consents {
  constructor(
    private readonly practices: PracticesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Today, where the practice is. */
  async today(tx: Tx): Promise<string> {
    const { timeZone } = await this.practices.own(tx);
    return dayIn(timeZone, this.clock.now());
  }

  /**
   * Records a consent and puts it in force on the file; hold the file `for update`.
   * @param recordedBy the user who put it on file: the client in the portal, else who holds the paper
   */
  async record(tx: Tx, client: Client, given: GiveConsent, recordedBy: string): Promise<Consent> {
    if (given.givenOn > (await this.today(tx))) throw consentInTheFuture();
    const now = this.clock.now();
    const consent = tx.manager.create(Consent, {
      practiceId: tx.practiceId,
      id: newId(now),
      clientId: client.id,
      coachId: client.coachId,
      textVersion: await this.knownVersion(tx, given.textVersion),
      channel: given.channel,
      givenOn: given.givenOn,
      recordedBy,
      recordedAt: now,
      withdrawnAt: null,
      withdrawnBy: null,
    });
    await tx.manager.insert(Consent, consent);
    client.consentId = consent.id;
    this.audit.record(tx, {
      event: 'consent.given',
      clientId: client.id,
      objectType: 'consent',
      objectId: consent.id,
      ground: `text ${consent.textVersion}, ${consent.channel}`,
    });
    return consent;
  }

  /** The newest text of the practice. */
  currentText(tx: Tx): Promise<ConsentText> {
    return tx.manager.findOneOrFail(ConsentText, {
      where: { practiceId: tx.practiceId },
      order: { version: 'desc' },
    });
  }

  private async knownVersion(tx: Tx, asked: number | undefined): Promise<number> {
    if (asked === undefined) return (await this.currentText(tx)).version;
    const text = await tx.manager.findOneBy(ConsentText, { practiceId: tx.practiceId, version: asked });
    if (!text) throw unknownConsentText();
    return text.version;
  }
}
