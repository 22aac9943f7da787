/**
 * What a search in notes costs: 5,000 sealed notes of 2 kB, opened and matched in the threads that the server uses,
 * and how long the thread that answers requests was kept from it meanwhile.
 *
 *   node --require ./test/support/typescript-in-threads.cjs bench/note-search.ts
 */
import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { FileCipher } from '../src/common/cipher/file-cipher.js';
import type { InstallationKey } from '../src/common/cipher/installation-key.js';
import { bodyPlace } from '../src/notes/note-places.js';
import type { SearchableNote } from '../src/notes/note.queries.js';
import { taskFor } from '../src/notes/search/sealed-batch.js';
import { searchNotes } from '../src/notes/search/search-notes.js';
import { SearchThreads } from '../src/notes/search/search-threads.js';
import { wordsIn } from '../src/common/fold.js';

const NOTES = 5_000;
const BYTES = 2_048;
const CLIENTS = 100;
const BATCH = 250;
/** Of each batch: a page and one. */
const MOST = 26;
const ROUNDS = 10;

const SENTENCES = [
  'De adem zat hoog en kwam na tien minuten lager, tot in de buik.',
  'Zij merkte één keer een diepe zucht, en daarna gapen.',
  'Wat mag er vandaag wegvallen? Het zoeken zelf, zei hij.',
  'Schouders en kaak gespannen; na het overgangsmoment losser.',
  'Rust voelt nog onrustig: blíj́ven zitten is wennen, de coördinatie komt terug.',
];

const practiceId = randomUUID();
const clients = Array.from({ length: CLIENTS }, () => ({ id: randomUUID(), key: randomBytes(32) }));
/** Wrapping is not what is measured: the keys go as they are. */
const keys = {
  unwrapKey: (_practice: string, _client: string, wrapped: Buffer) => Buffer.from(wrapped),
} as unknown as InstallationKey;

const notes: SearchableNote[] = Array.from({ length: NOTES }, (_, i) => {
  const { id: clientId, key } = clients[i % CLIENTS]!;
  const id = randomUUID();
  const body = new FileCipher(practiceId, clientId, key).seal(bodyPlace(id, 1), textOf(i));
  return {
    practiceId,
    id,
    clientId,
    sessionId: null,
    authorId: clientId,
    visibility: 'private',
    status: 'draft',
    textVersion: 1,
    signedBy: null,
    signedAt: null,
    body,
    wrappedKey: key,
  };
});

function textOf(i: number): string {
  let text = i % 1_000 === 0 ? 'zeldzaam woord. ' : '';
  for (let at = i; Buffer.byteLength(text) < BYTES; at += 1) text += `${SENTENCES[at % SENTENCES.length]!} `;
  return text;
}

const batches = (): SearchableNote[][] =>
  Array.from({ length: NOTES / BATCH }, (_, i) => notes.slice(i * BATCH, (i + 1) * BATCH));

async function main(): Promise<void> {
  const threads = new SearchThreads();
  await search(threads, 'zeldzaam');
  console.log(
    `${NOTES} notes of ${BYTES} bytes, ${CLIENTS} clients, batches of ${BATCH}, node ${process.version}`,
  );
  for (const query of ['zeldzaam', 'adem buik', 'coordinatie', 'nergenstevinden']) {
    const inThread = await measured(() => search(threads, query));
    const here = await measured(() => Promise.resolve(searchHere(query)));
    console.log(
      `${query.padEnd(16)} ${String(inThread.found).padStart(5)} found; in a thread ${inThread.ms} ms, ` +
        `the loop waited ${inThread.mean} ms (mean), ${inThread.p99} ms (p99), ${inThread.max} ms (most); ` +
        `in the loop itself it would have been ${here.ms} ms`,
    );
  }
  await threads.onApplicationShutdown();
}

/** As the service does it, one batch after another; but to the end, also where a page is full. */
async function search(threads: SearchThreads, query: string): Promise<number> {
  let found = 0;
  for (const batch of batches()) {
    const task = taskFor(
      keys,
      practiceId,
      { words: wordsIn(query), most: MOST },
      { notes: batch, addenda: new Map() },
    );
    found += (await threads.run(task)).length;
  }
  return found;
}

function searchHere(query: string): number {
  const task = (batch: SearchableNote[]) =>
    taskFor(keys, practiceId, { words: wordsIn(query), most: MOST }, { notes: batch, addenda: new Map() });
  return batches().reduce((found, batch) => found + searchNotes(task(batch)).length, 0);
}

/** The median of some rounds, and how late the event loop was during all of them. */
async function measured(work: () => Promise<number>) {
  const times: number[] = [];
  let found = 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    found = await work();
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  delay.disable();
  const ms = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(1);
  const median = times.sort((a, b) => a - b)[ROUNDS / 2]!;
  return {
    found,
    ms: median.toFixed(0),
    mean: ms(delay.mean),
    p99: ms(delay.percentile(99)),
    max: ms(delay.max),
  };
}

void main();
