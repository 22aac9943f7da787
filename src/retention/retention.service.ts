import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Language } from '../common/language.js';
import type { PageQuery } from '../common/page.dto.js';
import { DAY, fromCursor, pageOf, UUID } from '../common/page.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import { leastYearsOf } from '../practices/file-term.js';
import type { Practice } from '../practices/practice.entity.js';
import { PracticesService } from '../practices/practices.service.js';
import { HoldsService } from './holds.service.js';
import type { ChooseTerm, RetentionPreview } from './retention.dto.js';
import { termTooShort } from './retention.errors.js';
import { countIntakeRequests, filesInTerm } from './retention.queries.js';
import { retainedFileView, termView, WHAT_GOES, WHAT_STAYS } from './retention.view.js';

/** How long files are kept, and what will go, when and why not yet: shown before anything happens. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly tenant: Tenant,
    private readonly practices: PracticesService,
    private readonly holds: HoldsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async preview(person: Person, { limit, cursor }: PageQuery, language: Language): Promise<RetentionPreview> {
    const after = cursor ? fromCursor(cursor, [DAY, UUID]) : undefined;
    const now = this.clock.now();
    const intakeRequests = await this.tenant.read(person, countIntakeRequests);
    const { practice, files, holds } = await this.tenant.read(taskFor(person, 'retention'), async (tx) => {
      const [own, found] = await Promise.all([
        this.practices.own(tx),
        filesInTerm(tx, now, { after, limit: limit + 1 }),
      ]);
      const held = found.filter(({ keptBecause }) => keptBecause === 'hold').map(({ clientId }) => clientId);
      return { practice: own, files: found, holds: await this.holds.tell(tx, held) };
    });
    const page = pageOf(
      files,
      limit,
      ({ sortsOn, clientId }) => [sortsOn, clientId],
      (file) => retainedFileView(file, language, holds.get(file.clientId)),
    );
    await this.audit.witness(person, {
      event: 'retention.previewed',
      clientIds: page.items.map(({ clientId }) => clientId),
      rowCount: page.items.length,
    });
    return {
      term: termView(practice),
      goes: WHAT_GOES.map((text) => text[language]),
      stays: WHAT_STAYS.map((text) => text[language]),
      intakeRequests,
      ...page,
    };
  }

  /** @throws Problem 422 where the law says longer */
  chooseTerm(person: Person, { years, reason }: ChooseTerm, version?: number): Promise<Practice> {
    return this.tenant.change(person, async (tx) => {
      const practice = await this.practices.own(tx, 'for update');
      expectVersion(practice, version);
      const least = leastYearsOf(practice.regime);
      if (years < least) throw termTooShort(least);
      const ground = `${years} years`;
      const changed = await tx.manager.save(
        Object.assign(practice, { fileYears: years, fileYearsReason: reason }),
      );
      const about = { objectType: 'practice', objectId: practice.id };
      this.audit.record(tx, { event: 'practice.retention_changed', ground, ...about });
      return changed;
    });
  }
}
