import { Agent, get } from 'node:http';
import { setInterval as every } from 'node:timers/promises';
import { type Server, usageOf } from './children.js';

const ASK_EVERY_MS = 10;
const LOOK_EVERY_MS = 10;

/** What others see of a server while it does something large. */
export interface Beside {
  /** Milliseconds that a request took, of one hundredth that took longest. */
  readonly p99: number;
  readonly requests: number;
  /** The most memory it had; absent where the system does not tell. */
  readonly peakBytes?: number;
}

/** Asks a server small things at a steady pace, and looks at its memory, as long as the work lasts. */
export async function beside<T>(
  server: Server,
  path: string,
  token: string,
  work: () => Promise<T>,
): Promise<[T, Beside]> {
  const done = new AbortController();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const asking = asked(server.port, path, token, agent, done.signal);
  const looking = peakOf(server, done.signal);
  try {
    const result = await work();
    done.abort();
    const [times, peakBytes] = await Promise.all([asking, looking]);
    times.sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
    return [result, { p99, requests: times.length, ...(peakBytes && { peakBytes }) }];
  } finally {
    done.abort();
    agent.destroy();
  }
}

/** The most memory that a process had meanwhile. */
export async function peakOf(server: Server, signal: AbortSignal): Promise<number | undefined> {
  let peak: number | undefined;
  const look = (): void => {
    const rss = usageOf(server)?.rssBytes;
    if (rss) peak = Math.max(peak ?? 0, rss);
  };
  look();
  await ticking(LOOK_EVERY_MS, signal, look);
  look();
  return peak;
}

/** Each is sent when its time has come, whether or not those before it were answered. */
async function asked(
  port: number,
  path: string,
  token: string,
  agent: Agent,
  signal: AbortSignal,
): Promise<number[]> {
  const times: number[] = [];
  const all: Promise<void>[] = [];
  await ticking(ASK_EVERY_MS, signal, () => {
    const began = performance.now();
    all.push(
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}` };
        const request = get({ host: '127.0.0.1', port, path, headers, agent }, (answer) => {
          answer.resume().once('end', () => {
            if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`));
            times.push(performance.now() - began);
            resolve();
          });
        });
        request.once('error', reject);
      }),
    );
  });
  await Promise.all(all);
  return times;
}

async function ticking(ms: number, signal: AbortSignal, work: () => void): Promise<void> {
  try {
    for await (const _ of every(ms, undefined, { signal })) work();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
