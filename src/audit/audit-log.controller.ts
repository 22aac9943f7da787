import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { AuditEventPage, AuditLogQuery } from './audit-log.dto.js';
import { AuditLogService } from './audit-log.service.js';
import { auditEventView } from './audit-log.view.js';

@ApiTags('Audit')
@Controller('v1/audit-events')
@Roles('admin')
export class AuditLogController {
  constructor(private readonly log: AuditLogService) {}

  /** Who did what to whose file, newest first. */
  @Get()
  async list(@CurrentPerson() person: Person, @Query() query: AuditLogQuery): Promise<AuditEventPage> {
    const page = await this.log.list(person, query);
    return { ...page, items: page.items.map(auditEventView) };
  }
}
