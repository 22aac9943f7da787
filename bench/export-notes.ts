/**
 * What the texts of notes cost on their way into a file: 40,000 signed notes of 2 kB, opened in the thread that exports
 * use, each held against its signature; beside it the bare decryption of the same texts, and how long the thread that
 * answers requests was kept from it meanwhile.
 *
 *   node --require ./test/support/typescript-in-threads.cjs bench/export-notes.ts
 */
import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileCipher } from '../src/common/cipher/file-cipher.js';
import { LineRows } from '../src/exports/formats/line-rows.js';
import { OpenedNotes } from '../src/exports/texts/opened-notes.js';
import type { SealedNoteLine } from '../src/exports/texts/sealed-notes.js';
import { bodyPlace, signaturePlace } from '../src/notes/note-places.js';
import { hashOfNote } from '../src/notes/signed-hash.js';
import { median } from './median.js';

const NOTES = 40_000;
const BYTES = 2_000;
const CLIENTS = 100;
const ROUNDS = 5;
const WANTED = 20_000;
/** As much as comes out of the database at a time. */
const PIECE = 65_536;
const SENTENCE = 'De adem zat hoog en kwam na tien minuten lager, tot in de buik; één diepe zucht. ';

const practiceId = randomUUID();
const clients = Array.from({ length: CLIENTS }, () => {
  const id = randomUUID();
  const key = randomBytes(32);
  return { id, key, file: new FileCipher(practiceId, id, key) };
});

interface Sealed {
  readonly file: FileCipher;
  readonly id: string;
  readonly body: Buffer;
}

const sealed: Sealed[] = [];
const lines = Buffer.from(Array.from({ length: NOTES }, (_, i) => lineOf(i)).join(''));

/** A signed note as a line of the copy tells it. */
function lineOf(i: number): string {
  const { id: clientId, file } = clients[i % CLIENTS]!;
  const id = randomUUID();
  const text = SENTENCE.repeat(Math.ceil(BYTES / Buffer.byteLength(SENTENCE))).slice(0, BYTES);
  const [authorId, signedAt] = [clientId, new Date()];
  const signed = {
    practiceId,
    clientId,
    id,
    sessionId: null,
    textVersion: 1,
    authorId,
    signedBy: authorId,
    signedAt,
  };
  const body = file.seal(bodyPlace(id, 1), text);
  sealed.push({ file, id, body });
  const line: SealedNoteLine = {
    id,
    clientId,
    sessionId: null,
    authorId,
    textVersion: 1,
    status: 'signed',
    signedBy: authorId,
    signedAt: signedAt.toISOString(),
    body: body.toString('base64'),
    signature: file.seal(signaturePlace(id, 1), hashOfNote(signed, text)).toString('base64'),
    addenda: null,
    shown: { id, clientId, status: 'signed' },
  };
  return `${JSON.stringify(line)}\n`;
}

function* pieces(): Generator<Buffer> {
  for (let at = 0; at < lines.length; at += PIECE) yield lines.subarray(at, at + PIECE);
}

async function inThread(): Promise<void> {
  const keys = new ArrayBuffer(CLIENTS * 32);
  clients.forEach(({ key }, i) => key.copy(Buffer.from(keys), i * 32));
  const setup = { practiceId, line: { form: 'json' } as const, clientIds: clients.map(({ id }) => id), keys };
  const opened = new OpenedNotes(setup, process.execArgv);
  const rows = new LineRows();
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(Readable.from(pieces()), opened, rows, sink);
  if (rows.rows !== NOTES || bytes < NOTES * BYTES) throw new Error(`${rows.rows} notes, ${bytes} bytes`);
}

/** Nothing but AES-256-GCM, in this thread. */
function bare(): Promise<void> {
  for (const { file, id, body } of sealed) file.open(bodyPlace(id, 1), body);
  return Promise.resolve();
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const rates: number[] = [];
  await work();
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    await work();
    rates.push((NOTES * 1000) / (performance.now() - began));
  }
  return median(rates);
}

async function main(): Promise<void> {
  const floor = await perSecond(bare);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const rate = await perSecond(inThread);
  delay.disable();
  const ms = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(1);
  console.log(
    `${NOTES} signed notes of ${BYTES} bytes, ${CLIENTS} clients, one thread, node ${process.version}`,
  );
  console.log(`opened, verified and written: ${Math.round(rate)} notes/s (wanted: ${WANTED})`);
  console.log(`bare decryption: ${Math.round(floor)} notes/s; ratio ${(rate / floor).toFixed(2)}`);
  console.log(
    `the loop waited ${ms(delay.mean)} ms (mean), ${ms(delay.percentile(99))} ms (p99), ${ms(delay.max)} ms (most)`,
  );
}

void main();
