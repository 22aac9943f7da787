import { dropOldKeyFiles, dropPartials } from '../backup/backup-files.js';
import { takeBackup } from '../backup/take-backup.js';
import { perform } from '../config/begin.js';
import { backupPlaces } from './backup-places.js';
import { ownerUrl } from './owner-url.js';

const KEYS_KEPT_DAYS = 30;

/** `npm run backup`: one moment of the database, encrypted, with the key store in a file of its own. */
void perform(async (life) => {
  const { BACKUP_KEY, BACKUP_DIR, BACKUP_KEYS_DIR } = backupPlaces();
  const now = new Date();
  const made = takeBackup({
    ownerUrl: await ownerUrl(life),
    backupKey: Buffer.from(BACKUP_KEY, 'base64url'),
    dataDir: BACKUP_DIR,
    keysDir: BACKUP_KEYS_DIR,
    now,
  });
  const { data, keys, tables, rows } = await life.unlessEnded(made);
  for (const folder of [BACKUP_DIR, BACKUP_KEYS_DIR]) await dropPartials(folder, now);
  const dropped = await dropOldKeyFiles(BACKUP_KEYS_DIR, KEYS_KEPT_DAYS, now);
  process.stdout.write(
    `${rows} rows of ${tables} tables.\nData: ${data.path} (${data.bytes} bytes)\n` +
      `Keys: ${keys.path} (${keys.bytes} bytes)\n`,
  );
  for (const path of dropped) process.stdout.write(`Older than ${KEYS_KEPT_DAYS} days, removed: ${path}\n`);
});
