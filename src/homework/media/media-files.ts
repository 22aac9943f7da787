import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Span } from '../../common/cipher/chunk-cipher.js';
import { Settings } from '../../config/settings.js';
import { contentTypeOf } from './content-types.js';
import type { ExerciseMedium } from './exercise-medium.entity.js';
import { mediumTooLarge, notPlayable, uploadBrokeOff } from './exercise-medium.errors.js';

type Named = Pick<ExerciseMedium, 'practiceId' | 'id'>;

/** What came in. */
export interface Received {
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

const UNFINISHED = '.part';

/**
 * Recordings on disk, one folder per practice, named by ids only: nothing of what their maker called them reaches a
 * path. What comes in has a name of its own until it is whole, of a kind that is played, and on disk.
 */
@Injectable()
export class MediaFiles {
  constructor(private readonly settings: Settings) {}

  /**
   * Takes in a whole file under its own name, or leaves nothing.
   * @param source is not destroyed: who sends too much still hears why it was refused
   * @throws Problem 400 `upload-broke-off`, 413 `too-large`, 415 `not-playable`
   */
  async receive(medium: Named, source: Readable): Promise<Received> {
    const path = this.pathOf(medium);
    await mkdir(this.folderOf(medium.practiceId), { recursive: true, mode: 0o700 });
    try {
      const written = await this.write(`${path}${UNFINISHED}`, source);
      const contentType = await contentTypeOf(`${path}${UNFINISHED}`);
      if (!contentType) throw notPlayable();
      await rename(`${path}${UNFINISHED}`, path);
      const folder = await open(this.folderOf(medium.practiceId), 'r');
      await folder.sync().finally(() => folder.close());
      return { ...written, contentType };
    } catch (error) {
      await rm(`${path}${UNFINISHED}`, { force: true });
      throw error;
    }
  }

  /** A part of a file, or nothing when it is not there as it was taken in. */
  async read(medium: ExerciseMedium, { from, until }: Span): Promise<Readable | undefined> {
    const file = await openedIfThere(this.pathOf(medium));
    if (!file) return undefined;
    if ((await file.stat()).size !== medium.bytes) {
      await file.close();
      return undefined;
    }
    return file.createReadStream({ start: from, end: until - 1 });
  }

  async remove(medium: Named): Promise<void> {
    await rm(this.pathOf(medium), { force: true });
  }

  /**
   * Removes what lies there since before a moment under no known id: of an upload that broke off, or one that is no
   * longer used.
   */
  async sweep(practiceId: string, known: ReadonlySet<string>, before: Date): Promise<void> {
    const folder = this.folderOf(practiceId);
    for (const name of await namesIn(folder)) {
      if (known.has(name)) continue;
      const { mtime } = await stat(join(folder, name));
      if (mtime < before) await rm(join(folder, name), { force: true });
    }
  }

  private async write(path: string, source: Readable): Promise<{ bytes: number; sha256: Buffer }> {
    const file = await open(path, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of chunksOf(source)) {
        bytes += chunk.length;
        if (bytes > this.settings.mediaLargestBytes) throw mediumTooLarge(this.settings.mediaLargestBytes);
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.sync();
      return { bytes, sha256: hash.digest() };
    } finally {
      await file.close();
    }
  }

  private pathOf({ practiceId, id }: Named): string {
    return join(this.folderOf(practiceId), id);
  }

  private folderOf(practiceId: string): string {
    return join(this.settings.mediaDir, practiceId);
  }
}

/** What comes in, until its end; a connection that ends before that is no end. */
async function* chunksOf(source: Readable): AsyncGenerator<Buffer> {
  try {
    yield* source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (error) {
    if (source.destroyed) throw uploadBrokeOff();
    throw error;
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

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
