import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';
import { AddToNote, ChangeNote, EnterInError, NoteVersionPage, NoteView } from './note.dto.js';
import { noteVersionView, noteView } from './note.view.js';
import { NoteSignaturesService } from './note-signatures.service.js';
import { NotesService } from './notes.service.js';
import { NoteHitPage, NoteSearchQuery } from './search/note-search.dto.js';
import { NoteSearchService } from './search/note-search.service.js';
import { noteHitView } from './search/note-search.view.js';

@ApiTags('Notes')
@Controller('v1/notes')
export class NotesController {
  constructor(
    private readonly notes: NotesService,
    private readonly signatures: NoteSignaturesService,
    private readonly searches: NoteSearchService,
  ) {}

  /**
   * Looks for words in the notes that one may read as their coach, newest first: in what stands there now, and in
   * addenda. Each word must be there, as the beginning of a word; capitals and accents do not matter.
   */
  @Get()
  @Roles('coach')
  @ApiNotFoundResponse()
  async search(@CurrentPerson() person: Person, @Query() query: NoteSearchQuery): Promise<NoteHitPage> {
    const page = await this.searches.search(person, query);
    return { ...page, items: page.items.map(noteHitView) };
  }

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
    return noteView(await this.signatures.sign(person, id, version), person, language);
  }

  /** Adds words to a signed note, which are signed as they are written; the client of a shared note reads them too. */
  @Post(':id/addenda')
  @Roles('coach')
  @CreatedAt('/v1/notes')
  async add(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
    @Body() input: AddToNote,
    @IfMatch() version?: number,
  ): Promise<NoteView> {
    return noteView(await this.signatures.addTo(person, id, input, version), person, language);
  }

  /** Says that a signed note was a mistake: it is kept, struck through, with the reason. */
  @Post(':id/error')
  @Roles('coach')
  @HttpCode(200)
  async enterInError(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @IdParam() id: string,
    @Body() input: EnterInError,
    @IfMatch('required') version?: number,
  ): Promise<NoteView> {
    return noteView(await this.signatures.enterInError(person, id, input, version), person, language);
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
