import { CannotOpen, KEY_BYTES } from '../../common/cipher/cipher.js';
import { FileCipher } from '../../common/cipher/file-cipher.js';
import { snippetsOf, textsWith } from './match.js';
import type { Hit, SealedText, SearchTask } from './search-task.js';

/** One of the notes does not open. */
export class CannotOpenNote extends Error {
  override readonly name = 'CannotOpenNote';

  constructor(readonly note: number) {
    super();
  }
}

/**
 * Opens the texts one by one and keeps what was found in them; the rest is gone when the next is opened.
 * @throws CannotOpenNote
 */
export function searchNotes({ words, practiceId, most, clientIds, keys, sealed, notes }: SearchTask): Hit[] {
  const held = Buffer.from(keys);
  const files = clientIds.map(
    (clientId, i) => new FileCipher(practiceId, clientId, held.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES)),
  );
  const open = ({ client, place, from, to }: SealedText, note: number): string => {
    try {
      return files[client]!.open(place, Buffer.from(sealed, from, to - from));
    } catch (error) {
      throw error instanceof CannotOpen ? new CannotOpenNote(note) : error;
    }
  };
  const hits: Hit[] = [];
  try {
    for (const [note, texts] of notes.entries()) {
      if (hits.length === most) break;
      const opened = texts.map((text) => open(text, note));
      const snippets = textsWith(words, opened).flatMap((text) =>
        snippetsOf(words, opened[text]!).map((segments) => ({ text, segments })),
      );
      if (snippets.length > 0) hits.push({ note, snippets });
    }
    return hits;
  } finally {
    held.fill(0);
  }
}
