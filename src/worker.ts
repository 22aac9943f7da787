import { Sealer } from './audit/sealer.js';
import { begin } from './config/begin.js';
import { readEnvironment } from './config/environment.js';
import { Settings } from './config/settings.js';
import { createContext } from './create-app.js';
import { ExportTakeUp } from './exports/export-take-up.js';
import { Jobs } from './jobs/jobs.js';

void begin(async (life) => {
  const context = await createContext(new Settings(readEnvironment(process.env)));
  life.atEnd(() => context.close());
  context.get(Sealer).work();
  context.get(ExportTakeUp, { strict: false }).work();
  await context.get(Jobs).work();
});
