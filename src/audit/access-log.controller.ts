import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentLanguage, CurrentPerson } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { AccessLogPage, AccessLogQuery } from './access-log.dto.js';
import { AccessLogService } from './access-log.service.js';
import { accessLogLine } from './access-log.view.js';

@ApiTags('Me')
@Controller('v1/me/access-log')
@Roles('client')
export class AccessLogController {
  constructor(private readonly log: AccessLogService) {}

  /** Who opened what of mine, and when: the same kind of thing, by one person, on one day, is one line. */
  @Get()
  async list(
    @CurrentPerson() person: Person,
    @Query() query: AccessLogQuery,
    @CurrentLanguage() language: Language,
  ): Promise<AccessLogPage> {
    const page = await this.log.list(person, query);
    return { ...page, items: page.items.map((row) => accessLogLine(row, language)) };
  }
}
