import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson } from '../../common/http/request.decorators.js';
import type { JsonText } from '../../common/json-text.js';
import type { Language } from '../../common/language.js';
import { PageQuery } from '../../common/page.dto.js';
import { ExerciseArticlesService } from './exercise-articles.service.js';
import { LinkedArticles, OwnReading, OwnReadingPage } from './reading.dto.js';
import { ReadingsService } from './readings.service.js';

@ApiTags('Homework')
@Controller('v1/me')
@Roles('client')
export class OwnReadingsController {
  constructor(
    private readonly readings: ReadingsService,
    private readonly links: ExerciseArticlesService,
  ) {}

  /** What I was given to read, newest first, in my language. */
  @Get('readings')
  @ApiOkResponse({ type: OwnReadingPage })
  list(
    @CurrentPerson() person: Person,
    @Query() query: PageQuery,
    @CurrentLanguage() language: Language,
  ): Promise<JsonText<OwnReadingPage>> {
    return this.readings.listOwn(person, query, language);
  }

  /** One of them. My coach is not told that I read it. */
  @Get('readings/:id')
  read(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @CurrentLanguage() language: Language,
  ): Promise<OwnReading> {
    return this.readings.readOwn(person, id, language);
  }

  /** What there is to read beside an exercise of mine. */
  @Get('assignments/:id/articles')
  async linked(@CurrentPerson() person: Person, @IdParam() id: string): Promise<LinkedArticles> {
    return { items: await this.links.listOwn(person, id) };
  }
}
