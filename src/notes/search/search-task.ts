import type { Place } from '../../common/cipher/file-cipher.js';
import type { Segment } from './match.js';

/** Sealed texts to look in, as they go to a thread: bytes and keys are handed over, not copied. */
export interface SearchTask {
  /** Folded. */
  readonly words: readonly string[];
  readonly practiceId: string;
  /** Enough: who has found so many looks no further. */
  readonly most: number;
  readonly clientIds: readonly string[];
  /** The data keys of the clients, one after another. The thread wipes them. */
  readonly keys: ArrayBuffer;
  /** The sealed texts, one after another. */
  readonly sealed: ArrayBuffer;
  readonly notes: readonly SealedText[][];
}

/** One text of a note: what it says, or an addendum. */
export interface SealedText {
  /** Which of the clients. */
  readonly client: number;
  readonly place: Place;
  /** Where it lies in `sealed`. */
  readonly from: number;
  readonly to: number;
}

/** A note that holds all the words. */
export interface Hit {
  /** Which of the notes. */
  readonly note: number;
  readonly snippets: readonly FoundSnippet[];
}

export interface FoundSnippet {
  /** Which of the texts of the note. */
  readonly text: number;
  readonly segments: readonly Segment[];
}

/** What a thread answers; of what went wrong the kind only, for a message might quote. */
export type SearchAnswer =
  | { readonly hits: readonly Hit[] }
  | {
      readonly failed: string;
      /** Which of the notes does not open, where it was that. */
      readonly note?: number;
    };
