import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { AnsweringService } from './answering.service.js';
import { AskingService } from './asking.service.js';
import { CopyPassphrasesController } from './copies/copy-passphrases.controller.js';
import { RequestedCopies } from './copies/requested-copies.js';
import { DataRequestsController } from './data-requests.controller.js';
import { DataRequestsService } from './data-requests.service.js';
import { Erasing } from './erasure/erasing.js';
import { ErasureLedger } from './erasure/erasure-ledger.js';
import { ErasureReplay } from './erasure/erasure-replay.js';
import { ErasureRun } from './erasure/erasure-run.js';
import { ErasureRequests } from './erasure-requests.js';
import { OwnDataRequestsController } from './own-data-requests.controller.js';
import { RequestWordsCipher } from './request-words.js';

/** The rights of the AVG, as requests that the practice answers in time. */
@Module({
  imports: [ClientsModule, ExportsModule, PracticesModule],
  controllers: [DataRequestsController, OwnDataRequestsController, CopyPassphrasesController],
  providers: [
    DataRequestsService,
    AskingService,
    AnsweringService,
    RequestedCopies,
    RequestWordsCipher,
    ErasureRequests,
    ErasureLedger,
    Erasing,
    ErasureRun,
    ErasureReplay,
  ],
  exports: [ErasureLedger],
})
export class PrivacyModule {}
