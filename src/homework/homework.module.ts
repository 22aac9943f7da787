import { Module } from '@nestjs/common';
import { AssignmentsModule } from './assignments/assignments.module.js';
import { ExercisesModule } from './exercises/exercises.module.js';
import { LogsModule } from './logs/logs.module.js';

/** What a client does between sessions: the catalogue, what was assigned of it, and what is logged. */
@Module({ imports: [ExercisesModule, AssignmentsModule, LogsModule], exports: [AssignmentsModule] })
export class HomeworkModule {}
