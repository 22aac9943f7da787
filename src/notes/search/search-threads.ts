import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Hit, SearchAnswer, SearchTask } from './search-task.js';

/** It lies beside this file, compiled where this one is. */
const THREAD = join(__dirname, `search-thread${extname(__filename)}`);
const MOST_THREADS = Math.max(1, Math.min(2, availableParallelism() - 1));

interface Waiting {
  readonly task: SearchTask;
  readonly done: (hits: readonly Hit[]) => void;
  readonly failed: (error: Error) => void;
}

/** A thread could not do its task, or ended over it. */
export class SearchFailed extends Error {
  override readonly name = 'SearchFailed';

  /** @param note which of the notes does not open, where it was that */
  constructor(
    message: string,
    readonly note?: number,
  ) {
    super(message);
  }
}

/**
 * A few threads that open and search texts, so that the one that answers requests stays free. They start with the
 * first search and end with the program; each does one task at a time, in the order in which they were asked.
 */
@Injectable()
export class SearchThreads implements OnApplicationShutdown {
  /** How Node is to be started in a thread; nothing but a test or a bench, which run from sources, needs more. */
  readonly execArgv: readonly string[] | undefined = undefined;
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Waiting>();
  private readonly queue: Waiting[] = [];
  private hasEnded = false;

  run(task: SearchTask): Promise<readonly Hit[]> {
    if (this.hasEnded) return Promise.reject(new SearchFailed('the program is stopping'));
    return new Promise((done, failed) => {
      this.queue.push({ task, done, failed });
      this.next();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.hasEnded = true;
    for (const waiting of this.queue.splice(0)) waiting.failed(new SearchFailed('the program is stopping'));
    await Promise.all([...this.idle, ...this.busy.keys()].map((thread) => thread.terminate()));
  }

  private next(): void {
    const thread = this.queue.length > 0 ? this.free() : undefined;
    if (!thread) return;
    const waiting = this.queue.shift()!;
    this.busy.set(thread, waiting);
    thread.ref();
    thread.postMessage(waiting.task, [waiting.task.keys, waiting.task.sealed]);
  }

  private free(): Worker | undefined {
    return this.idle.pop() ?? (this.busy.size < MOST_THREADS ? this.started() : undefined);
  }

  private started(): Worker {
    const thread = new Worker(THREAD, { ...(this.execArgv && { execArgv: [...this.execArgv] }) });
    thread.on('message', (answer: SearchAnswer) => {
      const waiting = this.busy.get(thread);
      this.busy.delete(thread);
      this.idle.push(thread);
      // A thread that waits for work keeps nobody's program from ending.
      thread.unref();
      if ('hits' in answer) waiting?.done(answer.hits);
      else waiting?.failed(new SearchFailed(answer.failed, answer.note));
      this.next();
    });
    thread.on('error', (error) => this.lose(thread, error));
    thread.on('exit', () => this.lose(thread, undefined));
    return thread;
  }

  /** Whoever waited is told; the next task starts another thread. */
  private lose(thread: Worker, error: Error | undefined): void {
    const waiting = this.busy.get(thread);
    this.busy.delete(thread);
    const place = this.idle.indexOf(thread);
    if (place >= 0) this.idle.splice(place, 1);
    waiting?.failed(new SearchFailed(`the thread ended: ${error?.name ?? 'without an error'}`));
    this.next();
  }
}
