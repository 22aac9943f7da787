import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart } from '../src/config/cannot-start.js';
import type { Settings } from '../src/config/settings.js';
import { copyStatement } from '../src/exports/records/copy-statement.js';
import { beside } from './beside.js';
import { PACKAGE_ROOT } from '../src/common/package-root.js';
import { type Server, usageOf } from './children.js';
import { idOf, LARGE, SESSIONS_PER_CLIENT, type Shape } from './data/shape.js';
import { median } from './median.js';
import { peopleOf } from './people.js';

export interface Streamed {
  readonly rows: number;
  readonly bytes: number;
  readonly rssBytes?: number;
  /** How much more memory the server had, at most, than before it began; once it was warm. */
  readonly growthBytes?: number;
  readonly firstByteMs: number;
  /** Of those who ask something small meanwhile, and of the same while nothing else is asked. */
  readonly othersP99: number;
  readonly othersAloneP99: number;
  /** Seconds, by who did it. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** A page of a coach's sessions, which everybody asks all day. */
const OTHERS = '/v1/sessions?limit=25';
const PATH = '/v1/exports/stream/sessions.csv?purpose=Meting+van+de+snelheid';

/** All sessions of the large practice as CSV: through us, through the bound, and by psql itself. */
export async function streamed(
  { rounds, shape, settings, url }: { rounds: number; shape: Shape; settings: Settings; url: string },
  { ours, bound }: { ours: Server; bound: Server },
): Promise<Streamed> {
  const psql = findPsql();
  const times: Record<string, number[]> = {};
  let bytes = 0;
  let rssBytes: number | undefined;
  const growth: number[] = [];
  const firstBytes: number[] = [];
  const others: number[] = [];
  const othersAlone: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // A token of minutes may be too old for the next round.
    const people = peopleOf(shape, settings);
    const { token } = people.admin[0]!;
    const [seconds, { length, firstByteMs }] = await timed(() => fetched(ours.port, token));
    (times['ours'] ??= []).push(seconds);
    bytes = length;
    firstBytes.push(firstByteMs);
    rssBytes = usageOf(ours)?.rssBytes;
    // Apart from the race: who asks beside it takes time of the same processors.
    const before = usageOf(ours)?.rssBytes;
    const [, alone] = await beside(ours, OTHERS, people.coach[0]!.token, () => pause(1_000));
    othersAlone.push(alone.p99);
    const [, seen] = await beside(ours, OTHERS, people.coach[0]!.token, () => readApart(ours.port, token));
    others.push(seen.p99);
    if (seen.peakBytes && before) growth.push(Math.max(0, seen.peakBytes - before));
    (times['bound'] ??= []).push((await timed(() => fetched(bound.port, token)))[0]);
    if (psql) (times['psql \\copy'] ??= []).push((await timed(() => copied(psql, url)))[0]);
  }
  const seconds = Object.fromEntries(Object.entries(times).map(([who, all]) => [who, median(all)]));
  return {
    rows: shape.clients * SESSIONS_PER_CLIENT,
    bytes,
    ...(rssBytes && { rssBytes }),
    ...(growth.length > 0 && { growthBytes: median(growth) }),
    firstByteMs: median(firstBytes),
    othersP99: median(others),
    othersAloneP99: median(othersAlone),
    seconds,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const began = performance.now();
  const result = await work();
  return [(performance.now() - began) / 1000, result];
}

/** @returns how many bytes the body was, and after how long the first of them came */
async function fetched(port: number, token: string): Promise<{ length: number; firstByteMs: number }> {
  const began = performance.now();
  const request = get({ port, host: '127.0.0.1', path: PATH, headers: { authorization: `Bearer ${token}` } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let length = 0;
  let firstByteMs = 0;
  response.on('data', (chunk: Buffer) => {
    firstByteMs ||= performance.now() - began;
    length += chunk.length;
  });
  await once(response, 'end');
  if (response.statusCode !== 200) throw new CannotStart(`The stream was refused: ${response.statusCode}.`);
  return { length, firstByteMs };
}

/** The same in another process. */
async function readApart(port: number, token: string): Promise<void> {
  const reader = spawn(process.execPath, [join(PACKAGE_ROOT, 'dist', 'bench', 'load', 'reader.js')], {
    env: { READ_URL: `http://127.0.0.1:${port}${PATH}`, READ_TOKEN: token },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(reader, 'exit')) as [number | null];
  if (code !== 0) throw new CannotStart('The stream was refused.');
}

async function copied(psql: string, url: string): Promise<void> {
  const all = { dialect: null, columns: null, fromOn: null, toOn: null, clientId: null, coachId: null };
  const selection = {
    ...all,
    practiceId: idOf('practice', LARGE, 0),
    records: 'sessions',
    format: 'csv',
  } as const;
  const command = `\\${copyStatement(selection, 'Europe/Amsterdam', 'as they lie').replaceAll(/\s+/g, ' ')}`;
  const child = spawn(psql, ['--no-psqlrc', '--command', command, url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new CannotStart('psql could not copy.');
}

/** On the path, or where Debian keeps it. */
function findPsql(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).map((version) => join(debian, version, 'bin'))
    : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...versions];
  // The one that Debian puts on the path is a script that looks for a cluster of its own first.
  return folders
    .reverse()
    .map((folder) => join(folder, 'psql'))
    .find((file) => existsSync(file));
}
