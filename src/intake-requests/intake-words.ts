import type { FileCipher } from '../common/cipher/file-cipher.js';
import type { Language } from '../common/language.js';
import type { IntakeRequest } from './intake-request.entity.js';

/** Who asks for an intake, and what they wrote. */
export interface IntakeWords {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly language: Language;
  readonly message: string;
}

const placeOf = (id: string) => ({ column: 'intake_requests.request', row: id, version: 1 });

/** All of it is sealed together: before there is a client, not even a name stands in the open. */
export const sealWords = (cipher: FileCipher, id: string, words: IntakeWords): Buffer =>
  cipher.seal(placeOf(id), JSON.stringify(words));

/** Nothing, once it was answered. */
export function openWords(cipher: FileCipher, { id, request }: IntakeRequest): IntakeWords | undefined {
  return request === null ? undefined : (JSON.parse(cipher.open(placeOf(id), request)) as IntakeWords);
}
