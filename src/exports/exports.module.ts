import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { ProgressModule } from '../progress/progress.module.js';
import { ExportApprovals } from './export-approvals.js';
import { ExportExpiry } from './export-expiry.js';
import { ExportFiles } from './export-files.js';
import { ExportProgress } from './export-progress.js';
import { ExportRunner } from './export-runner.js';
import { ExportSource } from './export-source.js';
import { ExportStreamsService } from './export-streams.service.js';
import { ExportTakeUp } from './export-take-up.js';
import { ExportsController } from './exports.controller.js';
import { ExportsService } from './exports.service.js';
import { PrintThreads } from './documents/print-threads.js';
import { FileFormats } from './formats/file-formats.js';
import { NoteThreads } from './texts/note-threads.js';

@Module({
  imports: [ClientsModule, PracticesModule, ProgressModule],
  controllers: [ExportsController],
  providers: [
    ExportsService,
    ExportApprovals,
    ExportStreamsService,
    ExportFiles,
    ExportSource,
    NoteThreads,
    PrintThreads,
    FileFormats,
    ExportRunner,
    ExportTakeUp,
    ExportProgress,
    ExportExpiry,
  ],
  exports: [ExportFiles],
})
export class ExportsModule {}
