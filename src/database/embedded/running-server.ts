import { existsSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

const PID_FILE = 'postmaster.pid';
const LOOK_AGAIN_MS = 50;
const SETTLES_WITHIN_MS = 30_000;
const ANSWERS_WITHIN_MS = 2_000;

/**
 * The port of a server that runs on this cluster already, or nothing; one that is starting or stopping is
 * waited for. The file of one that crashed is cleared away: PostgreSQL itself does not start while any
 * program at all has the process id that it names, which in a container is soon the case.
 */
export async function whenSettled(cluster: string): Promise<number | undefined> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const server = noted(cluster);
    if (!server || !isAlive(server.pid)) return undefined;
    if (server.status === 'ready') {
      if (await answers(server.port)) return server.port;
      rmSync(join(cluster, PID_FILE));
      return undefined;
    }
    if (Date.now() > deadline) return undefined;
    await after(LOOK_AGAIN_MS);
  }
}

/** What the server notes in `postmaster.pid`: lines 1, 4 and 8 (PostgreSQL's pidfile.h). */
function noted(cluster: string): { pid: number; port: number; status: string } | undefined {
  const file = join(cluster, PID_FILE);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** After a crash, another program may have the server's process id; then nothing listens at its port. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(ANSWERS_WITHIN_MS, () => socket.destroy());
    socket.once('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', () => undefined);
    socket.once('close', () => resolve(false));
  });
}
