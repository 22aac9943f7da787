import fc from 'fast-check';
import { fold, traced, wordsIn } from '../../common/fold.js';
import { type Segment, snippetsOf, textsWith } from './match.js';

const holds = (query: string, ...texts: string[]): boolean => textsWith(wordsIn(query), texts).length > 0;
const marked = (query: string, text: string): string[] =>
  snippetsOf(wordsIn(query), text)
    .flat()
    .filter(({ isMatch }) => isMatch)
    .map((segment) => segment.text);
const together = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join('');

describe('a search', () => {
  it.each([
    ['ADEM', 'Haar adem zakte.'],
    ['adem', 'HAAR ADEM ZAKTE.'],
    ['een', 'Eén keer gegaapt.'],
    ['één', 'een keer gegaapt'],
    ['coordinatie', 'De coördinatie is terug.'],
    ['coördinatie', 'Zonder trema: coordinatie.'],
    ['cafe', 'In het cafe\u0301.'],
    ['schouder', 'Schouders lieten los.'],
    ['ij', 'Ĳs en ĳver'],
    ['ijsvogel', 'Een ĲSVOGEL.'],
    ['ĳsvogel', 'Een ijsvogel.'],
    ['blijven', 'Zij wil blíj\u0301ven.'],
    ['blijven', 'Zij wil blĳven.'],
    ['s nachts', "'s Nachts wakker"],
    ['foto', "foto's van thuis"],
    ['km', '5 km gelopen'],
    ['σ', 'Λόγος'.slice(-1)],
    ['adem buik', 'De buik is zacht, de adem laag.'],
  ])('for %p finds %p', (query, text) => {
    expect(holds(query, text)).toBe(true);
  });

  it.each([
    ['adem', 'Zij was buitenademig.'],
    ['lies', 'verlies'],
    ['adem buik', 'De adem is laag.'],
    ['jver', 'ĳver'],
    ['ademen', 'adem'],
    ['5', '15'],
    ['x', '𝒜x'],
  ])('for %p does not find %p', (query, text) => {
    expect(holds(query, text)).toBe(false);
  });

  it('finds words that stand in a note and in what was added to it', () => {
    expect(textsWith(wordsIn('adem buik'), ['De adem.', 'Niets.', 'De buik.'])).toEqual([0, 2]);
    expect(holds('adem buik rug', 'De adem.', 'De buik.')).toBe(false);
  });

  it('has no words in what holds none', () => {
    expect(wordsIn(' -- … 🌿 ')).toEqual([]);
    expect(wordsIn('Adem, adem en ADÉM')).toEqual(['adem', 'en']);
  });
});

describe('what a search shows', () => {
  it.each([
    ['adem', 'De Ademhaling en adem.', ['Adem', 'adem']],
    ['coord', 'De coördinatie', ['coörd']],
    ['een', 'E\u0301e\u0301n keer', ['E\u0301e\u0301n']],
    ['i', 'ĳs', ['ĳ']],
    ['ade adem', 'adem', ['adem']],
    ['adem em', 'adem', ['adem']],
  ])('for %p in %p marks what was found as it was written', (query, text, expected) => {
    expect(marked(query, text)).toEqual(expected);
  });

  it('is the text as it was written, with its markup as text', () => {
    const [segments] = snippetsOf(['adem'], '<b>adem</b> & rust');
    expect(segments).toEqual([
      { text: '<b>', isMatch: false },
      { text: 'adem', isMatch: true },
      { text: '</b> & rust', isMatch: false },
    ]);
  });

  it('is a piece around each find, whole words, no more than three', () => {
    const filler =
      'woorden die er niet toe doen en toch ruimte nemen, regel na regel, bladzij na bladzij, tot het genoeg is. ';
    const text = Array.from({ length: 6 }, (_, i) => `${filler}adem${i} ${filler}`).join('');
    const snippets = snippetsOf(['adem'], text);
    expect(snippets).toHaveLength(3);
    for (const segments of snippets) {
      const piece = together(segments);
      expect(text).toContain(piece);
      expect(piece.length).toBeLessThan(200);
      expect(` ${text} `).toMatch(new RegExp(`\\s${piece.trim()}\\s`));
    }
  });

  it('whatever the text, is cut out of it, between characters, with a mark in each piece', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(5), (text, start, length) => {
        const words = wordsIn(
          [...text]
            .slice(start % (text.length + 1))
            .slice(0, length + 1)
            .join(''),
        );
        if (words.length === 0 || textsWith(words, [text]).length === 0) return;
        const snippets = snippetsOf(words, text);
        expect(snippets.length).toBeGreaterThan(0);
        for (const segments of snippets) {
          expect(text).toContain(together(segments));
          expect(segments.some(({ isMatch }) => isMatch)).toBe(true);
          expect(Buffer.from(together(segments)).toString()).toBe(together(segments));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a folded text', () => {
  it('is the same folded whole or character by character, so that a place in it is a place in the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('ΣΑΣ', 'İĲŉǅ½ﬁ', 'Å\u0323\u030a'),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(traced(text).folded).toBe(fold(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
