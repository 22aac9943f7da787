import { IsNotEmpty, IsString, Matches } from 'class-validator';
import { readVariables } from '../config/environment.js';

/** What `npm run backup` and `npm run restore` read beside the connection of the owner. */
export class BackupEnvironment {
  /** Encrypts the backups; 32 bytes, and not the installation's key. */
  @Matches(/^[\w-]{43}$/)
  BACKUP_KEY: string;

  /** Where the data are written. */
  @IsNotEmpty()
  @IsString()
  BACKUP_DIR: string;

  /** Where the key store is written: a place where nothing lives longer than thirty days. */
  @IsNotEmpty()
  @IsString()
  BACKUP_KEYS_DIR: string;
}

/** @throws EnvironmentIncomplete */
export const readBackupEnvironment = (source: NodeJS.ProcessEnv): BackupEnvironment =>
  readVariables(BackupEnvironment, source);
