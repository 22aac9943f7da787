import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { PageQuery } from '../common/page.dto.js';
import { fromCursor, type Page, pageOf } from '../common/page.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { PracticesService } from '../practices/practices.service.js';
import type { PublishConsentText } from './consent.dto.js';
import { ConsentText } from './consent-text.entity.js';
import { Consents } from './consents.js';

/** What a version looks like in a cursor. */
const VERSION = /^[1-9]\d{0,4}$/;

/** The versions of what clients consent to. What was published is what clients read: it does not change again. */
@Injectable()
export class ConsentTextsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly practices: PracticesService,
    private readonly consents: Consents,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(person: Person, { limit, cursor }: PageQuery): Promise<Page<ConsentText>> {
    const before = cursor ? Number(fromCursor(cursor, [VERSION])[0]) : undefined;
    const { practiceId } = person;
    const texts = await this.tenant.read(person, (tx) =>
      tx.manager.find(ConsentText, {
        where: { practiceId, ...(before && { version: LessThan(before) }) },
        order: { version: 'desc' },
        take: limit + 1,
      }),
    );
    return pageOf(
      texts,
      limit,
      ({ version }) => [String(version)],
      (text) => text,
    );
  }

  /** Two that publish at once make two versions, one after the other. */
  publish(person: Person, { nl, en }: PublishConsentText): Promise<ConsentText> {
    return this.tenant
      .once(
        person,
        async (tx) => {
          // Whoever publishes next waits here, and counts on from this one.
          await this.practices.own(tx, 'for update');
          const { version } = await this.consents.currentText(tx);
          const text = tx.manager.create(ConsentText, {
            practiceId: tx.practiceId,
            version: version + 1,
            textNl: nl,
            textEn: en,
            publishedAt: this.clock.now(),
          });
          await tx.manager.insert(ConsentText, text);
          this.audit.record(tx, {
            event: 'consent_text.published',
            objectType: 'consent_text',
            ground: `text ${text.version}`,
          });
          return published(text);
        },
        async (tx, id) => published(await this.load(tx, id)),
      )
      .then(({ text }) => text);
  }

  private load(tx: Tx, id: string): Promise<ConsentText> {
    return tx.manager.findOneByOrFail(ConsentText, { practiceId: tx.practiceId, version: versionIn(id) });
  }
}

/** A version is known by its number; a repeated request remembers a UUID, so the number is written as one. */
const published = (text: ConsentText) => ({
  id: `00000000-0000-8000-8000-${String(text.version).padStart(12, '0')}`,
  text,
});
const versionIn = (id: string): number => Number(id.slice(-12));
