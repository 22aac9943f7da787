/**
 * A text as a search sees it: without capitals, accents and typographic forms. The Dutch ĳ in one character, with or
 * without its accents, is an i and a j.
 */
export function fold(text: string): string {
  // Most of a text is plain letters; only the rest is looked at closely.
  return text.toLowerCase().replace(/[^\x00-\x7f]+/g, plain);
}

/** A folded text that knows where each of its characters came from. */
export interface Traced {
  readonly folded: string;
  /** For each position in the folded text, and for its end, where that is in the original. */
  readonly origins: readonly number[];
}

/** Slower than `fold`, and with the same outcome: for the few texts that something was found in. */
export function traced(text: string): Traced {
  const origins: number[] = [];
  let result = '';
  let at = 0;
  for (const character of text) {
    const piece = fold(character);
    for (let i = 0; i < piece.length; i += 1) origins.push(at);
    result += piece;
    at += character.length;
  }
  origins.push(text.length);
  return { folded: result, origins };
}

/** The words of a text, folded, each once, in the order in which they first appear. */
export function wordsIn(text: string): string[] {
  return [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu))];
}

function plain(letters: string): string {
  const folded = letters
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  // A sigma at the end of a word is written otherwise, and is the same letter.
  return folded.replace(/\p{M}+/gu, '').replaceAll('ς', 'σ');
}
