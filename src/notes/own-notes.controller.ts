import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { PageQuery } from '../common/page.dto.js';
import { OwnNotePage } from './note.dto.js';
import { ownNoteView } from './note.view.js';
import { OwnNotesService } from './own-notes.service.js';

@ApiTags('Notes')
@Controller('v1/me/notes')
@Roles('client')
export class OwnNotesController {
  constructor(private readonly notes: OwnNotesService) {}

  /** What my coach shared with me, newest first; my coach sees when I first read it. */
  @Get()
  async list(@CurrentPerson() person: Person, @Query() query: PageQuery): Promise<OwnNotePage> {
    const page = await this.notes.list(person, query);
    return { ...page, items: page.items.map(ownNoteView) };
  }
}
