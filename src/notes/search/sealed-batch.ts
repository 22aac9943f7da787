import { KEY_BYTES } from '../../common/cipher/cipher.js';
import type { InstallationKey } from '../../common/cipher/installation-key.js';
import type { SearchableNote } from '../note.queries.js';
import { addendumPlace, bodyPlace } from '../note-places.js';
import type { SealedAddendum } from '../note-texts.js';
import type { SealedText, SearchTask } from './search-task.js';

/** Notes with their addenda, oldest first. */
export interface Batch {
  readonly notes: readonly SearchableNote[];
  readonly addenda: ReadonlyMap<string, readonly SealedAddendum[]>;
}

/** What a thread needs to look in these notes, in memory of its own that can be handed over. */
export function taskFor(
  installationKey: InstallationKey,
  practiceId: string,
  { words, most }: Pick<SearchTask, 'words' | 'most'>,
  { notes, addenda }: Batch,
): SearchTask {
  const clients = new Map<string, number>();
  const wrapped: Buffer[] = [];
  const bodies: Buffer[] = [];
  let length = 0;
  const add = (client: number, place: SealedText['place'], body: Buffer): SealedText => {
    bodies.push(body);
    const from = length;
    length += body.length;
    return { client, place, from, to: length };
  };
  const texts = notes.map((note) => {
    const { id, clientId, textVersion, body, wrappedKey } = note;
    let client = clients.get(clientId);
    if (client === undefined) {
      client = wrapped.push(wrappedKey) - 1;
      clients.set(clientId, client);
    }
    return [
      add(client, bodyPlace(id, textVersion), body),
      ...(addenda.get(id) ?? []).map((one) => add(client, addendumPlace(one.id), one.body)),
    ];
  });
  const clientIds = [...clients.keys()];
  const unwrap = (clientId: string, i: number): Buffer =>
    installationKey.unwrapKey(practiceId, clientId, wrapped[i]!);
  return {
    words,
    practiceId,
    most,
    clientIds,
    keys: inOne(clientIds.map(unwrap), clientIds.length * KEY_BYTES, 'wipe'),
    sealed: inOne(bodies, length),
    notes: texts,
  };
}

function inOne(parts: readonly Buffer[], length: number, after?: 'wipe'): ArrayBuffer {
  const whole = new ArrayBuffer(length);
  const bytes = Buffer.from(whole);
  let at = 0;
  for (const part of parts) {
    at += part.copy(bytes, at);
    if (after === 'wipe') part.fill(0);
  }
  return whole;
}
