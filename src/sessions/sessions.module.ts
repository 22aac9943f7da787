import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { SessionFiles } from './session-files.js';
import { SessionTexts } from './session-texts.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [ClientsModule, PracticesModule],
  controllers: [SessionsController],
  providers: [SessionsService, SessionFiles, SessionTexts],
  exports: [SessionFiles, SessionsService],
})
export class SessionsModule {}
