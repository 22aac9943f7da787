import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, findBinaries, isOpenToAll } from './binaries.js';

const run = promisify(execFile);

interface Options {
  /** Folder that holds the cluster; may move, see {@link EmbeddedPostgres.home}. */
  readonly folder: string;
  readonly superuserPassword: string;
  /** Extra `name=value` server settings. */
  readonly settings?: readonly string[];
}

/** A PostgreSQL of our own, on 127.0.0.1 and a free port, for the demo, development and tests. */
export interface EmbeddedPostgres {
  /** Where the cluster really lies: the folder asked for, or a keyed one under the temp directory. */
  readonly home: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the cluster, making it first where there is none, or finds it still running: a server outlives a
 * parent that was killed, and nothing it acknowledged is lost.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const home = homeOf(resolve(options.folder));
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const binaries = await findBinaries(home);
  const cluster = join(home, 'cluster');
  refuseForeignFolder(home, binaries);
  if (binaries.runAs) chownSync(home, binaries.runAs.uid, binaries.runAs.gid);
  if (!existsSync(join(cluster, 'PG_VERSION')))
    await initialise(binaries, home, cluster, options.superuserPassword);
  const port = runningPort(cluster) ?? (await start(binaries, home, cluster, options.settings ?? []));
  return { home, port, stop: () => stop(binaries, cluster) };
}

/** Root keeps the cluster in a folder that the user it runs as can reach. */
function homeOf(folder: string): string {
  if (process.getuid?.() !== 0 || isOpenToAll(dirname(folder))) return folder;
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(tmpdir(), `ademruimte-${key}`);
}

/** The temp directory is everybody's: a folder that somebody else put there is not ours to use. */
function refuseForeignFolder(home: string, { runAs }: Binaries): void {
  const owner = statSync(home).uid;
  if (process.getuid && ![process.getuid(), runAs?.uid].includes(owner)) {
    throw new Error(`${home} belongs to another user.`);
  }
}

async function initialise(
  { initdb, runAs }: Binaries,
  home: string,
  cluster: string,
  password: string,
): Promise<void> {
  rmSync(cluster, { recursive: true, force: true });
  const passwordFile = join(home, `.password-${randomUUID()}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs) chownSync(passwordFile, runAs.uid, runAs.gid);
  const making = `${cluster}.new`;
  rmSync(making, { recursive: true, force: true });
  try {
    // prettier-ignore
    await run(initdb, [
      '--pgdata', making, '--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256',
      '--encoding', 'UTF8', '--locale', 'C.UTF-8',
    ], { ...runAs, cwd: home });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // A start that was killed half way leaves no half cluster under the real name.
  await run('mv', [making, cluster]);
  chmodSync(cluster, 0o700);
}

async function start(
  { pg_ctl, runAs }: Binaries,
  home: string,
  cluster: string,
  settings: readonly string[],
) {
  const port = await freePort();
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`, ...settings];
  // prettier-ignore
  await run(pg_ctl, [
    'start', '--wait', '--silent', '--pgdata', cluster, '--log', join(home, 'postgres.log'),
    '--options', flags.map((flag) => `-c ${flag}`).join(' '),
  ], { ...runAs, cwd: home }).catch((cause: unknown) => {
    throw new Error(`PostgreSQL did not start; ${join(home, 'postgres.log')} says why.`, { cause });
  });
  return port;
}

async function stop({ pg_ctl, runAs }: Binaries, cluster: string): Promise<void> {
  await run(pg_ctl, ['stop', '--wait', '--silent', '--mode', 'fast', '--pgdata', cluster], {
    ...runAs,
    cwd: '/',
  });
}

/** The port of a server that runs on this cluster already. */
function runningPort(cluster: string): number | undefined {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n');
  try {
    process.kill(Number(pid), 0);
    return Number(port);
  } catch {
    return undefined;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
