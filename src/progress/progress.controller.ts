import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { AnswersSvg } from './answers-svg.js';
import { ProgressChartQuery, ProgressQuery, ProgressView } from './progress.dto.js';
import { ProgressService } from './progress.service.js';

@ApiTags('Progress')
@Controller('v1/clients/:id')
@Roles('coach')
export class ProgressController {
  constructor(private readonly progress: ProgressService) {}

  /**
   * How it goes with a client beside where they came from: tension around exercises and sessions, and from week to week
   * how it went by their own account. It counts only what the client shares. Nothing in it is a target.
   */
  @Get('progress')
  read(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() range: ProgressQuery,
  ): Promise<ProgressView> {
    return this.progress.ofClient(person, id, range);
  }

  /** The same as a picture, for a screen or on paper. */
  @Get('progress.svg')
  @AnswersSvg()
  chart(
    @CurrentPerson() person: Person,
    @CurrentLanguage() accepted: Language,
    @IdParam() id: string,
    @Query() { language = accepted, ...range }: ProgressChartQuery,
  ): Promise<string> {
    return this.progress.chartOfClient(person, id, range, language);
  }
}
