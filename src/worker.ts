import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { makeLogger, NestLogger } from './common/logger.js';
import { begin } from './config/begin.js';
import { Jobs } from './jobs/jobs.js';

void begin(async (settings) => {
  const logger = new NestLogger(makeLogger(settings.logLevel));
  const context = await NestFactory.createApplicationContext(AppModule.with(settings), { logger });
  context.enableShutdownHooks();
  await context.get(Jobs).work();
});
