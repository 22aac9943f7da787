import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson } from '../../common/http/request.decorators.js';
import type { JsonText } from '../../common/json-text.js';
import type { Language } from '../../common/language.js';
import { AssignmentQuery, OwnAssignmentPage, OwnAssignmentView } from './assignment.dto.js';
import { OwnAssignmentsService } from './own-assignments.service.js';

@ApiTags('Homework')
@Controller('v1/me/assignments')
@Roles('client')
export class OwnAssignmentsController {
  constructor(private readonly assignments: OwnAssignmentsService) {}

  /** What I was given, newest first, in my language. */
  @Get()
  @ApiOkResponse({ type: OwnAssignmentPage })
  list(
    @CurrentPerson() person: Person,
    @Query() query: AssignmentQuery,
    @CurrentLanguage() language: Language,
  ): Promise<JsonText<OwnAssignmentPage>> {
    return this.assignments.list(person, query, language);
  }

  /** One exercise that I was given. */
  @Get(':id')
  read(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentView> {
    return this.assignments.read(person, id, language);
  }

  /** I let it rest; nobody asks why. */
  @Post(':id/pause')
  @HttpCode(200)
  pause(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentView> {
    return this.assignments.take(person, id, 'pause', language);
  }

  /** I take it up again. */
  @Post(':id/resumption')
  @HttpCode(200)
  resume(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentView> {
    return this.assignments.take(person, id, 'resume', language);
  }

  /** I stop with it; nobody asks why. */
  @Post(':id/stop')
  @HttpCode(200)
  stop(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentView> {
    return this.assignments.take(person, id, 'stop', language);
  }
}
