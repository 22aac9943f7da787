import { Global, Module } from '@nestjs/common';
import { Housekeeping } from './housekeeping.js';
import { Jobs } from './jobs.js';

@Global()
@Module({ providers: [Jobs, Housekeeping], exports: [Jobs, Housekeeping] })
export class JobsModule {}
