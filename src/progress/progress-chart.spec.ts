import type { ProgressExercise, ProgressView, TensionChange } from './progress.dto.js';
import { progressChart } from './progress-chart.js';

const NOTHING: ProgressView = {
  from: '2026-01-05',
  to: '2026-03-29',
  counted: 'shared',
  adherence: null,
  exercises: [],
  wentWithRelief: null,
  sessions: [],
  weeks: [],
};

const tension = (count: number): TensionChange => ({ count, before: 6, after: 4.2, change: -1.8 });
const exercise = (title: string, count: number): ProgressExercise => ({
  exerciseId: '0196f3a0-1111-7222-8333-000000000001',
  title: { nl: title, en: title },
  logs: { done: count, partly: 0, skipped: 0 },
  tension: tension(count),
  adherence: null,
  relief: null,
});
const checkIns = { count: 1, tension: 6, stressSignals: 3, conditions: { rest: 3 } };
const LIVED: ProgressView = {
  ...NOTHING,
  baseline: { from: '2026-01-05', to: '2026-02-01', exercises: tension(9), checkIns },
  exercises: [exercise('Even zitten', 9)],
  sessions: [
    { id: '0196f3a0-1111-7222-8333-000000000002', on: '2026-01-06', kind: 'intake', before: 8, after: 5 },
  ],
  weeks: ['2026-01-05', '2026-01-12', '2026-03-23'].map((from) => ({
    from,
    exercises: tension(3),
    checkIns,
    stressSignals: [],
  })),
};

const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
const wordOf = (svg: string, tag: 'title' | 'desc'): string =>
  new RegExp(`<${tag} id="${tag}">([^<]*)</${tag}>`).exec(svg)![1]!;

describe('the picture of progress', () => {
  it('tells in words what it shows, in either language', () => {
    const [nl, en] = [progressChart(LIVED, 'nl'), progressChart(LIVED, 'en')];
    expect(nl).toMatch(/^<svg role="img" aria-labelledby="title desc" /);
    expect(wordOf(nl, 'title')).toBe('Hoe het gaat, 5 januari 2026 – 29 maart 2026');
    expect(wordOf(nl, 'desc')).toBe(
      'Telt alleen wat de cliënt deelt. Het eigen begin is van 5 januari 2026 tot en met 1 februari 2026. ' +
        'Spanning bij de terugblikken: 6,0 in de eerste en 6,0 in de laatste van 3 weken. ' +
        'Aan het begin was die gemiddeld 6,0. rust: eerst 3,0, laatst 3,0. ' +
        'Stresssignalen per terugblik: eerst 3,0, laatst 3,0. ' +
        'Even zitten: gemiddeld 6,0 voor en 4,2 na, over 9 keer. Eén sessie met spanning genoteerd.',
    );
    expect(textsOf(nl)).toEqual(expect.arrayContaining(['terugblik', 'begin', 'rust', '−1,8  (9 keer)']));
    expect(wordOf(en, 'title')).toBe('How it goes, 5 January 2026 – 29 March 2026');
    expect(textsOf(en)).toEqual(expect.arrayContaining(['look back', 'start', 'rest', '−1.8  (9 times)']));
  });

  it('is a calm sentence where nothing was kept', () => {
    const svg = progressChart(NOTHING, 'nl');
    expect(textsOf(svg)).toEqual([
      'Hoe het gaat, 5 januari 2026 – 29 maart 2026',
      'Telt alleen wat de cliënt deelt',
      'Er is in deze dagen nog niets bijgehouden.',
    ]);
  });

  it('says nothing of what came of an exercise below five logs', () => {
    const few = { ...NOTHING, exercises: [exercise('Even zitten', 4)] };
    const svg = progressChart(few, 'nl');
    expect(textsOf(svg).join(' ')).toContain('4 keer: te weinig');
    expect(svg).not.toContain('1,8');
    expect(wordOf(svg, 'desc')).not.toContain('Even zitten');
    expect(progressChart({ ...NOTHING, exercises: [exercise('Even zitten', 5)] }, 'nl')).toContain('−1,8');
  });

  it('tells lines apart by dashes too, for who sees no colours or prints without', () => {
    const weeks = LIVED.weeks.map((week) => ({
      ...week,
      checkIns: {
        ...checkIns,
        conditions: { safety: 8, rest: 3, presence: 5, acceptance: 6, naturalRhythm: 1 },
      },
    }));
    const svg = progressChart({ ...NOTHING, weeks }, 'nl');
    const dashes = [...svg.matchAll(/stroke-dasharray="([^"]+)"/g)].map(([, dash]) => dash);
    expect(new Set(dashes).size).toBeGreaterThanOrEqual(5);
  });

  it('speaks the practice’s words', () => {
    const adapted = {
      practiceId: '',
      vocabulary: 'conditions',
      code: 'rest',
      nameNl: 'Echte <rust> & "stilte"',
      nameEn: 'Real rest',
      isOffered: true,
      version: 1,
    } as const;
    const svg = progressChart(LIVED, 'nl', [adapted]);
    expect(wordOf(svg, 'desc')).toContain('Echte &lt;rust&gt; &amp; &quot;stilte&quot;: eerst 3,0');
    expect(svg).not.toContain('<rust>');
  });

  it('holds nothing that runs, and no style that our own headers would forbid', () => {
    const svg = progressChart({ ...LIVED, exercises: [exercise('<script>alert(1)</script>', 9)] }, 'nl');
    expect(svg).not.toMatch(/<script|<style|style=|\son\w+=|href=|<foreignObject/i);
    expect(svg).toContain('&lt;script&gt;');
  });

  it('draws no line over weeks of which nothing is known', () => {
    const between = (weeks: ProgressView['weeks']): string => progressChart({ ...NOTHING, weeks }, 'nl');
    const [near, far] = [
      between(['2026-01-05', '2026-01-12'].map((from) => ({ from, checkIns, stressSignals: [] }))),
      between(['2026-01-05', '2026-03-23'].map((from) => ({ from, checkIns, stressSignals: [] }))),
    ];
    // The line of what was felt is the only thing this dark and this wide.
    const lines = (svg: string): number =>
      [...svg.matchAll(/<path d="M[^"]*L[^"]*"[^>]*stroke="#222222" stroke-width="1.8"/g)].length;
    expect(lines(near)).toBeGreaterThan(lines(far));
  });
});
