import { parentPort } from 'node:worker_threads';
import { CannotOpenNote, searchNotes } from './search-notes.js';
import type { SearchAnswer, SearchTask } from './search-task.js';

/** A thread of its own, beside the one that answers requests. It keeps nothing from one task to the next. */
parentPort!.on('message', (task: SearchTask) => parentPort!.postMessage(answerTo(task)));

function answerTo(task: SearchTask): SearchAnswer {
  try {
    return { hits: searchNotes(task) };
  } catch (error) {
    return { failed: (error as Error).name, ...(error instanceof CannotOpenNote && { note: error.note }) };
  }
}
