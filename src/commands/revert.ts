import { perform } from '../config/begin.js';
import { revert } from '../database/migrate.js';
import { ownerUrl } from './owner-url.js';

/** `npm run db:revert`: takes back the newest migration, with what it made room for. */
void perform(async (life) => {
  const reverted = await life.unlessEnded(revert(await ownerUrl(life)));
  process.stdout.write(reverted ? `Reverted: ${reverted}.\n` : 'There is nothing to revert.\n');
});
