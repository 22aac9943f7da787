import { readEnvironment } from './environment.js';
import { Settings } from './settings.js';

/** Starts a program with its settings, or says what hinders it and ends with exit code 1. */
export async function begin(program: (settings: Settings) => Promise<void>): Promise<void> {
  try {
    await program(new Settings(readEnvironment(process.env)));
  } catch (error) {
    explain(error);
    process.exit(1);
  }
}

/** A refusal to start is a sentence; anything else is a bug, and shows where. */
export function explain(error: unknown): void {
  const known = ['EnvironmentIncomplete', 'UnsafeServingRole'];
  const { name, message, stack } = error as Error;
  process.stderr.write(`${known.includes(name) ? message : (stack ?? message)}\n`);
}
