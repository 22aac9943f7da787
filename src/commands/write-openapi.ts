import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module.js';
import { PACKAGE_ROOT } from '../common/package-root.js';
import type { Settings } from '../config/settings.js';
import { describeApi } from '../openapi/describe-api.js';

/**
 * Writes `openapi.json` from the controllers; nothing is started, so there is nothing to configure. With `--check` it
 * writes nothing, and fails when what stands there is not what the controllers say.
 */
async function writeOpenApi(): Promise<void> {
  const module = AppModule.with({} as Settings);
  const app = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: ['error'] });
  const file = join(PACKAGE_ROOT, 'openapi.json');
  const described = `${JSON.stringify(describeApi(app), null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(file, described);
  else if (readFileSync(file, 'utf8') !== described) {
    process.stderr.write(
      'openapi.json is not what the controllers say: run `npm run openapi` and look at the difference.\n',
    );
    process.exitCode = 1;
  }
}

void writeOpenApi();
