import { extname, join } from 'node:path';
import { Transform, type TransformCallback } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { TextBroken } from './open-notes.js';
import type { TextAnswer, TextMessage, TextSetup } from './text-task.js';

/** It lies beside this file, compiled where this one is. */
const THREAD = join(__dirname, `open-notes-thread${extname(__filename)}`);
const LINE_FEED = 0x0a;
/** So many bytes go to the thread at a time, in whole lines. */
const BATCH_BYTES = 262_144;
/** While the thread opens one batch, the next is fetched. */
const MOST_UNDER_WAY = 2;

/** The thread that opens texts ended over it, or could not. */
export class OpeningFailed extends Error {
  override readonly name = 'OpeningFailed';
}

/**
 * Lines of sealed notes go in, lines of opened ones come out, in the same order. The opening is done in a thread, so
 * that the one that answers requests only cuts bytes at line ends.
 */
export class OpenedNotes extends Transform {
  private readonly thread: Worker;
  private waiting: Buffer[] = [];
  private length = 0;
  private underWay = 0;
  private goOn?: () => void;

  /** @param execArgv how Node is to be started in the thread; nothing but a test or a bench, which run from sources, needs more */
  constructor(setup: TextSetup, execArgv?: readonly string[]) {
    super();
    this.thread = new Worker(THREAD, {
      workerData: setup,
      transferList: [setup.keys],
      ...(execArgv && { execArgv: [...execArgv] }),
    });
    this.thread.on('message', (answer: TextAnswer) => this.receive(answer));
    this.thread.on('error', (error) => this.destroy(new OpeningFailed(error.name)));
    this.thread.on('exit', () => {
      if (this.underWay > 0) this.destroy(new OpeningFailed('the thread ended'));
    });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.waiting.push(chunk);
    this.length += chunk.length;
    if (this.length < BATCH_BYTES) {
      done();
      return;
    }
    const all = Buffer.concat(this.waiting);
    const end = all.lastIndexOf(LINE_FEED) + 1;
    this.waiting = [all.subarray(end)];
    this.length = all.length - end;
    if (end > 0) this.give(all.subarray(0, end));
    this.whenFewer(MOST_UNDER_WAY, done);
  }

  override _flush(done: TransformCallback): void {
    if (this.length > 0) this.give(Buffer.concat(this.waiting));
    this.whenFewer(1, () => {
      this.say('end');
      done();
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (error) void this.thread.terminate();
    done(error);
  }

  private give(lines: Buffer): void {
    const whole = new ArrayBuffer(lines.length);
    lines.copy(Buffer.from(whole));
    this.underWay += 1;
    this.say({ lines: whole }, [whole]);
  }

  private say(message: TextMessage, handedOver: ArrayBuffer[] = []): void {
    this.thread.postMessage(message, handedOver);
  }

  private receive(answer: TextAnswer): void {
    if ('failed' in answer) {
      const { failed, broken } = answer;
      this.destroy(broken ? new TextBroken(broken.clientId, broken.noteId) : new OpeningFailed(failed));
      return;
    }
    this.underWay -= 1;
    this.push(Buffer.from(answer.lines));
    this.goOn?.();
  }

  /** @param fewer than so many batches are with the thread */
  private whenFewer(fewer: number, next: () => void): void {
    this.goOn = undefined;
    if (this.underWay < fewer) {
      next();
      return;
    }
    this.goOn = () => this.whenFewer(fewer, next);
  }
}
