import fc from 'fast-check';
import { LANGUAGES, preferredLanguage } from './language.js';

describe('the language to answer in', () => {
  it.each([
    [undefined, 'nl'],
    ['', 'nl'],
    ['*', 'nl'],
    ['de, fr;q=0.8', 'nl'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['nl-BE, en;q=0.9', 'nl'],
    ['en;q=0.4, nl;q=0.5', 'nl'],
    ['de, en;q=0.1', 'en'],
    ['nl;q=0, en', 'en'],
    [';;;,,,q=', 'nl'],
  ])('for %p is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  it('is one of ours, whatever is asked', () => {
    fc.assert(fc.property(fc.string(), (header) => LANGUAGES.includes(preferredLanguage(header))));
  });
});
