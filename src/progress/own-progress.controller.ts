import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentLanguage, CurrentPerson } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { AnswersSvg } from './answers-svg.js';
import { ProgressChartQuery, ProgressQuery, ProgressView } from './progress.dto.js';
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

  /** The same as a picture, for a screen or on paper. */
  @Get('progress.svg')
  @AnswersSvg()
  chart(
    @CurrentPerson() person: Person,
    @CurrentLanguage() accepted: Language,
    @Query() { language = accepted, ...range }: ProgressChartQuery,
  ): Promise<string> {
    return this.progress.ownChart(person, range, language);
  }
}
