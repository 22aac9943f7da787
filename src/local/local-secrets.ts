import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readJson, writeJson, writeJsonOnce } from './data-dir.js';

/** The secrets of the demo and development, each 32 random bytes in base64url. */
export interface LocalSecrets {
  readonly tokenSecret: string;
  /** That of before the last rotation. */
  readonly tokenSecretPrevious?: string;
  readonly installationKey: string;
  /** Passwords of the database's roles. */
  readonly superuser: string;
  readonly owner: string;
  readonly serving: string;
}

export const secret = (): string => randomBytes(32).toString('base64url');

/** Made once, in `secrets.json`; whoever throws that away throws away what they open. */
export function localSecrets(dataDir: string): LocalSecrets {
  const file = join(dataDir, 'secrets.json');
  writeJsonOnce(file, {
    tokenSecret: secret(),
    installationKey: secret(),
    superuser: secret(),
    owner: secret(),
    serving: secret(),
  } satisfies LocalSecrets);
  return readJson(file) as LocalSecrets;
}

/** What backups of the demo and development are encrypted with: made once, in `backup-key.json`. */
export function localBackupKey(dataDir: string): string {
  const file = join(dataDir, 'backup-key.json');
  writeJsonOnce(file, { backupKey: secret() });
  return (readJson(file) as { backupKey: string }).backupKey;
}

/** Another secret signs access tokens from the next start on; what the one of now signed stays good until it ends. */
export function rotateLocalTokens(dataDir: string): void {
  const secrets = localSecrets(dataDir);
  writeJson(join(dataDir, 'secrets.json'), {
    ...secrets,
    tokenSecret: secret(),
    tokenSecretPrevious: secrets.tokenSecret,
  } satisfies LocalSecrets);
}
