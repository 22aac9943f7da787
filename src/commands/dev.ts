import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { begin } from '../config/begin.js';
import { CannotStart } from '../config/cannot-start.js';
import { PACKAGE_ROOT } from '../common/package-root.js';
import { openLocalEnvironment, serveAlone } from '../local/local-environment.js';

const NEST = join(PACKAGE_ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');

/** `npm run dev`: compiles and restarts at each change; the database stays up in between. */
void begin(async (life) => {
  const local = await openLocalEnvironment(life, 'info');
  await serveAlone(local);
  const watch = ['start', '--watch', '--preserveWatchOutput', '--entryFile', 'src/commands/serve-all'];
  const nest = spawn(process.execPath, [NEST, ...watch], {
    cwd: PACKAGE_ROOT,
    env: { ...process.env, ...local.variables },
    stdio: 'inherit',
  });
  const gone = once(nest, 'exit');
  life.atEnd(async () => {
    nest.kill('SIGTERM');
    if (nest.exitCode === null && nest.signalCode === null) await gone;
  });
  await life.unlessEnded(gone);
  throw new CannotStart('The compiler has ended.');
});
