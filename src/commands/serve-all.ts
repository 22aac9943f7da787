import { Sealer } from '../audit/sealer.js';
import { begin } from '../config/begin.js';
import { readEnvironment } from '../config/environment.js';
import { Settings } from '../config/settings.js';
import { createApp, listen } from '../create-app.js';
import { ExportTakeUp } from '../exports/export-take-up.js';
import { Jobs } from '../jobs/jobs.js';

/** Server and worker in one process, which `npm run dev` restarts. */
void begin(async (life) => {
  const settings = new Settings(readEnvironment(process.env));
  const app = await createApp(settings);
  life.atEnd(() => app.close());
  await listen(app, settings);
  app.get(Sealer).work();
  app.get(ExportTakeUp, { strict: false }).work();
  await app.get(Jobs).work();
});
