import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { LeakReport, LeakReportQuery } from './leak-report.dto.js';
import { LeakReportService } from './leak-report.service.js';

@ApiTags('Audit')
@Controller('v1/practice/leak-report')
@Roles('admin')
export class LeakReportController {
  constructor(private readonly reports: LeakReportService) {}

  /** Whose files were touched in a period, and by whom: what a report of a leak has to say (AVG art. 33). */
  @Get()
  make(@CurrentPerson() person: Person, @Query() query: LeakReportQuery): Promise<LeakReport> {
    return this.reports.make(person, query);
  }
}
