import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { AssignmentsModule } from './assignments/assignments.module.js';
import { CheckInsModule } from './check-ins/check-ins.module.js';
import { HomeworkDayController } from './day/homework-day.controller.js';
import { HomeworkDayService } from './day/homework-day.service.js';
import { ExercisesModule } from './exercises/exercises.module.js';
import { LogsModule } from './logs/logs.module.js';
import { MediaModule } from './media/media.module.js';
import { SetsModule } from './sets/sets.module.js';

/** What a client does between sessions: the catalogue, what was assigned of it, what is logged, how it
 * goes, and the day it makes. */
@Module({
  imports: [
    ClientsModule,
    ExercisesModule,
    AssignmentsModule,
    MediaModule,
    SetsModule,
    LogsModule,
    CheckInsModule,
  ],
  controllers: [HomeworkDayController],
  providers: [HomeworkDayService],
  exports: [AssignmentsModule],
})
export class HomeworkModule {}
