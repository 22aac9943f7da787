import { begin } from './config/begin.js';
import { readEnvironment } from './config/environment.js';
import { Settings } from './config/settings.js';
import { createApp, listen } from './create-app.js';

void begin(async (life) => {
  const settings = new Settings(readEnvironment(process.env));
  const app = await createApp(settings);
  life.atEnd(() => app.close());
  await listen(app, settings);
});
