import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { BriefService } from './brief.service.js';
import { OverviewController } from './overview.controller.js';
import { TimelineService } from './timeline.service.js';

/** What several features know of one file, seen together. */
@Module({
  imports: [PracticesModule],
  controllers: [OverviewController],
  providers: [TimelineService, BriefService],
})
export class OverviewModule {}
