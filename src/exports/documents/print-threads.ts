import { once } from 'node:events';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { PrintedDocument } from './printed.js';

/** It lies beside this file, compiled where this one is. */
const THREAD = join(__dirname, `print-thread${extname(__filename)}`);
/** A document that would need more is not one that a person reads. */
const MOST_MIB = 512;

/** The thread that laid a document out ended over it. */
export class PrintingFailed extends Error {
  override readonly name = 'PrintingFailed';
}

/** Lays documents out as PDF, each in a thread of its own. */
@Injectable()
export class PrintThreads {
  /** How Node is to be started in a thread; nothing but a test or a bench, which run from sources, needs more. */
  readonly execArgv: readonly string[] | undefined = undefined;

  /** @throws PrintingFailed */
  async print(document: PrintedDocument): Promise<Buffer> {
    const thread = new Worker(THREAD, {
      workerData: document,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MIB },
      ...(this.execArgv && { execArgv: [...this.execArgv] }),
    });
    try {
      const [bytes] = (await Promise.race([once(thread, 'message'), ended(thread)])) as [ArrayBuffer];
      return Buffer.from(bytes);
    } catch (error) {
      // Its words may quote the document.
      throw new PrintingFailed((error as Error).name);
    } finally {
      await thread.terminate();
    }
  }
}

async function ended(thread: Worker): Promise<never> {
  await once(thread, 'exit');
  throw new PrintingFailed('the thread ended');
}
