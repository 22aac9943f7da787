import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module.js';
import { PACKAGE_ROOT } from '../common/package-root.js';
import type { Settings } from '../config/settings.js';
import { describeApi } from '../openapi/describe-api.js';

/** Writes `openapi.json` from the controllers; nothing is started, so there is nothing to configure. */
async function writeOpenApi(): Promise<void> {
  const module = AppModule.with({} as Settings);
  const app = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: ['error'] });
  writeFileSync(join(PACKAGE_ROOT, 'openapi.json'), `${JSON.stringify(describeApi(app), null, 2)}\n`);
}

void writeOpenApi();
