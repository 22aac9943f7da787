import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Consents } from '../clients/consents.js';
import type { Origin, SystemTask } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { Language } from '../common/language.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import { PracticeKeys } from '../practices/practice-keys.js';
import { PracticeSlugs } from '../practices/practice-slugs.js';
import { PracticesService } from '../practices/practices.service.js';
import type { IntakeForm, SendIntakeRequest } from './intake-request.dto.js';
import { notTheCurrentText } from './intake-request.errors.js';
import { sealWords } from './intake-words.js';

/**
 * The form on the website of a practice. The system task `intake_form` puts a request in, and reads none: what came in
 * by this door does not go out by it.
 */
@Injectable()
export class IntakeFormService {
  constructor(
    private readonly tenant: Tenant,
    private readonly slugs: PracticeSlugs,
    private readonly practices: PracticesService,
    private readonly consents: Consents,
    private readonly keys: PracticeKeys,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async read(slug: string, language: Language, origin: Origin): Promise<IntakeForm> {
    const [practice, text] = await this.tenant.read(await this.form(slug, origin), (tx) =>
      Promise.all([this.practices.own(tx), this.consents.currentText(tx)]),
    );
    const consentText = language === 'nl' ? text.textNl : text.textEn;
    return { practice: practice.name, textVersion: text.version, consentText };
  }

  /** A program that filled in what people do not see is answered as everybody is, and nothing is kept. */
  async send(slug: string, input: SendIntakeRequest, preferred: Language, origin: Origin): Promise<void> {
    await this.tenant.change(await this.form(slug, origin), async (tx) => {
      const { version } = await this.consents.currentText(tx);
      if (input.consent.textVersion !== version) throw notTheCurrentText();
      if (!input.website) await this.keep(tx, input, preferred);
    });
  }

  private async keep(tx: Tx, input: SendIntakeRequest, preferred: Language): Promise<void> {
    const { name, email, phone, message, consent } = input;
    const now = this.clock.now();
    const id = newId(now);
    const words = { name, email, ...(phone && { phone }), language: input.language ?? preferred, message };
    const cipher = await this.keys.make(tx);
    // By hand: TypeORM would read the row back, which this task may not.
    await tx.query(
      `insert into intake_requests (practice_id, id, status, text_version, request, received_at, version)
       values ($1, $2, 'new', $3, $4, $5, 1)`,
      [tx.practiceId, id, consent.textVersion, sealWords(cipher, id, words), now],
    );
    await this.jobs.enqueue(tx, 'mail-intake-request', { practiceId: tx.practiceId });
    this.audit.record(tx, {
      event: 'intake_request.received',
      objectType: 'intake_request',
      objectId: id,
      ground: `text ${consent.textVersion}`,
    });
  }

  private async form(slug: string, origin: Origin): Promise<SystemTask> {
    return { practiceId: await this.slugs.find(slug), task: 'intake_form', origin };
  }
}
