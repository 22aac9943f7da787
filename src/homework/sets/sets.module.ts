import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { ExerciseSetsController } from './exercise-sets.controller.js';
import { ExerciseSetsService } from './exercise-sets.service.js';
import { SetAssignmentsController } from './set-assignments.controller.js';
import { SetAssignmentsService } from './set-assignments.service.js';

@Module({
  imports: [ClientsModule, AssignmentsModule],
  controllers: [ExerciseSetsController, SetAssignmentsController],
  providers: [ExerciseSetsService, SetAssignmentsService],
})
export class SetsModule {}
