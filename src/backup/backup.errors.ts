import { CannotStart } from '../config/cannot-start.js';

/** A file is no backup, was altered or cut off, or was made with another BACKUP_KEY. */
export class BackupUnreadable extends CannotStart {
  constructor(why: string, file?: string) {
    super(`${file ? `${file} cannot be read` : 'The backup cannot be read'}: ${why}`);
  }
}

/** The disk, or a folder on it, did not take the backup; no half file is left under its name. */
export class BackupNotWritten extends CannotStart {
  constructor(cause: Error) {
    super(`The backup was not written: ${cause.message}`);
  }
}

/** What came back is not what was taken: nothing of it was kept. */
export class RestoreDiffers extends CannotStart {
  constructor(tables: readonly string[]) {
    super(`These tables did not come back as they were: ${tables.join(', ')}. Nothing was restored.`);
  }
}
