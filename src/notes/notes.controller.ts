import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';
import { ChangeNote, NoteVersionPage, NoteView } from './note.dto.js';
import { noteVersionView, noteView } from './note.view.js';
import { NotesService } from './notes.service.js';

@ApiTags('Notes')
@Controller('v1/notes')
export class NotesController {
  constructor(private readonly notes: NotesService) {}

  /** One note; what it says is for the file's coach only, an admin sees that it is there. */
  @Get(':id')
  @Roles('coach', 'admin')
  async read(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
  ): Promise<NoteView> {
    return noteView(await this.notes.read(person, id), person, language);
  }

  /** Gives a draft another text, or makes a note private or shared. */
  @Patch(':id')
  @Roles('coach')
  async change(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
    @Body() input: ChangeNote,
    @IfMatch('required') version?: number,
  ): Promise<NoteView> {
    return noteView(await this.notes.change(person, id, input, version), person, language);
  }

  /** Throws away a draft of one's own. */
  @Delete(':id')
  @Roles('coach')
  @HttpCode(204)
  discard(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IfMatch('required') version?: number,
  ): Promise<void> {
    return this.notes.discard(person, id, version);
  }

  /** Signs a note: its text, its signer and the time stand for ever, and if it is shared the client reads it. */
  @Post(':id/signature')
  @Roles('coach')
  @HttpCode(200)
  async sign(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
    @IfMatch('required') version?: number,
  ): Promise<NoteView> {
    return noteView(await this.notes.sign(person, id, version), person, language);
  }

  /** Every text that was saved of a note, newest first; for the coach who may read it. */
  @Get(':id/versions')
  @Roles('coach')
  async versions(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: PageQuery,
  ): Promise<NoteVersionPage> {
    const page = await this.notes.versions(person, id, query);
    return { ...page, items: page.items.map(noteVersionView) };
  }
}
