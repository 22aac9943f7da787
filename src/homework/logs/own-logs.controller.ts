import { Body, Controller, Get, HttpStatus, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson, IfMatch } from '../../common/http/request.decorators.js';
import type { Language } from '../../common/language.js';
import { PageQuery } from '../../common/page.dto.js';
import { LogPage, WriteLog, WrittenLogView } from './log.dto.js';
import { logView, ownLogView } from './log.view.js';
import { OwnLogsService } from './own-logs.service.js';

@ApiTags('Homework')
@Controller('v1/me/assignments/:id/logs')
@Roles('client')
export class OwnLogsController {
  constructor(private readonly logs: OwnLogsService) {}

  /** What I logged of an exercise, newest day first. */
  @Get()
  async list(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: PageQuery,
  ): Promise<LogPage> {
    const page = await this.logs.list(person, id, query);
    return { ...page, items: page.items.map(logView) };
  }

  /**
   * I keep how it went, by an id of my own choice. Sent again it stays as it is; sent otherwise it is a correction,
   * which keeps what stood.
   */
  @Put(':logId')
  @ApiCreatedResponse({ type: WrittenLogView, description: 'Kept for the first time.' })
  @ApiOkResponse({ type: WrittenLogView, description: 'Kept as it was, or corrected.' })
  async write(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IdParam('logId') logId: string,
    @Body() input: WriteLog,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentLanguage() language: Language,
    @IfMatch() version?: number,
  ): Promise<WrittenLogView> {
    const { log, isNew, help } = await this.logs.write(person, id, logId, input, version);
    if (isNew) void reply.status(HttpStatus.CREATED);
    return ownLogView(log, help, language);
  }
}
