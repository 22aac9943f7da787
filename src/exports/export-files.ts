import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import {
  ChunkCipher,
  openChunks,
  SealingChunks,
  sealedLength,
  type Span,
} from '../common/cipher/chunk-cipher.js';
import { CannotOpen } from '../common/cipher/cipher.js';
import { filePassphrase } from '../common/cipher/file-passphrase.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { rangeOf } from '../common/http/byte-range.js';
import { Settings } from '../config/settings.js';
import type { Export } from './export.entity.js';
import { fileIsGone } from './export.errors.js';

/** A file, or a part of it, on its way to who asked for it. */
export interface Download {
  readonly copy: Export;
  readonly content: Readable;
  /** Which part; absent for all of it. */
  readonly span?: Span;
}

/** The headers that ask for a part of a file. */
export interface PartWanted {
  readonly range?: string | undefined;
  readonly 'if-range'?: string | undefined;
}

/** Two files are the same where their bytes are. */
export const tagOf = ({ sha256 }: Export): string => `"${sha256}"`;

type Named = Pick<Export, 'practiceId' | 'id'>;

/**
 * Export files on disk, one folder per practice, named by ids only, and each sealed with a key of its own, which
 * stands wrapped in the row of the export. What is being written has a name of its own until it is whole, so that
 * there is never a half file under the name that is handed out.
 */
@Injectable()
export class ExportFiles {
  constructor(
    private readonly settings: Settings,
    private readonly installationKey: InstallationKey,
  ) {}

  /** A fresh key, as it stands in the row: for one file and never for another, also when a run starts over. */
  newKey({ practiceId, id }: Named): Buffer {
    return this.installationKey.wrapNewFileKey(practiceId, id);
  }

  /**
   * Writes all that comes, sealed, under a name of its own. It begins anew: what an earlier run left behind is gone.
   * When it resolves, the bytes are on disk, and not merely on their way there.
   */
  async write(copy: Export, source: Readable, ...steps: Transform[]): Promise<void> {
    const path = this.unfinished(copy);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rm(path, { force: true });
    const file = (await open(path, 'wx', 0o600)).createWriteStream({ flush: true });
    try {
      await pipeline([source, ...steps, new SealingChunks(this.cipherOf(copy)), file]);
    } finally {
      file.destroy();
    }
  }

  /** Gives a whole file the name that is handed out. */
  async publish(copy: Named): Promise<void> {
    await rename(this.unfinished(copy), this.finished(copy));
    const folder = await open(dirname(this.finished(copy)), 'r');
    await folder.sync().finally(() => folder.close());
  }

  /**
   * The file, or the part of it that is wanted, once it is on record that it leaves.
   * @throws Problem 409 where it is not there, 416 for a part that is not there
   */
  async handOut(copy: Export, wanted: PartWanted, record: () => Promise<void>): Promise<Download> {
    const span = rangeOf(wanted, copy.bytes!, tagOf(copy));
    const content = await this.read(copy, span ?? { from: 0, until: copy.bytes! });
    if (!content) throw fileIsGone(copy.status);
    await record().catch((error: unknown) => {
      content.destroy();
      throw error;
    });
    return { copy, content, ...(span && { span }) };
  }

  /** What opens the archive for a client without a login: it stands nowhere, and is gone with the key of the file. */
  passphraseOf({ practiceId, id, fileKey }: Export): string {
    return filePassphrase(this.installationKey.unwrapFileKey(practiceId, id, fileKey!));
  }

  /** A part of the file, or nothing when it is not there, or is not what was written. */
  async read(copy: Export, span: Span): Promise<Readable | undefined> {
    if (copy.fileKey === null) return undefined;
    const file = await openedIfThere(this.finished(copy));
    if (!file) return undefined;
    const parts = following(file, this.open(copy, file, span));
    // The first part is opened before anything is said: a file that does not open is no file.
    const first = await parts.next().catch(unopened);
    if (!first) return undefined;
    const content = Readable.from(from(first, parts), { objectMode: false });
    // Also where nobody takes any of it, such as for a `HEAD`: then what it is read by has not even begun.
    return content.once('close', () => void parts.return(undefined));
  }

  /** Removes all that there is of it. */
  async remove(copy: Named): Promise<void> {
    await Promise.all([this.unfinished(copy), this.finished(copy)].map((path) => rm(path, { force: true })));
  }

  private async *open(copy: Export, file: FileHandle, span: Span): AsyncGenerator<Buffer, void> {
    const { size } = await file.stat();
    if (size !== sealedLength(copy.bytes!)) throw new CannotOpen();
    const read = async (from: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    yield* openChunks(this.cipherOf(copy), read, copy.bytes!, span);
  }

  private cipherOf({ practiceId, id, fileKey }: Export): ChunkCipher {
    const key = this.installationKey.unwrapFileKey(practiceId, id, fileKey!);
    return new ChunkCipher(key, ['exports', practiceId, id].join('/'));
  }

  private finished({ practiceId, id }: Named): string {
    return join(this.settings.filesDir, 'exports', practiceId, id);
  }

  private unfinished(copy: Named): string {
    return `${this.finished(copy)}.part`;
  }
}

/** However the reading ends, the file is closed. */
async function* following(
  file: FileHandle,
  parts: AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  try {
    yield* parts;
  } finally {
    await file.close();
  }
}

/** What was taken already, and then the rest. */
async function* from(
  first: IteratorResult<Buffer, void>,
  rest: AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  if (!first.done) yield first.value;
  yield* rest;
}

function unopened(error: unknown): undefined {
  if (!(error instanceof CannotOpen)) throw error;
}

async function openedIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
