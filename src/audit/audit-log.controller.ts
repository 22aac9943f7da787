import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { Audit } from './audit.js';
import { AuditEventPage, AuditLogQuery, AuditVerification } from './audit-log.dto.js';
import { AuditLogService } from './audit-log.service.js';
import { auditEventView } from './audit-log.view.js';
import { LogVerification } from './verification.js';

@ApiTags('Audit')
@Controller('v1/audit-events')
@Roles('admin')
export class AuditLogController {
  constructor(
    private readonly log: AuditLogService,
    private readonly verification: LogVerification,
    private readonly audit: Audit,
  ) {}

  /** Who did what to whose file, newest first. */
  @Get()
  async list(@CurrentPerson() person: Person, @Query() query: AuditLogQuery): Promise<AuditEventPage> {
    const page = await this.log.list(person, query);
    return { ...page, items: page.items.map(auditEventView) };
  }

  /** Whether the log is what was sealed, and if not, the first place where it differs. */
  @Get('verification')
  async verify(@CurrentPerson() person: Person): Promise<AuditVerification> {
    const { broken, ...counted } = await this.verification.verify(person);
    await this.audit.witness(person, { event: 'audit_events.verified', outcome: broken ? 'failed' : 'done' });
    return { isIntact: !broken, ...counted, ...(broken && { broken }) };
  }
}
