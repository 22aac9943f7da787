import { join } from 'node:path';
import { type BackupEnvironment, readBackupEnvironment } from '../backup/backup-environment.js';
import { openDataDir } from '../local/data-dir.js';
import { isInstallation } from '../local/local-environment.js';
import { localBackupKey } from '../local/local-secrets.js';

/**
 * Where backups lie and what they are encrypted with: the settings of the installation, or on a machine without any a
 * folder and a secret beside the local database. What is set counts there too.
 * @throws EnvironmentIncomplete
 */
export function backupPlaces(): BackupEnvironment {
  if (isInstallation()) return readBackupEnvironment(process.env);
  const dataDir = openDataDir();
  const folder = join(dataDir, 'backups');
  return readBackupEnvironment({
    BACKUP_KEY: localBackupKey(dataDir),
    BACKUP_DIR: folder,
    BACKUP_KEYS_DIR: join(folder, 'keys'),
    ...process.env,
  });
}
