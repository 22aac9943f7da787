import { Body, Controller, Delete, Get, HttpCode, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';
import { HoldsService } from './holds.service.js';
import { ChooseTerm, HoldView, PlaceHold, RetentionPreview, RetentionTerm } from './retention.dto.js';
import { RetentionService } from './retention.service.js';
import { termView } from './retention.view.js';

@ApiTags('Retention')
@Controller('v1/retention')
@Roles('admin')
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  /** What will go, when, and why not yet: file by file, before anything happens. */
  @Get()
  preview(
    @CurrentPerson() person: Person,
    @Query() query: PageQuery,
    @CurrentLanguage() language: Language,
  ): Promise<RetentionPreview> {
    return this.retention.preview(person, query, language);
  }

  /** Says for how long files are kept after the last session, and why; a care provider keeps them twenty years. */
  @Put('term')
  async chooseTerm(
    @CurrentPerson() person: Person,
    @Body() input: ChooseTerm,
    @IfMatch() version?: number,
  ): Promise<RetentionTerm> {
    return termView(await this.retention.chooseTerm(person, input, version));
  }
}

@ApiTags('Retention')
@Controller('v1/clients/:id/hold')
@Roles('admin')
export class HoldsController {
  constructor(private readonly holds: HoldsService) {}

  /** Keeps a file beyond its term, for a reason, until the hold is lifted. */
  @Put()
  place(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() { reason }: PlaceHold,
  ): Promise<HoldView> {
    return this.holds.place(person, id, reason);
  }

  /** Lifts the hold: the file goes when its term is over. */
  @Delete()
  @HttpCode(204)
  lift(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.holds.lift(person, id);
  }
}
