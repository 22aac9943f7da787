import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { PageQuery } from '../../common/page.dto.js';
import { LogPage } from './log.dto.js';
import { adminLogView, logView } from './log.view.js';
import { LogsService } from './logs.service.js';

@ApiTags('Assignments')
@Controller('v1/assignments/:id/logs')
@Roles('coach', 'admin')
export class LogsController {
  constructor(private readonly logs: LogsService) {}

  /**
   * What was logged of an assignment, newest day first: for its coach only what the client shares, so this is not
   * all there may be; for an admin the day and the outcome.
   */
  @Get()
  async list(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: PageQuery,
  ): Promise<LogPage> {
    const { items, next, reader } = await this.logs.list(person, id, query);
    return { items: items.map(reader === 'coach' ? logView : adminLogView), ...(next && { next }) };
  }
}
