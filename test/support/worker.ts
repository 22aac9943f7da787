import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/common/package-root.js';
import { SOURCES_IN_THREADS, type TestApp, testEnvironment } from './app.js';

/** A worker in a process of its own, that a test may kill. */
export interface Worker {
  /** As the system does when memory is out, or the power goes. */
  kill(): Promise<void>;
}

/**
 * @param secrets those of the application that it works beside
 * @param mostFileKib no file may grow beyond so much: its disk is full then
 */
export function startWorker(app: TestApp, secrets: NodeJS.ProcessEnv, mostFileKib?: number): Worker {
  const program = [process.execPath, ...SOURCES_IN_THREADS, join(PACKAGE_ROOT, 'src/worker.ts')];
  const limit = mostFileKib === undefined ? '' : `ulimit -f ${mostFileKib} && `;
  const worker = spawn('bash', ['-c', `${limit}exec "$@"`, 'worker', ...program], {
    env: {
      PATH: process.env['PATH'],
      ...testEnvironment(app.database, app.folder, { ...secrets, LOG_LEVEL: 'error' }),
    },
    stdio: 'ignore',
  });
  return { kill: () => killed(worker) };
}

async function killed(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  await ended;
}
