import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `docs/asvs.md` says for each requirement of ASVS 5.0, levels 1 and 2, how it stands; this holds it to what is there. */

const ROOT = join(__dirname, '..', '..');

/** How many requirements of these two levels each section of each chapter has; those of level 3 come behind them. */
const SECTIONS: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  1: { 1: 2, 2: 9, 3: 11, 4: 3, 5: 2 },
  2: { 1: 3, 2: 3, 3: 4, 4: 1 },
  3: { 2: 2, 3: 4, 4: 6, 5: 5, 7: 2 },
  4: { 1: 3, 2: 1, 3: 2, 4: 4 },
  5: { 1: 1, 2: 3, 3: 2, 4: 3 },
  6: { 1: 3, 2: 12, 3: 4, 4: 4, 5: 5, 6: 3, 8: 4 },
  7: { 1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2 },
  8: { 1: 2, 2: 3, 3: 1, 4: 1 },
  9: { 1: 3, 2: 4 },
  10: { 1: 2, 2: 2, 3: 4, 4: 11, 5: 5, 6: 2, 7: 3 },
  11: { 1: 2, 2: 3, 3: 3, 4: 4, 5: 1, 6: 1 },
  12: { 1: 3, 2: 2, 3: 4 },
  13: { 1: 1, 2: 5, 3: 2, 4: 5 },
  14: { 1: 2, 2: 4, 3: 3 },
  15: { 1: 3, 2: 3, 3: 7 },
  16: { 1: 1, 2: 5, 3: 4, 4: 3, 5: 3 },
  17: { 1: 1, 2: 4, 3: 2 },
};
const LEVEL_ONE = 70;
const LEVEL_TWO = 183;

interface Requirement {
  readonly number: string;
  readonly level: string;
  readonly stands: string;
  readonly how: string;
  readonly code: string[];
  readonly tests: string[];
}

const document = readFileSync(join(ROOT, 'docs', 'asvs.md'), 'utf8');
const namedIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

const requirements: Requirement[] = document
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+ /.test(line))
  .map((line) => {
    const [number, level, , stands, how, code, tests] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()) as [string, string, string, string, string, string, string];
    return { number, level, stands, how, code: namedIn(code), tests: namedIn(tests) };
  });

const wanted = Object.entries(SECTIONS).flatMap(([chapter, sections]) =>
  Object.entries(sections).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, i) => `${chapter}.${section}.${i + 1}`),
  ),
);
const numbersOf = (which: (one: Requirement) => boolean): string[] =>
  requirements.filter(which).map(({ number }) => number);

describe('docs/asvs.md', () => {
  it('has every requirement of the two levels once, in their order', () => {
    expect(wanted).toHaveLength(LEVEL_ONE + LEVEL_TWO);
    expect(requirements.map(({ number }) => number)).toEqual(wanted);
  });

  it('has as many of each level as the standard has', () => {
    expect(numbersOf(({ level }) => level === '1')).toHaveLength(LEVEL_ONE);
    expect(numbersOf(({ level }) => level === '2')).toHaveLength(LEVEL_TWO);
  });

  it('says of each that it is met, not met or not applicable, and counts them right', () => {
    const of = (kind: string) => numbersOf(({ stands }) => stands === kind).length;
    const [met, unmet, none] = [of('met'), of('not met'), of('n/a')];
    expect(met + unmet + none).toBe(requirements.length);
    expect(document).toContain(
      `Of ${requirements.length}: ${met} met, ${unmet} not met, ${none} not applicable.`,
    );
  });

  it('names for what is met the code and a test, and for what is not the reason', () => {
    const bare = ({ stands, how, code, tests }: Requirement): boolean =>
      stands === 'met' ? code.length === 0 || tests.length === 0 : how.length < 10;
    expect(numbersOf(bare)).toEqual([]);
  });

  it('names no file that does not exist', () => {
    const files = requirements.flatMap(({ code, tests }) => [...code, ...tests]);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const inText = namedIn(document).filter((name) => /^(src|test|docs)\/\S+$/.test(name));
    expect(inText.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('names as tests what is run as one', () => {
    const named = requirements.flatMap(({ tests }) => tests);
    expect(named.filter((file) => !/^(src|test)\/.*(\.|-)spec\.ts$/.test(file))).toEqual([]);
  });
});
