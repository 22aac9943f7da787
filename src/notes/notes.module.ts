import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ClientNotesController, SessionNotesController } from './file-notes.controller.js';
import { NoteSharing } from './note-sharing.js';
import { NoteTexts } from './note-texts.js';
import { NoteWriter } from './note-writer.js';
import { NotesController } from './notes.controller.js';
import { NotesService } from './notes.service.js';
import { OwnNotesController } from './own-notes.controller.js';
import { OwnNotesService } from './own-notes.service.js';

@Module({
  imports: [ClientsModule, SessionsModule],
  controllers: [ClientNotesController, SessionNotesController, NotesController, OwnNotesController],
  providers: [NotesService, OwnNotesService, NoteWriter, NoteSharing, NoteTexts],
  exports: [NoteWriter],
})
export class NotesModule {}
