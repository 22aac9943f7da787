import { perform } from '../config/begin.js';
import { CannotStart } from '../config/cannot-start.js';
import { createApp } from '../create-app.js';
import { seedOnce } from '../demo/seed-once.js';
import { isInstallation, openLocalEnvironment } from '../local/local-environment.js';

/** `npm run db:seed`: makes the demo practices in the local database, where there are none yet. */
void perform(async (life) => {
  if (isInstallation())
    throw new CannotStart('The demo practices are for the local database only: unset DATABASE_URL.');
  const local = await openLocalEnvironment(life);
  const app = await createApp(local.settings);
  life.atEnd(() => app.close());
  const practices = await life.unlessEnded(seedOnce(local, app));
  if (!practices)
    throw new CannotStart('The local database holds practices already; DATA_DIR names another folder.');
  const logins = practices.flatMap((practice) =>
    practice.logins.map((login) => ({ ...login, practice: practice.slug })),
  );
  for (const { practice, email, password, roles } of logins)
    process.stdout.write(`${practice}  ${roles.join(' and ')}  ${email}  ${password}\n`);
});
