import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { OwnProgressController } from './own-progress.controller.js';
import { ProgressController } from './progress.controller.js';
import { Progress } from './progress.js';
import { ProgressService } from './progress.service.js';

/** How it goes with one client, in figures and as a picture. */
@Module({
  imports: [PracticesModule],
  controllers: [ProgressController, OwnProgressController],
  providers: [Progress, ProgressService],
  exports: [Progress],
})
export class ProgressModule {}
