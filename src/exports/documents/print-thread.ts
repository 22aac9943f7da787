import { parentPort, workerData } from 'node:worker_threads';
import { definitionOf } from './definition.js';
import { print } from './print.js';
import type { PrintedDocument } from './printed.js';

/** A thread for one document, beside the one that answers requests: a page is laid out in milliseconds, a hundred are not. */
void print(definitionOf(workerData as PrintedDocument)).then((bytes) => {
  parentPort!.postMessage(bytes, [bytes]);
});
