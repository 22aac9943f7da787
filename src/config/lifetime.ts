import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { CannotStart } from './cannot-start.js';

const CLOSE_WITHIN_MS = 30_000;
const LOOK_FOR_NPM_MS = 250;

/** How long a process lives: until it is told to stop, or something fails; then what it opened is closed. */
export class Lifetime {
  /** Resolves when the process is told to stop. */
  readonly ending: Promise<void>;
  /** Rejects at an error that nobody caught. */
  readonly failure: Promise<never>;
  private readonly closings: (() => Promise<unknown>)[] = [];
  private hasEnded = false;

  constructor() {
    this.ending = new Promise((resolve) => {
      const end = (): void => {
        this.hasEnded = true;
        resolve();
      };
      // Ctrl-C reaches the whole process group, and npm passes on what it gets: once or twice is the same.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
      whenNpmIsGone(end);
    });
    this.failure = new Promise((_, reject) => {
      process.on('uncaughtException', reject);
    });
    this.failure.catch(() => undefined);
  }

  get isEnding(): boolean {
    return this.hasEnded;
  }

  /** What has to be closed; the newest is closed first. */
  atEnd(closing: () => Promise<unknown>): void {
    this.closings.unshift(closing);
  }

  /** Waits for this unless the process is told to stop: then it is left behind, and whoever began it must bear that. */
  async unlessEnded<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    return Promise.race([work, this.ending.then(() => Promise.reject(new CannotStart('Stopped.')))]);
  }

  /** @throws CannotStart when something does not close in time */
  async close(): Promise<void> {
    const tooLate = after(CLOSE_WITHIN_MS, undefined, { ref: false }).then(() => {
      throw new CannotStart(`Not everything ended within ${CLOSE_WITHIN_MS / 1000} seconds.`);
    });
    for (const closing of this.closings.splice(0)) await Promise.race([closing(), tooLate]);
  }
}

/** What `npm run` started ends with it, also where npm or its shell could not pass the signal on. */
function whenNpmIsGone(end: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const before = starters();
  setInterval(() => {
    if (starters() !== before) end();
  }, LOOK_FOR_NPM_MS).unref();
}

/** Our parent, and where that is a shell (and the system tells) the parent of that: one of them is npm. */
function starters(): string {
  const parent = process.ppid;
  try {
    const [, program, rest] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8'))!;
    return /sh$/.test(program!) ? `${parent} ${rest}` : String(parent);
  } catch {
    return String(parent);
  }
}
