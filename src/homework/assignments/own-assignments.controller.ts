import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson } from '../../common/http/request.decorators.js';
import type { Language } from '../../common/language.js';
import { AssignmentQuery, OwnAssignmentPage, OwnAssignmentView } from './assignment.dto.js';
import { ownAssignmentView } from './assignment.view.js';
import { OwnAssignmentsService } from './own-assignments.service.js';

@ApiTags('Homework')
@Controller('v1/me/assignments')
@Roles('client')
export class OwnAssignmentsController {
  constructor(private readonly assignments: OwnAssignmentsService) {}

  /** What I was given, newest first, in my language. */
  @Get()
  async list(
    @CurrentPerson() person: Person,
    @Query() query: AssignmentQuery,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentPage> {
    const page = await this.assignments.list(person, query);
    return { ...page, items: page.items.map((own) => ownAssignmentView(own, language)) };
  }

  /** One exercise that I was given. */
  @Get(':id')
  async read(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentView> {
    return ownAssignmentView(await this.assignments.read(person, id), language);
  }

  /** I let it rest; nobody asks why. */
  @Post(':id/pause')
  @HttpCode(200)
  async pause(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentView> {
    return ownAssignmentView(await this.assignments.take(person, id, 'pause'), language);
  }

  /** I take it up again. */
  @Post(':id/resumption')
  @HttpCode(200)
  async resume(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentView> {
    return ownAssignmentView(await this.assignments.take(person, id, 'resume'), language);
  }

  /** I stop with it; nobody asks why. */
  @Post(':id/stop')
  @HttpCode(200)
  async stop(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnAssignmentView> {
    return ownAssignmentView(await this.assignments.take(person, id, 'stop'), language);
  }
}
