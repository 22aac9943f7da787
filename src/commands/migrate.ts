import { perform } from '../config/begin.js';
import { migrate } from '../database/migrate.js';
import { ownerUrl } from './owner-url.js';

/** `npm run db:migrate`: brings the database up to the newest migration. */
void perform(async (life) => {
  const ran = await life.unlessEnded(migrate(await ownerUrl(life)));
  process.stdout.write(ran.length > 0 ? `Migrated: ${ran.join(', ')}.\n` : 'There is nothing to migrate.\n');
});
