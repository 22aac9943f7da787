// `npm test`: everything that must hold, two things at a time, and the tests last and aloud. The first failure is told
// whole and ends it.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_UPDATE_NOTIFIER: '1' };

/** In each lane one after the other. */
const LANES = [
  ['build', 'check:openapi', 'check:dependencies'],
  ['typecheck', 'lint'],
];
const running = new Set();
let hasFailed = false;

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(130));

const lanes = availableParallelism() > 1 ? LANES : [LANES.flat()];
await Promise.all(lanes.map((lane) => inOrder(lane)));
const tests = npm('test:jest', 'inherit', process.argv.slice(2));
tests.once('exit', (code) => process.exit(code ?? 1));

async function inOrder(scripts) {
  for (const script of scripts) {
    const began = Date.now();
    const { code, said } = await finished(npm(script, 'pipe'));
    if (hasFailed) return new Promise(() => undefined);
    if (code !== 0) {
      hasFailed = true;
      console.error(`${said}\nnpm run ${script} failed.`);
      return end(1);
    }
    console.log(`ok  ${script} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  }
}

function npm(script, stdio, more = []) {
  const child = spawn('npm', ['run', '--silent', script, ...(more.length > 0 ? ['--', ...more] : [])], {
    cwd: root,
    env: { ...process.env, ...QUIET },
    stdio: stdio === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    detached: stdio !== 'inherit',
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function finished(child) {
  return new Promise((resolve) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
    child.once('close', (code) => resolve({ code, said }));
  });
}

/** Ends what still runs, with all that it started. */
function end(code) {
  for (const child of running) {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      child.kill('SIGTERM');
    }
  }
  process.exit(code);
}
