import { Module } from '@nestjs/common';
import { ExercisesModule } from './exercises/exercises.module.js';

/** What a client does between sessions: the catalogue, what was assigned of it, and what is logged. */
@Module({ imports: [ExercisesModule] })
export class HomeworkModule {}
