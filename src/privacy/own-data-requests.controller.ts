import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Post,
  Query,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '../common/actor.js';
import { Roles, StepUp } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import type { JsonText } from '../common/json-text.js';
import { PageQuery } from '../common/page.dto.js';
import { AskingService } from './asking.service.js';
import { AskDataRequest, DataRequestDetail, DataRequestPage } from './data-request.dto.js';
import { AnswersCopy } from './copies/copy-responses.js';
import { RequestedCopies } from './copies/requested-copies.js';
import { DataRequestsService } from './data-requests.service.js';
import { partOf } from '../exports/export.view.js';

@ApiTags('Data requests')
@Controller('v1/me/data-requests')
@Roles('client')
export class OwnDataRequestsController {
  constructor(
    private readonly requests: DataRequestsService,
    private readonly asking: AskingService,
    private readonly copies: RequestedCopies,
  ) {}

  /** What I asked of the practice about my data, newest first, and by when it is answered. */
  @Get()
  @ApiOkResponse({ type: DataRequestPage })
  list(@CurrentPerson() person: Person, @Query() query: PageQuery): Promise<JsonText<DataRequestPage>> {
    return this.requests.listOwn(person, query);
  }

  /**
   * Asks for a copy of my data, to correct or erase them, or to leave them alone. A restriction and an objection are in force
   * from this moment.
   */
  @Post()
  @CreatedAt('/v1/me/data-requests')
  ask(@CurrentPerson() person: Person, @Body() input: AskDataRequest): Promise<DataRequestDetail> {
    return this.asking.ask(person, input);
  }

  /** One of my requests, with what was said in it. */
  @Get(':id')
  read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<DataRequestDetail> {
    return this.requests.readOwn(person, id);
  }

  /** Takes back what I asked, as long as it is not being carried out. */
  @Post(':id/cancellation')
  @HttpCode(200)
  takeBack(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IfMatch() version?: number,
  ): Promise<DataRequestDetail> {
    return this.asking.takeBack(person, id, version);
  }

  /** The copy that I asked for, for thirty days: an archive with what is on record about me. */
  @Get(':id/file')
  @StepUp()
  @AnswersCopy()
  async download(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Headers('range') range: string | undefined,
    @Headers('if-range') ifRange: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return partOf(await this.copies.fetchOwn(person, id, { range, 'if-range': ifRange }), reply);
  }
}
