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
import { AnsweringService } from './answering.service.js';
import { AskingService } from './asking.service.js';
import {
  CompleteDataRequest,
  DataRequestDetail,
  DataRequestPage,
  DataRequestQuery,
  ExtendDataRequest,
  RefuseDataRequest,
  RegisterDataRequest,
  RegisteredDataRequest,
} from './data-request.dto.js';
import { AnswersCopy } from './copies/copy-responses.js';
import { RequestedCopies } from './copies/requested-copies.js';
import { DataRequestsService } from './data-requests.service.js';
import { partOf } from '../exports/export.view.js';

@ApiTags('Data requests')
@Controller('v1/data-requests')
@Roles('admin')
export class DataRequestsController {
  constructor(
    private readonly requests: DataRequestsService,
    private readonly asking: AskingService,
    private readonly answering: AnsweringService,
    private readonly copies: RequestedCopies,
  ) {}

  /** What clients asked of the practice about their data; what is due first comes first. */
  @Get()
  @ApiOkResponse({ type: DataRequestPage })
  list(
    @CurrentPerson() person: Person,
    @Query() query: DataRequestQuery,
  ): Promise<JsonText<DataRequestPage>> {
    return this.requests.list(person, query);
  }

  /**
   * An admin takes down what a client asked on paper or by word of mouth. A coach proposes to erase the file of a client of
   * their own, and nothing else.
   */
  @Post()
  @Roles('admin', 'coach')
  @CreatedAt('/v1/data-requests')
  register(
    @CurrentPerson() person: Person,
    @Body() input: RegisterDataRequest,
  ): Promise<RegisteredDataRequest> {
    return this.asking.register(person, input);
  }

  /** One request, with what was said in it. */
  @Get(':id')
  read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<DataRequestDetail> {
    return this.requests.read(person, id);
  }

  /** It is the client who asks, and it is clear what. */
  @Post(':id/confirmation')
  @HttpCode(200)
  confirm(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IfMatch() version?: number,
  ): Promise<DataRequestDetail> {
    return this.answering.confirm(person, id, version);
  }

  /** The practice does it. An erasure is carried out after seven days of grace, in which it can be called off. */
  @Post(':id/approval')
  @HttpCode(200)
  @StepUp()
  approve(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IfMatch() version?: number,
  ): Promise<DataRequestDetail> {
    return this.answering.approve(person, id, version);
  }

  /** The practice does not do it, on a ground that the law knows, and tells the client why. */
  @Post(':id/refusal')
  @HttpCode(200)
  refuse(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: RefuseDataRequest,
    @IfMatch() version?: number,
  ): Promise<DataRequestDetail> {
    return this.answering.refuse(person, id, input, version);
  }

  /** Takes two months longer, once, within the first month; the client is told, with the reason. */
  @Post(':id/extension')
  @HttpCode(200)
  extend(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ExtendDataRequest,
    @IfMatch() version?: number,
  ): Promise<DataRequestDetail> {
    return this.answering.extend(person, id, input, version);
  }

  /** What people do is done: what was wrong is right now, or a restriction or an objection is settled. */
  @Post(':id/completion')
  @HttpCode(200)
  complete(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: CompleteDataRequest,
    @IfMatch() version?: number,
  ): Promise<DataRequestDetail> {
    return this.answering.complete(person, id, input, version);
  }

  /** Calls it off, as long as it is not being carried out. */
  @Post(':id/cancellation')
  @HttpCode(200)
  cancel(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IfMatch() version?: number,
  ): Promise<DataRequestDetail> {
    return this.answering.cancel(person, id, version);
  }

  /** The copy for a client without a login, to hand over: an archive that opens with a passphrase, which their coach tells them. */
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
    return partOf(await this.copies.fetchToHandOver(person, id, { range, 'if-range': ifRange }), reply);
  }
}
