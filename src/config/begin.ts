import { CannotStart } from './cannot-start.js';
import { Lifetime } from './lifetime.js';

type Program = (life: Lifetime) => Promise<void>;

/**
 * Runs a program that serves until it is told to stop, by Ctrl-C or by SIGTERM; then it ends in order and with exit
 * code 0. What hinders it is said in a sentence, with exit code 1. So is, loudly, an error that nobody caught.
 */
export async function begin(program: Program): Promise<void> {
  await live(async (life) => {
    await program(life);
    await life.ending;
  }, 0);
}

/** Runs a program that does one thing and ends; being told to stop half way is a failure. */
export async function perform(program: Program): Promise<void> {
  await live(program, 1);
}

async function live(program: Program, codeWhenStopped: number): Promise<void> {
  const life = new Lifetime();
  let code = 0;
  try {
    await Promise.race([program(life), life.failure]);
    if (life.isEnding) code = codeWhenStopped;
  } catch (error) {
    code = life.isEnding ? codeWhenStopped : 1;
    if (!life.isEnding) explain(error);
  }
  try {
    await life.close();
  } catch (error) {
    explain(error);
    code = 1;
  }
  process.exit(code);
}

/** A hindrance is a sentence; anything else is a bug, and shows where. Never more of it: errors may carry data. */
export function explain(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${error instanceof CannotStart ? message : (stack ?? message)}\n`);
}
