import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { HomeworkModule } from '../homework/homework.module.js';
import { NotesModule } from '../notes/notes.module.js';
import { ObservationsModule } from '../observations/observations.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { FileClosureService } from './file-closure.service.js';
import { FileTransferService } from './file-transfer.service.js';
import { SessionCompletionController } from './session-completion.controller.js';
import { SessionCompletionService } from './session-completion.service.js';
import { WholeFilesController } from './whole-files.controller.js';

/** What acts over a whole file, and so over several features at once. */
@Module({
  imports: [ClientsModule, SessionsModule, ObservationsModule, NotesModule, HomeworkModule],
  controllers: [WholeFilesController, SessionCompletionController],
  providers: [FileClosureService, FileTransferService, SessionCompletionService],
})
export class DossierModule {}
