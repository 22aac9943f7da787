import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';
import { NotePage, NoteView, WriteNote } from './note.dto.js';
import { noteView } from './note.view.js';
import { NotesService } from './notes.service.js';

@ApiTags('Notes')
@Controller('v1/clients/:id/notes')
export class ClientNotesController {
  constructor(private readonly notes: NotesService) {}

  /** The notes in a file, newest first: those about its sessions too. */
  @Get()
  @Roles('coach', 'admin')
  async list(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() clientId: string,
    @Query() query: PageQuery,
  ): Promise<NotePage> {
    const page = await this.notes.list(person, { clientId }, query);
    return { ...page, items: page.items.map((note) => noteView(note, person, language)) };
  }

  /** Writes a draft about a client. */
  @Post()
  @Roles('coach')
  @CreatedAt('/v1/notes')
  async draft(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() clientId: string,
    @Body() input: WriteNote,
  ): Promise<NoteView> {
    return noteView(await this.notes.draft(person, { clientId }, input), person, language);
  }
}

@ApiTags('Notes')
@Controller('v1/sessions/:id/notes')
export class SessionNotesController {
  constructor(private readonly notes: NotesService) {}

  /** The notes about a session, newest first. */
  @Get()
  @Roles('coach', 'admin')
  async list(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() sessionId: string,
    @Query() query: PageQuery,
  ): Promise<NotePage> {
    const page = await this.notes.list(person, { sessionId }, query);
    return { ...page, items: page.items.map((note) => noteView(note, person, language)) };
  }

  /** Writes a draft about a session. */
  @Post()
  @Roles('coach')
  @CreatedAt('/v1/notes')
  async draft(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() sessionId: string,
    @Body() input: WriteNote,
  ): Promise<NoteView> {
    return noteView(await this.notes.draft(person, { sessionId }, input), person, language);
  }
}
