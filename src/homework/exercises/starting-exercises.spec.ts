import { STARTING_EXERCISES } from './starting-exercises.js';

const sentences = STARTING_EXERCISES.flatMap(({ title, purpose, steps, cautions }) => [
  title,
  purpose,
  ...steps,
  ...(cautions ? [cautions] : []),
]);

describe('the starting catalogue', () => {
  it('has ten exercises of three to five steps', () => {
    expect(STARTING_EXERCISES).toHaveLength(10);
    expect(STARTING_EXERCISES.every(({ steps }) => steps.length >= 3 && steps.length <= 5)).toBe(true);
  });

  it('lets go more often than it adds', () => {
    const lettingGo = STARTING_EXERCISES.filter(({ approach }) => approach === 'letting_go');
    expect(lettingGo).toHaveLength(6);
  });

  it('says everything in both languages, within what the API takes', () => {
    for (const { nl, en } of sentences) {
      expect(Math.min(nl.length, en.length)).toBeGreaterThan(0);
      expect(Math.max(nl.length, en.length)).toBeLessThanOrEqual(500);
    }
  });

  it('presses nobody', () => {
    for (const { nl, en } of sentences) {
      expect(en).not.toMatch(/\b(must|should|have to|never forget|overdue|streak|score|fail)\b/i);
      expect(nl).not.toMatch(/\b(moet|moeten|verplicht|te laat|reeks|score|falen)\b/i);
    }
  });
});
