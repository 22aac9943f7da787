import { Global, Module } from '@nestjs/common';
import { DeviceMarks } from './device-marks.js';
import { ForgottenAttempts } from './forgotten-attempts.js';
import { GeneralLimit } from './general-limit.js';
import { Throttle } from './throttle.js';

@Global()
@Module({
  providers: [DeviceMarks, ForgottenAttempts, GeneralLimit, Throttle],
  exports: [DeviceMarks, GeneralLimit, Throttle],
})
export class ThrottlingModule {}
