import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { BriefService } from './brief.service.js';
import { OverviewController } from './overview.controller.js';
import { OwnProgressController } from './progress/own-progress.controller.js';
import { ProgressController } from './progress/progress.controller.js';
import { Progress } from './progress/progress.js';
import { ProgressService } from './progress/progress.service.js';
import { TimelineService } from './timeline.service.js';

/** What several features know of one file, seen together. */
@Module({
  imports: [PracticesModule],
  controllers: [OverviewController, ProgressController, OwnProgressController],
  providers: [TimelineService, BriefService, Progress, ProgressService],
  exports: [Progress],
})
export class OverviewModule {}
