import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { visibleFiles } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { jsonPageOf, type JsonText } from '../common/json-text.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import { remarkOf } from '../homework/logs/log.queries.js';
import type { TimelineItem, TimelinePage, TimelineQuery } from './timeline.dto.js';
import { placeIn, placeOf } from './timeline-place.js';
import { timelinePage, type TimelineRow } from './timeline.queries.js';

/** What happened in a file, all kinds together. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly tenant: Tenant,
    private readonly installationKey: InstallationKey,
    private readonly audit: Audit,
  ) {}

  async read(
    person: Person,
    clientId: string,
    { kind, from, to, limit, cursor }: TimelineQuery,
  ): Promise<JsonText<TimelinePage>> {
    const { practiceId, coachId } = visibleFiles(person);
    const after = cursor ? placeIn(cursor) : undefined;
    const asked = { clientId, coachId, reader: person.userId, kind, from, to, after, limit: limit + 1 };
    const rows = await this.tenant.read(person, (tx) => timelinePage(tx, asked));
    if (!rows) throw notFound();
    const items = rows.map((row) => this.opened(practiceId, clientId, row));
    const rowCount = Math.min(rows.length, limit);
    await this.audit.witness(person, { event: 'timeline.read', clientId, rowCount });
    return jsonPageOf(items, limit, placeOf);
  }

  private opened(
    practiceId: string,
    clientId: string,
    { id, item, sealed, sealedVersion, wrappedKey }: TimelineRow,
  ): JsonText<TimelineItem> {
    if (!sealed || !wrappedKey) return item;
    const file = this.installationKey.unwrap(practiceId, clientId, wrappedKey);
    const { log } = item.read();
    return item.with({ log: { ...log!, remark: file.open(remarkOf(id, sealedVersion!), sealed) } });
  }
}
