import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { IntakeFormController } from './intake-form.controller.js';
import { IntakeFormService } from './intake-form.service.js';
import { IntakeRequestsController } from './intake-requests.controller.js';
import { IntakeRequestsService } from './intake-requests.service.js';
import { OldRequests } from './old-requests.js';

/** How somebody who is no client yet asks a practice for an intake, and what becomes of it. */
@Module({
  imports: [ClientsModule, PracticesModule],
  controllers: [IntakeFormController, IntakeRequestsController],
  providers: [IntakeFormService, IntakeRequestsService, OldRequests],
})
export class IntakeRequestsModule {}
