import { setTimeout as pause } from 'node:timers/promises';
import type { ExportView } from '../src/exports/export.dto.js';
import type { Settings } from '../src/config/settings.js';
import { peakOf } from './beside.js';
import type { Server } from './children.js';
import type { Shape } from './data/shape.js';
import { peopleOf } from './people.js';

/** What a worker needed for one file. */
export interface MadeFile {
  readonly format: string;
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  /** The most memory that the worker had. */
  readonly peakBytes?: number;
}

const FORMATS = ['csv', 'ndjson', 'xlsx'];

/** Files as a worker makes them, each by a worker that is fresh. */
export async function madeFiles(
  { shape, settings }: { shape: Shape; settings: Settings },
  server: Server,
  startWorker: () => { worker: Server; end: () => Promise<void> },
): Promise<MadeFile[]> {
  const made: MadeFile[] = [];
  for (const format of FORMATS) {
    const { token } = peopleOf(shape, settings).admin[0]!;
    const { worker, end } = startWorker();
    const done = new AbortController();
    const peak = peakOf(worker, done.signal);
    const copy = await madeOf(server.port, token, { records: 'sessions', format });
    done.abort();
    const peakBytes = await peak;
    await end();
    made.push({
      format,
      rows: copy.rowsDone,
      bytes: copy.bytes!,
      seconds: (Date.parse(copy.finishedAt!) - Date.parse(copy.startedAt!)) / 1000,
      ...(peakBytes && { peakBytes }),
    });
  }
  return made;
}

async function madeOf(port: number, token: string, wanted: object): Promise<ExportView> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const address = `http://127.0.0.1:${port}/v1/exports`;
  const body = JSON.stringify({ ...wanted, purpose: 'Meting van de snelheid' });
  const asked = await fetch(address, { method: 'POST', headers, body });
  if (!asked.ok) throw new Error(`The export was refused: ${asked.status} ${await asked.text()}`);
  const { id } = (await asked.json()) as ExportView;
  for (;;) {
    await pause(50);
    const copy = (await (await fetch(`${address}/${id}`, { headers })).json()) as ExportView;
    if (copy.status === 'ready') return copy;
    if (copy.failure) throw new Error(`The export failed: ${copy.failure.code}`);
  }
}
