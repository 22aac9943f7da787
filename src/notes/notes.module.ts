import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ClientNotesController, SessionNotesController } from './file-notes.controller.js';
import { NoteFiles } from './note-files.js';
import { NoteReader } from './note-reader.js';
import { NoteSharing } from './note-sharing.js';
import { NoteSignaturesService } from './note-signatures.service.js';
import { NoteTexts } from './note-texts.js';
import { NoteWriter } from './note-writer.js';
import { NotesController } from './notes.controller.js';
import { NotesService } from './notes.service.js';
import { OwnNotesController } from './own-notes.controller.js';
import { OwnNotesService } from './own-notes.service.js';
import { NoteSearchService } from './search/note-search.service.js';
import { SearchThreads } from './search/search-threads.js';
import { NoteTemplatesController, StartingPointsController } from './templates/note-templates.controller.js';
import { NoteTemplatesService } from './templates/note-templates.service.js';
import { NoteWithholdingsController } from './withholding/note-withholdings.controller.js';
import { NoteWithholdingsService } from './withholding/note-withholdings.service.js';

@Module({
  imports: [ClientsModule, SessionsModule],
  controllers: [
    ClientNotesController,
    SessionNotesController,
    NotesController,
    OwnNotesController,
    NoteTemplatesController,
    StartingPointsController,
    NoteWithholdingsController,
  ],
  providers: [
    NotesService,
    NoteSignaturesService,
    OwnNotesService,
    NoteSearchService,
    NoteTemplatesService,
    SearchThreads,
    NoteFiles,
    NoteReader,
    NoteWriter,
    NoteSharing,
    NoteTexts,
    NoteWithholdingsService,
  ],
  exports: [NotesService, NoteWriter],
})
export class NotesModule {}
