import { LANGUAGES } from '../common/language.js';
import { drawPassphrase } from './passphrases.js';
import { weaknessOf } from './password-strength.js';

describe.each(LANGUAGES)('a passphrase in %s', (language) => {
  const drawn = Array.from({ length: 300 }, () => drawPassphrase(language));

  it('is good enough to stand alone, each time', () => {
    for (const { passphrase } of drawn.slice(0, 25)) {
      expect(weaknessOf(passphrase, { hasSecondFactor: false, personal: [] })).toBeUndefined();
    }
  });

  it('holds at least 64 bits of chance, and says how much', () => {
    expect(new Set(drawn.map(({ bits }) => bits)).size).toBe(1);
    expect(drawn[0]!.bits).toBeGreaterThanOrEqual(64);
    expect(drawn[0]!.bits).toBeLessThan(80);
  });

  it('is another one each time, of words that are spread over the whole list', () => {
    const words = drawn.flatMap(({ passphrase }) => passphrase.split(' '));
    expect(new Set(drawn.map(({ passphrase }) => passphrase)).size).toBe(drawn.length);
    // Drawing this often from a list of the size that the bits claim leaves at least half of the draws new words.
    expect(new Set(words).size).toBeGreaterThan(words.length / 2);
  });

  it('has nothing in it that is hard to type', () => {
    for (const { passphrase } of drawn) expect(passphrase).toMatch(/^[a-z-]+( [a-z-]+){4,5}$/);
  });
});
