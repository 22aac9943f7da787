import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { PACKAGE_ROOT } from '../src/common/package-root.js';
import { CannotStart } from '../src/config/cannot-start.js';
import type { Lifetime } from '../src/config/lifetime.js';
import type { Measured, Refused, Round } from './load/round.js';

const STARTS_WITHIN_MS = 30_000;

/** A process of ours that answers requests. */
export interface Server {
  readonly port: number;
  readonly process: ChildProcess;
}

/** As in production, for whoever serves: most of what a request makes is gone before it would be looked at twice. */
const SERVING = ['--max-semi-space-size=64'];
/** As in production, for what works in the background: memory is worth more there than a tenth of the speed. */
const WORKING = ['--max-semi-space-size=4', '--heap-growing-percent=40'];

type Variables = Readonly<Record<string, string>>;

/** Starts processes and sees to it that none outlives this one. */
export class Children {
  constructor(private readonly life: Lifetime) {}

  /** This product as it is deployed: its log goes where a log is not kept. */
  ours(variables: Variables, flags: readonly string[] = []): Promise<Server> {
    return this.product(join('src', 'main.js'), variables, flags);
  }

  /** The same, without a row in the audit log for a read. */
  unwitnessed(variables: Variables): Promise<Server> {
    return this.product(join('bench', 'servers', 'unwitnessed.js'), variables);
  }

  private async product(file: string, variables: Variables, flags: readonly string[] = []): Promise<Server> {
    const port = await freePort();
    const child = spawn(process.execPath, [...SERVING, ...flags, join(PACKAGE_ROOT, 'dist', file)], {
      env: {
        ...environment(),
        ...variables,
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        PORT: String(port),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.watch(child);
    await answers(child, port);
    return { port, process: child };
  }

  /** What runs the jobs, as it is deployed. */
  worker(variables: Variables): Server {
    const child = spawn(process.execPath, [...WORKING, join(PACKAGE_ROOT, 'dist', 'src', 'worker.js')], {
      env: { ...environment(), ...variables, NODE_ENV: 'production', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.watch(child);
    return { port: 0, process: child };
  }

  async bound(variables: Variables): Promise<Server> {
    const port = await freePort();
    const child = this.fork('servers/bound.js', { ...variables, NODE_ENV: 'production', PORT: String(port) });
    await answers(child, port);
    return { port, process: child };
  }

  generator(variables: Variables): Generator {
    return new Generator(this.fork('load/generator.js', variables));
  }

  async end({ process: child }: Server): Promise<void> {
    await end(child);
  }

  private fork(file: string, variables: Variables): ChildProcess {
    const child = fork(join(PACKAGE_ROOT, 'dist', 'bench', file), {
      env: { ...environment(), ...variables },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: SERVING,
    });
    this.watch(child);
    return child;
  }

  private watch(child: ChildProcess): void {
    this.life.atEnd(() => end(child));
  }
}

/** Who asks, in a process of its own. */
export class Generator {
  private readonly gone: Promise<never>;

  constructor(private readonly child: ChildProcess) {
    this.gone = once(child, 'exit').then(() => {
      throw new CannotStart('The load generator has ended.');
    });
    this.gone.catch(() => undefined);
  }

  async run(round: Round): Promise<Measured> {
    const told = new Promise<Measured | Refused>((resolve) => this.child.once('message', resolve as never));
    this.child.send(round);
    const measured = await Promise.race([told, this.gone]);
    if ('error' in measured) throw new Error(measured.error);
    return measured;
  }
}

/**
 * Processor time so far of all processes that the first process of a Postgres has begun, those that have ended too;
 * absent where the system does not tell.
 */
export function postgresCpuMs(folder: string): number | undefined {
  if (!existsSync('/proc')) return undefined;
  const [first] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  const ended = statOf(first!);
  if (!ended) return undefined;
  const running = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.[1] === first);
  const ticks = [...running.flatMap((stat) => stat!.slice(11, 13)), ...ended.slice(13, 15)];
  return ticks.reduce((sum, one) => sum + Number(one), 0) * 10;
}

/** What Linux tells of a process from its state on; nothing of one that has ended meanwhile. */
function statOf(pid: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  } catch {
    return undefined;
  }
}

/** Memory in use and processor time so far; absent where the system does not tell. */
export function usageOf({ process: { pid } }: Server): { rssBytes: number; cpuMs: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    // In hundredths of a second, on every Linux that Node runs on.
    const cpuMs = (Number(stat[11]) + Number(stat[12])) * 10;
    return { rssBytes: Number(/VmRSS:\s+(\d+)/.exec(status)![1]) * 1024, cpuMs };
  } catch {
    return undefined;
  }
}

/** Only what a program needs to run: no setting of an installation that lies about. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, npm_lifecycle_event } = process.env;
  return { PATH, HOME, TMPDIR, npm_lifecycle_event };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  if (!(await Promise.race([gone, after(10_000, undefined, { ref: false })]))) child.kill('SIGKILL');
}

async function answers(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer) return;
    await after(50);
  }
  throw new CannotStart('A server of the bench did not start.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
