import { KEY_BYTES } from '../../common/cipher/cipher.js';
import { FileCipher } from '../../common/cipher/file-cipher.js';
import { snippetsOf, textsWith } from './match.js';
import type { Hit, SealedText, SearchTask } from './search-task.js';

/**
 * Opens the texts one by one and keeps what was found in them; the rest is gone when the next is opened.
 * @throws CannotOpen
 */
export function searchNotes({ words, practiceId, clientIds, keys, sealed, notes }: SearchTask): Hit[] {
  const held = Buffer.from(keys);
  const files = clientIds.map(
    (clientId, i) => new FileCipher(practiceId, clientId, held.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES)),
  );
  const open = ({ client, place, from, to }: SealedText): string =>
    files[client]!.open(place, Buffer.from(sealed, from, to - from));
  try {
    return notes.flatMap((texts, note) => {
      const opened = texts.map(open);
      const snippets = textsWith(words, opened).flatMap((text) =>
        snippetsOf(words, opened[text]!).map((segments) => ({ text, segments })),
      );
      return snippets.length > 0 ? [{ note, snippets }] : [];
    });
  } finally {
    held.fill(0);
  }
}
