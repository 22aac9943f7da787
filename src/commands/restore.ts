import { parseArgs } from 'node:util';
import { restoreBackup } from '../backup/restore-backup.js';
import { perform } from '../config/begin.js';
import { CannotStart } from '../config/cannot-start.js';
import { backupPlaces } from './backup-places.js';
import { ownerUrl } from './owner-url.js';

const USAGE = `Usage: npm run restore -- --data /path/to/ademruimte-….data --keys /path/to/ademruimte-….keys
  The keys of the same backup, or those of a later one. The database must be empty.`;

/** `npm run restore`: puts a backup into an empty database, compares every table, and keeps all of it or nothing. */
void perform(async (life) => {
  const { data, keys } = readArguments();
  const backupKey = Buffer.from(backupPlaces().BACKUP_KEY, 'base64url');
  const restoring = restoreBackup({ ownerUrl: await ownerUrl(life), backupKey, data, keys });
  const { madeAt, tables, keysLeftOut, countedOn } = await life.unlessEnded(restoring);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  for (const { name, rows: own } of tables) process.stdout.write(`  ${name}: ${own}\n`);
  process.stdout.write(
    `Restored the moment of ${madeAt}: ${rows} rows of ${tables.length} tables, each as it was.\n`,
  );
  if (keysLeftOut > 0) process.stdout.write(`Keys of files that came later, left out: ${keysLeftOut}.\n`);
  if (countedOn > 0) process.stdout.write(`Transactions counted on: ${countedOn}.\n`);
});

function readArguments(): { data: string; keys: string } {
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' }, keys: { type: 'string' } } });
    if (values.data && values.keys) return { data: values.data, keys: values.keys };
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${USAGE}`);
  }
  throw new CannotStart(USAGE);
}
