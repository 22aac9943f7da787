import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import type { JsonText } from '../common/json-text.js';
import {
  ChangeSession,
  EndSession,
  PlanSession,
  ReinstateSession,
  SessionPage,
  SessionQuery,
  SessionView,
} from './session.dto.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Sessions')
@Controller('v1/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  /** The sessions of a coach's own clients, or for an admin all of the practice, newest first. */
  @Get()
  @Roles('coach', 'admin')
  @ApiOkResponse({ type: SessionPage })
  list(@CurrentPerson() person: Person, @Query() query: SessionQuery): Promise<JsonText<SessionPage>> {
    return this.sessions.list(person, query);
  }

  /** Plans a session with a client; one in the past may be logged afterwards. */
  @Post()
  @Roles('coach')
  @CreatedAt('/v1/sessions')
  @ApiNotFoundResponse()
  plan(@CurrentPerson() person: Person, @Body() input: PlanSession): Promise<SessionView> {
    return this.sessions.plan(person, input);
  }

  /** One session; where it is and why it changed are shown to the file's coach only. */
  @Get(':id')
  @Roles('coach', 'admin')
  read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<SessionView> {
    return this.sessions.read(person, id);
  }

  /** Changes when, where or how it is, or its price. Its time stands once a note of it is signed. */
  @Patch(':id')
  @Roles('coach')
  change(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ChangeSession,
    @IfMatch() version?: number,
  ): Promise<SessionView> {
    return this.sessions.change(person, id, input, version);
  }

  /** Takes back a plan of which nothing is on record yet. */
  @Delete(':id')
  @Roles('coach')
  @HttpCode(204)
  delete(@CurrentPerson() person: Person, @IdParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.sessions.delete(person, id, version);
  }

  /** The session will not take place. */
  @Post(':id/cancellation')
  @Roles('coach')
  @HttpCode(200)
  cancel(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: EndSession,
  ): Promise<SessionView> {
    return this.sessions.cancel(person, id, input);
  }

  /** The client did not come. */
  @Post(':id/no-show')
  @Roles('coach')
  @HttpCode(200)
  miss(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: EndSession,
  ): Promise<SessionView> {
    return this.sessions.miss(person, id, input);
  }

  /** Takes back an end that was a mistake; not once a note of it is signed. */
  @Post(':id/reinstatement')
  @Roles('coach')
  @HttpCode(200)
  reinstate(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ReinstateSession,
  ): Promise<SessionView> {
    return this.sessions.reinstate(person, id, input);
  }
}
