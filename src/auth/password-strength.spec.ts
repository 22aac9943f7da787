import fc from 'fast-check';
import { fewestCharacters, weaknessOf, wordsAbout } from './password-strength.js';

const practice = { name: 'Adem & Rust', slug: 'adem-en-rust' };
const personal = wordsAbout({ name: 'Sanne Bakker', email: 'sanne.b@bakkerontwerp.example' }, practice);
const alone = (password: string) => weaknessOf(password, { hasSecondFactor: false, personal });
const besideAnother = (password: string) => weaknessOf(password, { hasSecondFactor: true, personal });

describe('a password that somebody chooses', () => {
  it('is long where it stands alone, and less so beside a second factor', () => {
    expect([fewestCharacters(false), fewestCharacters(true)]).toEqual([15, 10]);
    expect(alone('vqz jx wpk4 bf')?.nl).toMatch(/minstens 15/);
    expect(alone('vqz jx wpk4 bf9')).toBeUndefined();
    expect(besideAnother('vqzjxwpk4')?.en).toMatch(/at least 10/);
    expect(besideAnother('vqzjxwpk4f')).toBeUndefined();
  });

  it('is counted in characters, not in bytes or halves of one', () => {
    expect(alone('🦋🌊🍃🌲🦉🌙🪁🎻🍇🧭🪵🕊🏔🐚')?.nl).toMatch(/minstens 15/);
    expect(alone('🦋🌊🍃🌲🦉🌙🪁🎻🍇🧭🪵🕊🏔🐚🪶')).toBeUndefined();
  });

  it.each([
    'een lange wachtzin om te testen',
    'adem zakt als ik niets moet',
    'correct horse battery staple',
    'ontzettend-kruidige-soep',
    'ルルドの泉で静かに休む日曜の午後',
    'alle kleine letters zonder cijfers',
  ])('needs no capitals, digits or signs: %s', (password) => {
    expect(alone(password)).toBeUndefined();
  });

  it.each([
    'passwordpassword',
    'iloveyouiloveyou',
    'qwertyuiopasdfgh',
    'wachtwoord123456',
    '123456789012345',
  ])('is not one that many people use: %s', (password) => {
    const advice = alone(password);
    expect(advice?.nl).toMatch(/veelgebruikte|te raden/);
    expect(advice?.en).toMatch(/many people|easy to guess/);
  });

  it.each([
    'sannebakker1985',
    'Sanne Bakker 12345!',
    'S@nneB@kker2024!',
    'adem-en-rust-2026',
    'bakkerontwerp2026',
    'rekkabennas12345',
    'Adem & Rust 2026!!',
    'sanne.b@bakkerontwerp!',
  ])('is not close to the name, the address or the practice: %s', (password) => {
    expect(alone(password)?.nl).toMatch(/je naam, je adres of je praktijk/);
    expect(alone(password)?.en).toMatch(/your name, your address or your practice/);
  });

  it('may hold a word of one’s own beside enough that is not', () => {
    expect(alone('sanne zwemt langs zeven paarse molens')).toBeUndefined();
  });

  it.each([
    'aaaaaaaaaaaaaaaaaaaa',
    'abcdefghijklmnopqrst',
    '               ',
    'ababababababababab',
    '1985041219850412',
  ])('is not a pattern: %p', (password) => {
    expect(alone(password)).toBeDefined();
  });

  it('always comes with advice that names the easy way, in both languages', () => {
    for (const weak of ['kort', 'passwordpassword', 'sannebakker1985', 'aaaaaaaaaaaaaaaaaaaa']) {
      expect(alone(weak)?.nl).toMatch(/losse woorden/);
      expect(alone(weak)?.en).toMatch(/unrelated words/);
    }
  });

  it('is judged in reasonable time, however long and odd it is', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'a@4$3!0sS5 1lI'), minLength: 100, maxLength: 128 });
    fc.assert(
      fc.property(odd, (password) => {
        const before = performance.now();
        alone(password);
        return performance.now() - before < 3000;
      }),
      { numRuns: 15, seed: 20260302 },
    );
  });
});
