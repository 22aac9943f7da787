import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { LogVerification } from '../audit/verification.js';
import type { Person } from '../common/actor.js';
import { earliestIdAt } from '../common/id.js';
import { fromCursor, toCursor, UUID } from '../common/page.js';
import { Tenant } from '../database/tenant.js';
import type { LeakReport, LeakReportQuery } from './leak-report.dto.js';
import { emptyPeriod } from './leak-report.errors.js';
import { countTouchedFiles, touchesByFile } from './leak-report.queries.js';
import { touchedFiles } from './leak-report.view.js';

/**
 * What a practice has to know within 72 hours of hearing of a leak (AVG art. 33): whose files were touched in a
 * period, and by whom. It is read from the audit log, all months of it, and says whether that log is what was sealed.
 */
@Injectable()
export class LeakReportService {
  constructor(
    private readonly tenant: Tenant,
    private readonly verification: LogVerification,
    private readonly audit: Audit,
  ) {}

  async make(person: Person, query: LeakReportQuery): Promise<LeakReport> {
    const [from, until] = [new Date(query.from), new Date(query.until)];
    if (until <= from) throw emptyPeriod();
    const after = query.cursor ? String(fromCursor(query.cursor, [UUID])[0]) : undefined;
    const stretch = { from: earliestIdAt(from), until: earliestIdAt(until), userId: query.userId };
    const { limit } = query;
    const [files, touches] = await this.tenant.read(person, (tx) =>
      Promise.all([countTouchedFiles(tx, stretch), touchesByFile(tx, stretch, { after, limit: limit + 1 })]),
    );
    const { broken } = await this.verification.verify(person);
    const found = touchedFiles(touches);
    const items = found.slice(0, limit);
    await this.audit.witness(person, {
      event: 'leak_report.made',
      rowCount: items.length,
      clientIds: items.map(({ clientId }) => clientId),
    });
    const last = items.at(-1);
    return {
      from: from.toISOString(),
      until: until.toISOString(),
      isIntact: !broken,
      files,
      items,
      ...(found.length > limit && last && { next: toCursor([last.clientId]) }),
    };
  }
}
