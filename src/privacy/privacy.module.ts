import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { AnsweringService } from './answering.service.js';
import { AskingService } from './asking.service.js';
import { DataRequestsController } from './data-requests.controller.js';
import { DataRequestsService } from './data-requests.service.js';
import { ErasureRequests } from './erasure-requests.js';
import { OwnDataRequestsController } from './own-data-requests.controller.js';
import { RequestWordsCipher } from './request-words.js';

/** The rights of the AVG, as requests that the practice answers in time. */
@Module({
  imports: [ClientsModule, PracticesModule],
  controllers: [DataRequestsController, OwnDataRequestsController],
  providers: [DataRequestsService, AskingService, AnsweringService, RequestWordsCipher, ErasureRequests],
})
export class PrivacyModule {}
