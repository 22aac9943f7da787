import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CreatedAt } from '../../common/http/created.interceptor.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../../common/http/request.decorators.js';
import type { JsonText } from '../../common/json-text.js';
import { PageQuery } from '../../common/page.dto.js';
import { ChangeExerciseSet, ExerciseSetPage, ExerciseSetView, MakeExerciseSet } from './exercise-set.dto.js';
import { ExerciseSetsService } from './exercise-sets.service.js';

@ApiTags('Exercises')
@Controller('v1/exercise-sets')
@Roles('coach', 'admin')
export class ExerciseSetsController {
  constructor(private readonly sets: ExerciseSetsService) {}

  /** The practice's sets of exercises, in the order in which they were made. */
  @Get()
  @ApiOkResponse({ type: ExerciseSetPage })
  list(@CurrentPerson() person: Person, @Query() query: PageQuery): Promise<JsonText<ExerciseSetPage>> {
    return this.sets.list(person, query);
  }

  /** Bundles exercises that belong together under a name. */
  @Post()
  @CreatedAt('/v1/exercise-sets')
  make(@CurrentPerson() person: Person, @Body() input: MakeExerciseSet): Promise<ExerciseSetView> {
    return this.sets.make(person, input);
  }

  /** One set. */
  @Get(':id')
  read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ExerciseSetView> {
    return this.sets.read(person, id);
  }

  /** Changes a set; who was given it earlier keeps what they were given. */
  @Patch(':id')
  change(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ChangeExerciseSet,
    @IfMatch() version?: number,
  ): Promise<ExerciseSetView> {
    return this.sets.change(person, id, input, version);
  }

  /** Takes a set away; who was given it keeps the exercises. */
  @Delete(':id')
  @HttpCode(204)
  delete(@CurrentPerson() person: Person, @IdParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.sets.delete(person, id, version);
  }
}
