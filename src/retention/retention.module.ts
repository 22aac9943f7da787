import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { HoldsService } from './holds.service.js';
import { HoldsController, RetentionController } from './retention.controller.js';
import { RetentionRun } from './retention-run.js';
import { RetentionService } from './retention.service.js';

/** How long files are kept, and what becomes of them then. */
@Module({
  imports: [ClientsModule, PracticesModule],
  controllers: [RetentionController, HoldsController],
  providers: [RetentionService, HoldsService, RetentionRun],
})
export class RetentionModule {}
