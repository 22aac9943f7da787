import { Global, Module } from '@nestjs/common';
import { ForgottenAttempts } from './forgotten-attempts.js';
import { GeneralLimit } from './general-limit.js';
import { Throttle } from './throttle.js';

@Global()
@Module({ providers: [ForgottenAttempts, GeneralLimit, Throttle], exports: [GeneralLimit, Throttle] })
export class ThrottlingModule {}
