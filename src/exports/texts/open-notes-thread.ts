import { parentPort, workerData } from 'node:worker_threads';
import { NoteOpener, TextBroken } from './open-notes.js';
import type { TextAnswer, TextMessage, TextSetup } from './text-task.js';

/** A thread of its own for one export, beside the one that answers requests. It ends with the export. */
const opener = new NoteOpener(workerData as TextSetup);

parentPort!.on('message', (message: TextMessage) => {
  if (message === 'end') {
    opener.wipe();
    parentPort!.close();
    return;
  }
  const answer = answerTo(message.lines);
  parentPort!.postMessage(answer, 'lines' in answer ? [answer.lines] : []);
});

function answerTo(lines: ArrayBuffer): TextAnswer {
  try {
    return { lines: unshared(opener.open(Buffer.from(lines))) };
  } catch (error) {
    if (!(error instanceof TextBroken)) return { failed: (error as Error).name };
    const { clientId, noteId } = error;
    return { failed: error.name, broken: { clientId, noteId } };
  }
}

/** In memory of its own, that can be handed over. */
function unshared(bytes: Buffer): ArrayBuffer {
  const whole = new ArrayBuffer(bytes.length);
  bytes.copy(Buffer.from(whole));
  return whole;
}
