import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import { dayIn } from '../common/day.js';
import { newId } from '../common/id.js';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import { PracticesService } from '../practices/practices.service.js';
import { Client } from './client.entity.js';
import {
  consentInTheFuture,
  consentNotInForce,
  unknownConsentText,
  withdrawnBeforeGiven,
  withdrawnInTheFuture,
} from './client.errors.js';
import type { ConsentChannel, GiveConsent } from './consent.dto.js';
import { Consent } from './consent.entity.js';
import { ConsentText } from './consent-text.entity.js';

/** How the practice was told that a consent ends. */
export interface Withdrawal {
  /** The day on which the practice received it; today when left out. */
  readonly on?: string;
  readonly channel: ConsentChannel;
  /** The user who put it on file: the client in the portal, else who holds the paper. */
  readonly by: string;
}

/** Puts consent on a file, and takes it off. */
@Injectable()
export class Consents {
  constructor(
    private readonly practices: PracticesService,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
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
      withdrawnOn: null,
      withdrawalChannel: null,
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
    // What the client says themselves may take back what a withdrawal set going; a paper is looked at by the admin.
    if (given.channel === 'portal') await this.follow(tx, consent.id);
    return consent;
  }

  /**
   * Takes the client's consent back, whole: the one in force, and with it every earlier one it came in place of. From
   * here on nothing new about health is stored; what follows from it is a job of this same transaction. Hold the file
   * `for update`.
   * @throws Problem 409 `consent-not-in-force`, 422
   */
  async withdraw(
    tx: Tx,
    client: Client,
    consent: Consent,
    { on, channel, by }: Withdrawal,
  ): Promise<Consent> {
    if (consent.withdrawnAt !== null) throw consentNotInForce();
    const today = await this.today(tx);
    const withdrawnOn = on ?? today;
    if (withdrawnOn > today) throw withdrawnInTheFuture();
    if (withdrawnOn < consent.givenOn) throw withdrawnBeforeGiven();
    const withdrawal = {
      withdrawnAt: this.clock.now(),
      withdrawnOn,
      withdrawalChannel: channel,
      withdrawnBy: by,
    };
    const inForce = client.consentId ?? consent.id;
    const whose = { practiceId: tx.practiceId, clientId: client.id };
    await tx.manager.update(Consent, { ...whose, withdrawnAt: IsNull() }, withdrawal);
    client.consentId = null;
    await tx.manager.save(client);
    await this.follow(tx, inForce);
    this.audit.record(tx, {
      event: 'consent.withdrawn',
      clientId: client.id,
      objectType: 'consent',
      objectId: inForce,
      ground: channel,
    });
    return Object.assign(consent, withdrawal);
  }

  /** The newest text of the practice. */
  currentText(tx: Tx): Promise<ConsentText> {
    return tx.manager.findOneOrFail(ConsentText, {
      where: { practiceId: tx.practiceId },
      order: { version: 'desc' },
    });
  }

  private follow(tx: Tx, consentId: string): Promise<void> {
    return this.jobs.enqueue(tx, 'follow-consent', { practiceId: tx.practiceId, consentId });
  }

  private async knownVersion(tx: Tx, asked: number | undefined): Promise<number> {
    if (asked === undefined) return (await this.currentText(tx)).version;
    const text = await tx.manager.findOneBy(ConsentText, { practiceId: tx.practiceId, version: asked });
    if (!text) throw unknownConsentText();
    return text.version;
  }
}
