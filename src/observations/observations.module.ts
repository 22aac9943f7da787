import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ObservationWriter } from './observation-writer.js';
import { ObservationsController } from './observations.controller.js';
import { ObservationsService } from './observations.service.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { OwnSessionsService } from './own-sessions.service.js';

@Module({
  imports: [ClientsModule, SessionsModule],
  controllers: [ObservationsController, OwnSessionsController],
  providers: [ObservationsService, ObservationWriter, OwnSessionsService],
  exports: [ObservationWriter],
})
export class ObservationsModule {}
