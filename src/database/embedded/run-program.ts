import { spawn } from 'node:child_process';

interface As {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Runs a program to its end, in a process group of its own: a Ctrl-C meant for us does not cut it off half way.
 * @throws Error with what it said, when it fails
 */
export function runProgram(program: string, parameters: readonly string[], as: As = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...as,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    child.once('error', reject);
    // Not `close`: a server that was started keeps its end of the pipe for as long as it runs.
    child.once('exit', (code) => {
      child.stderr.destroy();
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code}: ${said.trim()}`));
    });
  });
}
