import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Sealer } from '../audit/sealer.js';
import { begin } from '../config/begin.js';
import { createApp, listen } from '../create-app.js';
import { seedOnce } from '../demo/seed-once.js';
import { welcome } from '../demo/welcome.js';
import { ExportTakeUp } from '../exports/export-take-up.js';
import { Jobs } from '../jobs/jobs.js';
import { writeJson } from '../local/data-dir.js';
import { openLocalEnvironment, serveAlone } from '../local/local-environment.js';

/** `npm run demo`: the whole product with practices to look at, in one process and without any setting. */
void begin(async (life) => {
  const local = await openLocalEnvironment(life);
  await serveAlone(local);
  // Whoever waits for this file waits for a demo that serves.
  const announcement = join(local.dataDir, 'demo.json');
  rmSync(announcement, { force: true });
  const app = await createApp(local.settings);
  life.atEnd(() => app.close());
  const practices = (await life.unlessEnded(seedOnce(local, app))) ?? [];
  const baseUrl = await listen(app, local.settings);
  app.get(Sealer).work();
  app.get(ExportTakeUp, { strict: false }).work();
  await app.get(Jobs).work();
  writeJson(announcement, { baseUrl, practices });
  process.stdout.write(welcome(baseUrl, practices, local.dataDir, local.database.home));
});
