import { Injectable } from '@nestjs/common';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { DAY, fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import { Tenant } from '../database/tenant.js';
import { Audit } from './audit.js';
import type { AccessLogQuery } from './access-log.dto.js';
import { accessLogPage, type AccessLogRow } from './access-log.queries.js';

/** The log of one file, as its client reads it. */
@Injectable()
export class AccessLogService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Who opened what of mine and when, newest day first; somebody without a file reads an empty log. */
  async list(person: Person, { limit, cursor, from, to }: AccessLogQuery): Promise<Page<AccessLogRow>> {
    const { clientId, userId } = person;
    const after = cursor ? (fromCursor(cursor, [DAY, UUID]) as [string, string]) : undefined;
    if (!clientId) return { items: [] };
    const rows = await this.tenant.read(person, (tx) =>
      accessLogPage(tx, { clientId, userId, from, to, now: this.clock.now(), after, limit: limit + 1 }),
    );
    await this.audit.witness(person, {
      event: 'access_log.read',
      clientId,
      rowCount: Math.min(rows.length, limit),
    });
    return pageOf(
      rows,
      limit,
      ({ on, lastId }) => [on, lastId],
      (row) => row,
    );
  }
}
