import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { UsersModule } from '../users/users.module.js';
import { ClientFiles } from './client-files.js';
import { ClientIntake } from './client-intake.js';
import { ClientKeys } from './client-keys.js';
import { ClientsController } from './clients.controller.js';
import { ClientsService } from './clients.service.js';
import { ConsentTextsController } from './consent-texts.controller.js';
import { ConsentTextsService } from './consent-texts.service.js';
import { ConsentsController, OwnConsentsController } from './consents.controller.js';
import { NewFiles } from './new-files.js';
import { Consents } from './consents.js';
import { ConsentsService } from './consents.service.js';

@Module({
  imports: [PracticesModule, UsersModule],
  controllers: [ClientsController, ConsentTextsController, ConsentsController, OwnConsentsController],
  providers: [
    ClientsService,
    ClientFiles,
    ClientIntake,
    ClientKeys,
    NewFiles,
    Consents,
    ConsentsService,
    ConsentTextsService,
  ],
  exports: [ClientsService, ClientFiles, ClientIntake, ClientKeys, Consents, NewFiles],
})
export class ClientsModule {}
