import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { PracticesModule } from '../../practices/practices.module.js';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { LogWriter } from './log-writer.js';
import { LogsController } from './logs.controller.js';
import { LogsService } from './logs.service.js';
import { OwnLogBatchesController } from './own-log-batches.controller.js';
import { OwnLogBatchesService } from './own-log-batches.service.js';
import { OwnLogsController } from './own-logs.controller.js';
import { OwnLogsService } from './own-logs.service.js';
import { TensionAlarm } from './tension-alarm.js';

@Module({
  imports: [ClientsModule, PracticesModule, AssignmentsModule],
  controllers: [LogsController, OwnLogBatchesController, OwnLogsController],
  providers: [LogsService, OwnLogBatchesService, OwnLogsService, LogWriter, TensionAlarm],
})
export class LogsModule {}
