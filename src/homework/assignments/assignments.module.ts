import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { PracticesModule } from '../../practices/practices.module.js';
import { AssignmentFiles } from './assignment-files.js';
import { AssignmentMessages } from './assignment-messages.js';
import { AssignmentWriter } from './assignment-writer.js';
import { AssignmentsController, ClientAssignmentsController } from './assignments.controller.js';
import { AssignmentsService } from './assignments.service.js';
import { OwnAssignmentsController } from './own-assignments.controller.js';
import { OwnAssignmentsService } from './own-assignments.service.js';

@Module({
  imports: [ClientsModule, PracticesModule],
  controllers: [ClientAssignmentsController, AssignmentsController, OwnAssignmentsController],
  providers: [
    AssignmentsService,
    OwnAssignmentsService,
    AssignmentWriter,
    AssignmentFiles,
    AssignmentMessages,
  ],
  exports: [AssignmentsService, AssignmentWriter, AssignmentFiles],
})
export class AssignmentsModule {}
