import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CreatedAt } from '../../common/http/created.interceptor.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { AssignedSet, AssignSet } from './exercise-set.dto.js';
import { SetAssignmentsService } from './set-assignments.service.js';

@ApiTags('Assignments')
@Controller('v1')
export class SetAssignmentsController {
  constructor(private readonly assignments: SetAssignmentsService) {}

  /** Gives a client a whole set in one go; above the practice's limit only when the coach says to mean it. */
  @Post('clients/:id/set-assignments')
  @Roles('coach')
  @CreatedAt('/v1/set-assignments')
  assign(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: AssignSet,
  ): Promise<AssignedSet> {
    return this.assignments.assign(person, id, input);
  }

  /** What was given in one go, as it stands now. */
  @Get('set-assignments/:id')
  @Roles('coach', 'admin')
  read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<AssignedSet> {
    return this.assignments.read(person, id);
  }
}
