import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { PageQuery } from '../common/page.dto.js';
import { OwnSessionPage } from './observation.dto.js';
import { ownSessionView } from './observation.view.js';
import { OwnSessionsService } from './own-sessions.service.js';

@ApiTags('Sessions')
@Controller('v1/me/sessions')
@Roles('client')
export class OwnSessionsController {
  constructor(private readonly sessions: OwnSessionsService) {}

  /** My sessions, newest first, with what I took home from them. */
  @Get()
  async list(@CurrentPerson() person: Person, @Query() query: PageQuery): Promise<OwnSessionPage> {
    const page = await this.sessions.list(person, query);
    return { ...page, items: page.items.map(ownSessionView) };
  }
}
