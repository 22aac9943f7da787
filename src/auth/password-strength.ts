import { type MatchExtended, ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { Bilingual } from '../common/language.js';
import { wordLists } from './word-lists.js';

/** Guesses, as powers of ten, that a password must outlast: alone, or beside a second factor. */
const ENOUGH_ALONE = 10;
const ENOUGH_BESIDE_ANOTHER = 8;
/** So much of a password is looked at: what is strong by then stays so, and more costs the server seconds. */
const LOOKED_AT = 64;

/** So many letters and digits a password has beside the words that stand close to the person. */
const LEAST_OF_ITS_OWN = 8;

/** Made at the first password that is chosen. */
let checker: ZxcvbnFactory | undefined;

/** The fewest characters of a password, in Unicode code points after NFC (NIST SP 800-63B-4, ASVS 5.0 section 6.2). */
export const fewestCharacters = (hasSecondFactor: boolean): number => (hasSecondFactor ? 10 : 15);

/** What one must not find in a person's password: what anybody knows of them. */
export function wordsAbout(
  person: { readonly name: string; readonly email: string },
  practice: { readonly name: string; readonly slug: string },
): string[] {
  const given = [person.name, person.email, practice.name, practice.slug, 'ademruimte'];
  const parts = given.flatMap((one) => one.split(/[^\p{L}\p{N}]+/u));
  const joined = given.map((one) => one.replace(/[^\p{L}\p{N}]+/gu, ''));
  return [...new Set([...given, ...parts, ...joined])].filter(({ length }) => length > 2);
}

/**
 * What is wrong with a password that somebody chooses, and what would be better; nothing when it is good.
 * @param password in NFC
 * @param personal words that stand close to the person
 */
export function weaknessOf(
  password: string,
  { hasSecondFactor, personal }: { hasSecondFactor: boolean; personal: readonly string[] },
): Bilingual | undefined {
  const fewest = fewestCharacters(hasSecondFactor);
  if ([...password].length < fewest) return tooShort(fewest);
  if (isMadeOf(personal, password)) return TOO_PERSONAL;
  checker ??= newChecker();
  const { guessesLog10, sequence } = checker.check([...password].slice(0, LOOKED_AT).join(''), [...personal]);
  const enough = hasSecondFactor ? ENOUGH_BESIDE_ANOTHER : ENOUGH_ALONE;
  return guessesLog10 >= enough ? undefined : reasonIn(sequence);
}

function newChecker(): ZxcvbnFactory {
  const { common, english, dutch, adjacencyGraphs } = wordLists();
  const dictionary = { ...common, ...english, ...dutch };
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: LOOKED_AT });
}

/** Whether hardly anything is left of it without the words that stand close to the person, and what joins them. */
function isMadeOf(personal: readonly string[], password: string): boolean {
  const whole = password.toLowerCase();
  const rest = [...personal]
    .sort((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word.toLowerCase(), ''), whole);
  return rest !== whole && [...rest.replace(/[^\p{L}\p{N}]/gu, '')].length < LEAST_OF_ITS_OWN;
}

function reasonIn(sequence: readonly MatchExtended[]): Bilingual {
  const dictionaries = sequence.map(({ dictionaryName }) => String(dictionaryName ?? ''));
  if (dictionaries.includes('userInputs')) return TOO_PERSONAL;
  if (dictionaries.some((name) => name.startsWith('passwords'))) return TOO_COMMON;
  return TOO_PREDICTABLE;
}

const EASY_WAY: Bilingual = {
  nl: 'Een paar losse woorden achter elkaar zijn sterk en makkelijk te onthouden.',
  en: 'A few unrelated words in a row are strong and easy to remember.',
};

const advice = (nl: string, en: string): Bilingual => ({
  nl: `${nl} ${EASY_WAY.nl}`,
  en: `${en} ${EASY_WAY.en}`,
});

const tooShort = (fewest: number): Bilingual =>
  advice(`Gebruik minstens ${fewest} tekens.`, `Use at least ${fewest} characters.`);

const TOO_PERSONAL = advice(
  'Dit lijkt op je naam, je adres of je praktijk, en dat raadt een ander het eerst.',
  'This looks like your name, your address or your practice, which is what others guess first.',
);

const TOO_COMMON = advice(
  'Dit staat op de lijst van veelgebruikte wachtwoorden.',
  'This is on the list of passwords that many people use.',
);

const TOO_PREDICTABLE = advice(
  'Dit is te makkelijk te raden: herhaling, een reeks of een datum helpt niet.',
  'This is too easy to guess: repetition, a sequence or a date does not help.',
);
