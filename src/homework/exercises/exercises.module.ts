import { Module } from '@nestjs/common';
import { ExerciseTagsController } from './exercise-tags.controller.js';
import { ExercisesController } from './exercises.controller.js';
import { ExercisesService } from './exercises.service.js';
import { StartingCatalogue } from './starting-catalogue.js';

@Module({
  controllers: [ExercisesController, ExerciseTagsController],
  providers: [ExercisesService, StartingCatalogue],
  exports: [StartingCatalogue],
})
export class ExercisesModule {}
