import { readMigrationUrl } from '../config/environment.js';
import type { Lifetime } from '../config/lifetime.js';
import { isInstallation, openLocalDatabase } from '../local/local-environment.js';

/**
 * The connection of the owner of the tables: `MIGRATION_DATABASE_URL`, or the local database on a machine
 * that has no setting of an installation at all.
 * @throws EnvironmentIncomplete
 */
export async function ownerUrl(life: Lifetime): Promise<string> {
  if (isInstallation()) return readMigrationUrl(process.env);
  return (await openLocalDatabase(life)).urls.owner;
}
