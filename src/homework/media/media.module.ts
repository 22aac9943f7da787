import { Module } from '@nestjs/common';
import { ExerciseMediaController } from './exercise-media.controller.js';
import { ExerciseMediaService } from './exercise-media.service.js';
import { MediaFiles } from './media-files.js';
import { OwnMediaController } from './own-media.controller.js';
import { UnusedMedia } from './unused-media.js';

@Module({
  controllers: [ExerciseMediaController, OwnMediaController],
  providers: [ExerciseMediaService, MediaFiles, UnusedMedia],
})
export class MediaModule {}
