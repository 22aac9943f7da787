import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { CannotStart } from '../config/cannot-start.js';
import { readJson, writeJson } from '../local/data-dir.js';
import type { LocalEnvironment } from '../local/local-environment.js';
import type { DemoPractice } from './demo-practice.js';
import { seedDemo } from './seed-demo.js';

/**
 * The demo practices: made where the database is empty, else as they were recorded when they were made. The
 * database itself is marked before and after, so that a seed killed half way is made anew.
 * @returns nothing when there are practices of other making
 */
export async function seedOnce(
  { dataDir, database }: LocalEnvironment,
  app: NestFastifyApplication,
): Promise<DemoPractice[] | undefined> {
  const record = join(dataDir, 'demo-practices.json');
  if (!(await database.take('seeding')))
    throw new CannotStart('The demo practices are being made right now.');
  if ((await database.seedMark()) !== 'seeded') {
    if (await hasPractices(app)) return undefined;
    await database.markSeed('being seeded');
    writeJson(record, await seedDemo(app));
    await database.markSeed('seeded');
  }
  await database.release('seeding');
  return (readJson(record) ?? []) as DemoPractice[];
}

async function hasPractices(app: NestFastifyApplication): Promise<boolean> {
  const ids = await app.get(DataSource).query<unknown[]>('select * from lookup.practice_ids() limit 1');
  return ids.length > 0;
}
