import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { PracticesModule } from '../../practices/practices.module.js';
import { CheckInReader } from './check-in-reader.js';
import { CheckInWriter } from './check-in-writer.js';
import { CheckInsController } from './check-ins.controller.js';
import { CheckInsService } from './check-ins.service.js';
import { OwnCheckInsController } from './own-check-ins.controller.js';
import { OwnCheckInsService } from './own-check-ins.service.js';

@Module({
  imports: [ClientsModule, PracticesModule],
  controllers: [CheckInsController, OwnCheckInsController],
  providers: [CheckInsService, OwnCheckInsService, CheckInReader, CheckInWriter],
})
export class CheckInsModule {}
