import { Injectable } from '@nestjs/common';
import type { Person } from '../common/actor.js';
import { addDays, startOfDay } from '../common/day.js';
import { earliestIdAt } from '../common/id.js';
import { fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Audit } from './audit.js';
import type { AuditLogQuery } from './audit-log.dto.js';
import { auditLogPage, type StoredAuditEvent } from './audit-log.queries.js';

/** The audit log, as the admin reads it. */
@Injectable()
export class AuditLogService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
  ) {}

  /** Newest first. Reading the log is itself an event. */
  async list(person: Person, query: AuditLogQuery): Promise<Page<StoredAuditEvent>> {
    const { limit, cursor, clientId, userId } = query;
    const before = cursor ? String(fromCursor(cursor, [UUID])[0]) : undefined;
    const events = await this.tenant.read(person, async (tx) => {
      const period = await this.period(tx, query);
      return auditLogPage(tx, { clientId, userId, ...period, before, limit: limit + 1 });
    });
    await this.audit.witness(person, {
      event: 'audit_events.listed',
      clientId,
      rowCount: Math.min(events.length, limit),
    });
    return pageOf(
      events,
      limit,
      ({ id }) => [id],
      (event) => event,
    );
  }

  /** Ids are in the order of time, so a period of days is a range of ids. */
  private async period(tx: Tx, { from, to }: AuditLogQuery): Promise<{ from?: string; until?: string }> {
    if (!from && !to) return {};
    const [practice] = await tx.query<{ time_zone: string }>(
      'select time_zone from practices where id = $1',
      [tx.practiceId],
    );
    const zone = practice!.time_zone;
    return {
      ...(from && { from: earliestIdAt(startOfDay(from, zone)) }),
      ...(to && { until: earliestIdAt(startOfDay(addDays(to, 1), zone)) }),
    };
  }
}
