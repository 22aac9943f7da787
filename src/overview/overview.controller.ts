import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import type { JsonText } from '../common/json-text.js';
import { BriefView } from './brief.dto.js';
import { BriefService } from './brief.service.js';
import { TimelinePage, TimelineQuery } from './timeline.dto.js';
import { TimelineService } from './timeline.service.js';

@ApiTags('Clients')
@Controller('v1/clients/:id')
export class OverviewController {
  constructor(
    private readonly timelines: TimelineService,
    private readonly briefs: BriefService,
  ) {}

  /**
   * What to know in the minute before a session: what was taken home from the last one, how tension went, what became
   * of the homework, how the client says it goes, what they shared since, and which notes wait for a signature.
   */
  @Get('brief')
  @Roles('coach')
  brief(@CurrentPerson() person: Person, @IdParam() id: string): Promise<BriefView> {
    return this.briefs.read(person, id);
  }

  /**
   * What happened in a file, newest first: sessions and that they were observed, that there are notes, homework, the
   * logs and check-ins that the client shares, consents, transfers. An admin sees what happened and when.
   */
  @Get('timeline')
  @Roles('coach', 'admin')
  @ApiOkResponse({ type: TimelinePage })
  timeline(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: TimelineQuery,
  ): Promise<JsonText<TimelinePage>> {
    return this.timelines.read(person, id, query);
  }
}
