import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CreatedAt } from '../../common/http/created.interceptor.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../../common/http/request.decorators.js';
import { PageQuery } from '../../common/page.dto.js';
import {
  ChangeExercise,
  DraftExercise,
  ExercisePage,
  ExerciseQuery,
  ExerciseVersionPage,
  ExerciseView,
} from './exercise.dto.js';
import { exerciseVersionView, exerciseView } from './exercise.view.js';
import { ExercisesService } from './exercises.service.js';

@ApiTags('Exercises')
@Controller('v1/exercises')
@Roles('coach', 'admin')
export class ExercisesController {
  constructor(private readonly exercises: ExercisesService) {}

  /** The practice's catalogue, in the order in which it was made. */
  @Get()
  async list(@CurrentPerson() person: Person, @Query() query: ExerciseQuery): Promise<ExercisePage> {
    const page = await this.exercises.list(person, query);
    return { ...page, items: page.items.map(exerciseView) };
  }

  /** Puts a new exercise in the catalogue, as a draft. */
  @Post()
  @CreatedAt('/v1/exercises')
  async draft(@CurrentPerson() person: Person, @Body() input: DraftExercise): Promise<ExerciseView> {
    return exerciseView(await this.exercises.draft(person, input));
  }

  /** Puts a copy of an exercise in the catalogue, as a draft to make one's own. */
  @Post(':id/copy')
  @CreatedAt('/v1/exercises')
  async copy(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ExerciseView> {
    return exerciseView(await this.exercises.copy(person, id));
  }

  /** One exercise. */
  @Get(':id')
  async read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ExerciseView> {
    return exerciseView(await this.exercises.read(person, id));
  }

  /** Changes the draft; of a published exercise it makes the next version, and what was given out stays as it is. */
  @Patch(':id')
  async change(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ChangeExercise,
    @IfMatch() version?: number,
  ): Promise<ExerciseView> {
    return exerciseView(await this.exercises.change(person, id, input, version));
  }

  /** Publishes the draft: from now on this is what is assigned. */
  @Post(':id/publication')
  @HttpCode(200)
  async publish(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ExerciseView> {
    return exerciseView(await this.exercises.publish(person, id));
  }

  /** Takes a published exercise out of use; who has it as homework keeps it. */
  @Post(':id/retirement')
  @HttpCode(200)
  async retire(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ExerciseView> {
    return exerciseView(await this.exercises.retire(person, id));
  }

  /** Every version that there was, newest first. */
  @Get(':id/versions')
  async versions(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: PageQuery,
  ): Promise<ExerciseVersionPage> {
    const page = await this.exercises.versions(person, id, query);
    return { ...page, items: page.items.map(exerciseVersionView) };
  }
}
