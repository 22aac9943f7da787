import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { ExportExpiry } from './export-expiry.js';
import { ExportFiles } from './export-files.js';
import { ExportRunner } from './export-runner.js';
import { ExportStreamsService } from './export-streams.service.js';
import { ExportsController } from './exports.controller.js';
import { ExportsService } from './exports.service.js';

@Module({
  imports: [PracticesModule],
  controllers: [ExportsController],
  providers: [ExportsService, ExportStreamsService, ExportFiles, ExportRunner, ExportExpiry],
})
export class ExportsModule {}
