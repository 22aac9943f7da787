import { fold, traced } from '../../common/fold.js';

/** A piece of a text, and whether it is what was looked for. */
export interface Segment {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Where something begins and ends in a text. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** How much of a text is shown around what was found, in characters on each side. */
const AROUND = 60;
const MOST_SNIPPETS = 3;
/** A word that is everywhere is marked no more often than this. */
const MOST_MARKS = 20;

/**
 * Which of several texts hold the words, when together they hold all of them; each word as the beginning of a word.
 * @param words folded
 * @returns the indices of the texts that hold at least one; nothing where a word is missing
 */
export function textsWith(words: readonly string[], texts: readonly string[]): number[] {
  const folded = texts.map(fold);
  const holding = new Set<number>();
  for (const word of words) {
    const found = [...folded.keys()].filter((i) => wordStart(folded[i]!, word, 0) >= 0);
    if (found.length === 0) return [];
    for (const i of found) holding.add(i);
  }
  return [...holding].sort((a, b) => a - b);
}

/** What is around the words in a text that holds them, as segments: what was found is marked, and nothing is markup. */
export function snippetsOf(words: readonly string[], text: string): Segment[][] {
  const spans = found(words, text);
  const windows: { span: Span; marks: Span[] }[] = [];
  for (const mark of spans) {
    const open = windows.at(-1);
    if (open && mark.from - AROUND <= open.span.to) {
      open.marks.push(mark);
      open.span = { from: open.span.from, to: Math.min(text.length, mark.to + AROUND) };
    } else if (windows.length === MOST_SNIPPETS) break;
    else {
      const span = { from: Math.max(0, mark.from - AROUND), to: Math.min(text.length, mark.to + AROUND) };
      windows.push({ span, marks: [mark] });
    }
  }
  return windows.map(({ span, marks }) => segments(text, wholeWords(text, span, marks), marks));
}

/** Where the words are in the text as it was written, first things first; what overlaps is one. */
function found(words: readonly string[], text: string): Span[] {
  const { folded, origins } = traced(text);
  const spans = words.flatMap((word) => {
    const ofWord: Span[] = [];
    for (
      let at = wordStart(folded, word, 0);
      at >= 0 && ofWord.length < MOST_MARKS;
      at = wordStart(folded, word, at + 1)
    ) {
      ofWord.push({ from: origins[at]!, to: endOf(origins, at + word.length) });
    }
    return ofWord;
  });
  return merged(spans.sort((a, b) => a.from - b.from || a.to - b.to)).slice(0, MOST_MARKS);
}

/** A character that became several ends where the next one begins, and takes its accents along. */
function endOf(origins: readonly number[], end: number): number {
  let at = end;
  while (at < origins.length - 1 && origins[at] === origins[at - 1]) at += 1;
  return origins[at]!;
}

function merged(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans) {
    const last = whole.at(-1);
    if (last && span.from < last.to)
      whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else whole.push(span);
  }
  return whole;
}

/** Where the word begins a word, from a place on; -1 where nowhere. */
function wordStart(folded: string, word: string, from: number): number {
  for (let at = folded.indexOf(word, from); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (at === 0 || !endsInWord(folded, at)) return at;
  }
  return -1;
}

/** Whether the character before this place belongs to a word. */
function endsInWord(folded: string, at: number): boolean {
  const code = folded.charCodeAt(at - 1);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  const isLowSurrogate = code >= 0xdc00 && code <= 0xdfff;
  return /[\p{L}\p{N}]$/u.test(folded.slice(at - (isLowSurrogate ? 2 : 1), at));
}

/** A window does not cut a word, or a character, in two, where it is not one endless word. */
function wholeWords(text: string, { from, to }: Span, marks: readonly Span[]): Span {
  const before = from === 0 ? 0 : text.slice(from, marks[0]!.from).search(/(?<=\s)/);
  const last = marks.at(-1)!.to;
  const after = to === text.length ? text.length - last : text.slice(last, to).search(/\s\S*$/);
  return {
    from: before >= 0 ? from + before : onCharacter(text, from),
    to: after >= 0 ? last + after : onCharacter(text, to),
  };
}

const onCharacter = (text: string, at: number): number =>
  /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at - 1 : at;

function segments(text: string, { from, to }: Span, marks: readonly Span[]): Segment[] {
  const pieces: Segment[] = [];
  let at = from;
  for (const mark of marks) {
    pieces.push({ text: text.slice(at, mark.from), isMatch: false });
    pieces.push({ text: text.slice(mark.from, mark.to), isMatch: true });
    at = mark.to;
  }
  pieces.push({ text: text.slice(at, to), isMatch: false });
  return pieces.filter((piece) => piece.text !== '');
}
