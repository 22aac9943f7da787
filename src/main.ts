import { createApp } from './create-app.js';
import { begin } from './config/begin.js';

void begin(async (settings) => {
  const app = await createApp(settings);
  await app.listen(settings.port, settings.host);
});
