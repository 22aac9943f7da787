import { Module } from '@nestjs/common';
import { AssignmentsModule } from './assignments/assignments.module.js';
import { ExercisesModule } from './exercises/exercises.module.js';

/** What a client does between sessions: the catalogue, what was assigned of it, and what is logged. */
@Module({ imports: [ExercisesModule, AssignmentsModule], exports: [AssignmentsModule] })
export class HomeworkModule {}
