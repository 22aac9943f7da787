import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { LeakReportController } from './leak-report.controller.js';
import { LeakReportService } from './leak-report.service.js';
import { RegisterController } from './register.controller.js';
import { RegisterService } from './register.service.js';

/** What the practice can show an authority: its register of processing, and who touched what when something leaked. */
@Module({
  imports: [PracticesModule],
  controllers: [RegisterController, LeakReportController],
  providers: [RegisterService, LeakReportService],
})
export class RegisterModule {}
