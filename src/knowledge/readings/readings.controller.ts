import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import type { JsonText } from '../../common/json-text.js';
import { PageQuery } from '../../common/page.dto.js';
import { ExerciseArticlesService } from './exercise-articles.service.js';
import { GiveReading, LinkArticles, LinkedArticles, ReadingPage, ReadingView } from './reading.dto.js';
import { ReadingsService } from './readings.service.js';

@ApiTags('Knowledge')
@Controller('v1')
export class ReadingsController {
  constructor(
    private readonly readings: ReadingsService,
    private readonly links: ExerciseArticlesService,
  ) {}

  /** What a client was given to read, newest first. Whether they did is not kept. */
  @Get('clients/:id/readings')
  @Roles('coach', 'admin')
  @ApiOkResponse({ type: ReadingPage })
  list(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: PageQuery,
  ): Promise<JsonText<ReadingPage>> {
    return this.readings.list(person, id, query);
  }

  /** Gives a client an article to read. */
  @Post('clients/:id/readings')
  @Roles('coach')
  give(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: GiveReading,
  ): Promise<ReadingView> {
    return this.readings.give(person, id, input);
  }

  /** Takes it back. */
  @Delete('readings/:id')
  @HttpCode(204)
  @Roles('coach')
  takeBack(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.readings.takeBack(person, id);
  }

  /** What there is to read beside an exercise. */
  @Get('exercises/:id/articles')
  @Roles('coach', 'admin')
  async linked(@CurrentPerson() person: Person, @IdParam() id: string): Promise<LinkedArticles> {
    return { items: await this.links.list(person, id) };
  }

  /** Puts articles beside an exercise, in this order, instead of those that stood there. */
  @Put('exercises/:id/articles')
  @Roles('coach', 'admin')
  async link(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: LinkArticles,
  ): Promise<LinkedArticles> {
    return { items: await this.links.link(person, id, input) };
  }
}
