import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { ProgressQuery, ProgressView } from './progress.dto.js';
import { ProgressService } from './progress.service.js';

@ApiTags('Progress')
@Controller('v1/me')
@Roles('client')
export class OwnProgressController {
  constructor(private readonly progress: ProgressService) {}

  /** How it goes with me, beside where I came from: all of my own. Nothing in it is a target. */
  @Get('progress')
  read(@CurrentPerson() person: Person, @Query() range: ProgressQuery): Promise<ProgressView> {
    return this.progress.own(person, range);
  }
}
