import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { UUID } from '../../common/page.js';
import { Settings } from '../../config/settings.js';

/** Who was erased: two ids, and nothing that says who it was. */
export interface Erased {
  readonly practiceId: string;
  readonly clientId: string;
}

const LINE_FEED = '\n';

/**
 * The list of who was erased, outside the database, so that a backup that is put back does not bring them back. Lines are only
 * ever added, and are on disk before the erasure of which they tell is committed.
 */
@Injectable()
export class ErasureLedger {
  private readonly logger = new Logger(ErasureLedger.name);
  private readonly file: string;

  constructor({ erasureLedgerFile }: Settings) {
    this.file = erasureLedgerFile;
  }

  /** When it resolves, the lines are on disk, and not merely on their way there. */
  async append(erased: readonly Erased[]): Promise<void> {
    if (erased.length === 0) return;
    const lines = erased.map(({ practiceId, clientId }) => `${practiceId} ${clientId}${LINE_FEED}`).join('');
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    const file = await open(this.file, 'a+', 0o600);
    try {
      // A line that a crash cut off stands by itself; who it was to be is erased, and written, anew.
      await file.appendFile((await endsInLine(file)) ? lines : `${LINE_FEED}${lines}`);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(this.file));
  }

  /** Everybody in it, once; nobody where there is no ledger yet. */
  async read(): Promise<Erased[]> {
    const text = await readFile(this.file, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    });
    const found = new Map<string, Erased>();
    for (const [i, line] of text.split(LINE_FEED).entries()) {
      const [practiceId = '', clientId = '', ...more] = line.split(' ');
      if (UUID.test(practiceId) && UUID.test(clientId) && more.length === 0) {
        found.set(line, { practiceId, clientId });
      } else if (line !== '')
        this.logger.warn({ line: i + 1 }, 'a line of the ledger of erasures cannot be read');
    }
    return [...found.values()];
  }
}

async function endsInLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === LINE_FEED;
}

/** A file that is new is only there once its folder says so. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
