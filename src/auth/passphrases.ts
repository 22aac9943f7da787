import { randomInt } from 'node:crypto';
import type { Language } from '../common/language.js';
import { wordLists } from './word-lists.js';

/** How much chance a phrase holds at least: at a million guesses a second, hundreds of thousands of years. */
const LEAST_BITS = 64;

export interface DrawnPassphrase {
  readonly passphrase: string;
  readonly bits: number;
}

const made: Partial<Record<Language, readonly string[]>> = {};

/** A phrase of words drawn by chance, each as likely as any other, in the language of who will remember it. */
export function drawPassphrase(language: Language): DrawnPassphrase {
  const words = (made[language] ??=
    language === 'nl' ? dutchWords() : [...wordLists().common['diceware-common']]);
  const bitsPerWord = Math.log2(words.length);
  const count = Math.ceil(LEAST_BITS / bitsPerWord);
  const drawn = Array.from({ length: count }, () => words[randomInt(words.length)]!);
  return { passphrase: drawn.join(' '), bits: Math.floor(count * bitsPerWord) };
}

/** Not what one wants to read when one came for rest. */
const UNKIND =
  /oorlog|wapen|jood|joden|moslim|slaaf|slaven|slavern|ziek|infect|erotisch|gedwongen|depressie|graven|sterf|stierf|overl[ei]|bedreigd|kanon|aanslag|ras(sen)?$|veldslag|onrecht|bataljon|soldaten|troepen|aanval|schimmel|parasiet|armoede|rellen/;

/** Dutch words that people both say and write: not names, not English, without accents, of four to nine letters. */
function dutchWords(): string[] {
  const { dutch, english } = wordLists();
  const { commonWords, wikipedia, boysFirstnames, girlsFirstnames, lastnames } = dutch;
  const written = new Set<string>(wikipedia);
  const others = new Set<string>([
    ...boysFirstnames,
    ...girlsFirstnames,
    ...lastnames,
    ...english['firstnames-en'],
    ...english['commonWords-en'],
    ...english['wikipedia-en'],
  ]);
  return commonWords.filter(
    (word) => /^[a-z]{4,9}$/.test(word) && written.has(word) && !others.has(word) && !UNKIND.test(word),
  );
}
