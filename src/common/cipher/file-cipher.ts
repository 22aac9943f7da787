import { open, seal } from './cipher.js';

/** The one cell that a text belongs to. */
export interface Place {
  /** `table.column` */
  readonly column: string;
  /** Id of the row. */
  readonly row: string;
  /** Version of the row that the text was written for. */
  readonly version: number;
}

/**
 * Seals and opens the free text of one client's file with that client's own data key. The associated
 * data bind a text to practice, client, column, row and version: a ciphertext that is moved to another
 * file, field or version does not open. What is told to the practice before there is a client is under the key of
 * the practice, and bound to no client.
 */
export class FileCipher {
  /** Not even an inspection shows it. */
  readonly #key: Buffer;

  constructor(
    private readonly practiceId: string,
    private readonly clientId: string | undefined,
    key: Buffer,
  ) {
    this.#key = key;
  }

  seal(place: Place, text: string): Buffer {
    return seal(this.#key, this.address(place), Buffer.from(text));
  }

  /** @throws CannotOpen when the text was not written for this place */
  open(place: Place, sealed: Buffer): string {
    return open(this.#key, this.address(place), sealed).toString();
  }

  /** `seal` for a field that may be absent: nothing stays nothing. */
  sealOptional(place: Place, text: string | null | undefined): Buffer | null {
    return text == null ? null : this.seal(place, text);
  }

  openOptional(place: Place, sealed: Buffer | null): string | undefined {
    return sealed === null ? undefined : this.open(place, sealed);
  }

  private address({ column, row, version }: Place): string {
    return [this.practiceId, this.clientId ?? 'practice', column, row, version].join('/');
  }
}
