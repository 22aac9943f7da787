import { createHash, randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Binaries, findBinaries, isOpenToAll } from './binaries.js';
import { runProgram } from './run-program.js';
import { whenSettled } from './running-server.js';

interface Options {
  /** Folder that holds the cluster; may move, see {@link EmbeddedPostgres.home}. */
  readonly folder: string;
  readonly superuserPassword: string;
  /** The folder of an installed PostgreSQL's programs, to use instead of the packaged ones. */
  readonly programs?: string;
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

/** In the folder asked for, names the one that holds the cluster instead. */
const MOVED_TO = 'moved-to.txt';

/**
 * Starts the cluster, making it first where there is none, or finds it still running: a server outlives a
 * parent that was killed, and nothing it acknowledged is lost.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  const home = homeOf(folder);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const binaries = findBinaries(home, options.programs);
  const cluster = join(home, 'cluster');
  refuseForeignFolder(home, binaries);
  if (binaries.runAs) chownSync(home, binaries.runAs.uid, binaries.runAs.gid);
  if (home !== folder) await moveTo(home, folder, binaries);
  if (!isCluster(cluster)) await initialise(binaries, home, cluster, options.superuserPassword);
  const port = (await whenSettled(cluster)) ?? (await start(binaries, home, cluster, options.settings ?? []));
  return { home, port, stop: () => stop(binaries, cluster) };
}

const isCluster = (folder: string): boolean => existsSync(join(folder, 'PG_VERSION'));

/** Root keeps the cluster in a folder that the user it runs as can reach. */
function homeOf(folder: string): string {
  if (process.getuid?.() !== 0 || isOpenToAll(dirname(folder))) return folder;
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(tmpdir(), `ademruimte-${key}`);
}

/** A cluster whose folder has been thrown away since is thrown away too: nobody holds its passwords any more. */
async function moveTo(home: string, folder: string, binaries: Binaries): Promise<void> {
  const pointer = join(folder, MOVED_TO);
  if (existsSync(pointer)) return;
  const cluster = join(home, 'cluster');
  if ((await whenSettled(cluster)) !== undefined) await stop(binaries, cluster);
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(pointer, `${home}\n`);
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
  const passwordFile = join(home, `.password-${randomUUID()}`);
  const making = `${cluster}-${randomUUID()}`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs) chownSync(passwordFile, runAs.uid, runAs.gid);
  try {
    // prettier-ignore
    await runProgram(initdb, [
      '--pgdata', making, '--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256',
      '--encoding', 'UTF8', '--locale', 'C.UTF-8',
    ], runAs);
    // A start that was killed half way leaves no half cluster under the real name; of two, the first counts.
    if (!isCluster(cluster)) renameSync(making, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(making, { recursive: true, force: true });
  }
}

async function start(
  { pg_ctl, runAs }: Binaries,
  home: string,
  cluster: string,
  settings: readonly string[],
): Promise<number> {
  const port = await freePort();
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`, ...settings];
  try {
    // prettier-ignore
    await runProgram(pg_ctl, [
      'start', '--wait', '--silent', '--pgdata', cluster, '--log', join(home, 'postgres.log'),
      '--options', flags.map((flag) => `-c ${flag}`).join(' '),
    ], runAs);
    return port;
  } catch (cause) {
    // Somebody else may have started it in the same moment.
    const running = await whenSettled(cluster);
    if (running !== undefined) return running;
    throw new Error(`PostgreSQL did not start; ${join(home, 'postgres.log')} says why.`, { cause });
  }
}

async function stop({ pg_ctl, runAs }: Binaries, cluster: string): Promise<void> {
  await runProgram(pg_ctl, ['stop', '--wait', '--silent', '--mode', 'fast', '--pgdata', cluster], runAs);
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
