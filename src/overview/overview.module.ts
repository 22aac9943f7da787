import { Module } from '@nestjs/common';
import { BriefService } from './brief.service.js';
import { OverviewController } from './overview.controller.js';
import { TimelineService } from './timeline.service.js';

/** What several features know of one file, seen together. */
@Module({ controllers: [OverviewController], providers: [TimelineService, BriefService] })
export class OverviewModule {}
