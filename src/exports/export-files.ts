import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import type { Export } from './export.entity.js';

type Named = Pick<Export, 'practiceId' | 'id'>;

/**
 * Export files on disk, one folder per practice, named by ids only. What is being written has a name of
 * its own until it is whole, so that there is never a half file under the name that is handed out.
 */
@Injectable()
export class ExportFiles {
  constructor(private readonly settings: Settings) {}

  /** Begins anew: what an earlier run left behind is gone. */
  async begin(copy: Named): Promise<Writable> {
    const path = this.unfinished(copy);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rm(path, { force: true });
    const file = await open(path, 'wx', 0o600);
    // Flushed: on disk, and not merely on its way there, when the stream says it is done.
    return file.createWriteStream({ flush: true });
  }

  /** Gives a whole file the name that is handed out. */
  async publish(copy: Named): Promise<void> {
    await rename(this.unfinished(copy), this.finished(copy));
    const folder = await open(dirname(this.finished(copy)), 'r');
    await folder.sync().finally(() => folder.close());
  }

  /** The file, or nothing when it is not there or not of the size it should be. */
  async read(copy: Export): Promise<Readable | undefined> {
    const file = await openedIfThere(this.finished(copy));
    if (!file) return undefined;
    const { size } = await file.stat();
    if (size === copy.bytes) return file.createReadStream();
    await file.close();
    return undefined;
  }

  /** Removes all that there is of it. */
  async remove(copy: Named): Promise<void> {
    await Promise.all([this.unfinished(copy), this.finished(copy)].map((path) => rm(path, { force: true })));
  }

  private finished({ practiceId, id }: Named): string {
    return join(this.settings.filesDir, 'exports', practiceId, id);
  }

  private unfinished(copy: Named): string {
    return `${this.finished(copy)}.part`;
  }
}

async function openedIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
