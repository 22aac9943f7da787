import { Witness } from '../../src/audit/witness.js';
import { begin } from '../../src/config/begin.js';
import { readEnvironment } from '../../src/config/environment.js';
import { Settings } from '../../src/config/settings.js';
import { createApp, listen } from '../../src/create-app.js';

/** This product, but reads leave no row in the audit log: what that row costs is the difference. */
void begin(async (life) => {
  const settings = new Settings(readEnvironment(process.env));
  const app = await createApp(settings);
  life.atEnd(() => app.close());
  Object.assign(app.get(Witness, { strict: false }), { write: () => Promise.resolve() });
  await listen(app, settings);
});
