import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { TagsInUse } from './exercise.dto.js';
import { ExercisesService } from './exercises.service.js';

@ApiTags('Exercises')
@Controller('v1/exercise-tags')
@Roles('coach', 'admin')
export class ExerciseTagsController {
  constructor(private readonly exercises: ExercisesService) {}

  /** The tags that the practice uses, by the alphabet. */
  @Get()
  async list(@CurrentPerson() person: Person): Promise<TagsInUse> {
    return { items: await this.exercises.tags(person) };
  }
}
