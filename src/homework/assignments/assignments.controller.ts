import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CreatedAt } from '../../common/http/created.interceptor.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../../common/http/request.decorators.js';
import type { JsonText } from '../../common/json-text.js';
import {
  AssignExercise,
  AssignmentPage,
  AssignmentQuery,
  AssignmentView,
  ChangeAssignment,
} from './assignment.dto.js';
import { AssignmentsService } from './assignments.service.js';

@ApiTags('Assignments')
@Controller('v1/clients/:id/assignments')
export class ClientAssignmentsController {
  constructor(private readonly assignments: AssignmentsService) {}

  /**
   * What a client was given, newest first; for their coach with what became of it, as far as the client shares: so not
   * all there may be.
   */
  @Get()
  @Roles('coach', 'admin')
  @ApiOkResponse({ type: AssignmentPage })
  list(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: AssignmentQuery,
  ): Promise<JsonText<AssignmentPage>> {
    return this.assignments.list(person, id, query);
  }

  /** Gives a client an exercise to do; above the practice's limit only when the coach says to mean it. */
  @Post()
  @Roles('coach')
  @CreatedAt('/v1/assignments')
  assign(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: AssignExercise,
  ): Promise<AssignmentView> {
    return this.assignments.assign(person, id, input);
  }
}

@ApiTags('Assignments')
@Controller('v1/assignments')
export class AssignmentsController {
  constructor(private readonly assignments: AssignmentsService) {}

  /** One assignment; the words with it are shown to the file's coach only. */
  @Get(':id')
  @Roles('coach', 'admin')
  read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<AssignmentView> {
    return this.assignments.read(person, id);
  }

  /** Changes when and how an exercise is meant, and the words with it. */
  @Patch(':id')
  @Roles('coach')
  change(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ChangeAssignment,
    @IfMatch() version?: number,
  ): Promise<AssignmentView> {
    return this.assignments.change(person, id, input, version);
  }

  /** Lets it rest. */
  @Post(':id/pause')
  @Roles('coach')
  @HttpCode(200)
  pause(@CurrentPerson() person: Person, @IdParam() id: string): Promise<AssignmentView> {
    return this.assignments.take(person, id, 'pause');
  }

  /** Takes it up again. */
  @Post(':id/resumption')
  @Roles('coach')
  @HttpCode(200)
  resume(@CurrentPerson() person: Person, @IdParam() id: string): Promise<AssignmentView> {
    return this.assignments.take(person, id, 'resume');
  }

  /** It has done its work. */
  @Post(':id/completion')
  @Roles('coach')
  @HttpCode(200)
  complete(@CurrentPerson() person: Person, @IdParam() id: string): Promise<AssignmentView> {
    return this.assignments.take(person, id, 'complete');
  }

  /** Ends it before its time. */
  @Post(':id/stop')
  @Roles('coach')
  @HttpCode(200)
  stop(@CurrentPerson() person: Person, @IdParam() id: string): Promise<AssignmentView> {
    return this.assignments.take(person, id, 'stop');
  }
}
