import type { Language } from '../common/language.js';
import type { NamedCondition } from './progress-description.js';
import type {
  CheckInMeans,
  MeanConditions,
  ProgressView,
  ProgressWeek,
  TensionChange,
} from './progress.dto.js';
import { addExercises } from './progress-exercises.js';
import { addBars, addLines, type Line, LOOKS, TENSION_LOOKS } from './progress-lines.js';
import { type Panels, Sheet } from './progress-sheet.js';
import { PROGRESS_WORDS } from './progress-words.js';

/** @param top how much room there is to be left above */
export function panelsOf(
  figures: ProgressView,
  language: Language,
  conditions: readonly NamedCondition[],
  top: number,
): Panels {
  const words = PROGRESS_WORDS[language];
  const sheet = new Sheet(figures, language, top);
  const { weeks, baseline, sessions } = figures;
  const around = (of: keyof Pick<TensionChange, 'before' | 'after'>): Omit<Line, 'name' | 'look'> => ({
    points: pointsOf(weeks, ({ exercises }) => exercises?.[of]),
    began: baseline?.exercises?.[of],
  });
  const looked = (of: (checkIns: CheckInMeans) => number | undefined): Omit<Line, 'name' | 'look'> => ({
    points: pointsOf(weeks, ({ checkIns }) => checkIns && of(checkIns)),
    began: baseline?.checkIns && of(baseline.checkIns),
  });
  addLines(
    sheet,
    words.tension,
    [
      { name: words.checkIn, look: TENSION_LOOKS.checkIn, ...looked(({ tension }) => tension) },
      { name: words.before, look: TENSION_LOOKS.before, ...around('before') },
      { name: words.after, look: TENSION_LOOKS.after, ...around('after') },
    ],
    [
      { name: words.sessionBefore, isBefore: true, points: sessions.map(({ on, before }) => [on, before]) },
      { name: words.sessionAfter, isBefore: false, points: sessions.map(({ on, after }) => [on, after]) },
    ],
  );
  addLines(
    sheet,
    words.conditions,
    conditions.map(({ code, name }, i) => ({
      name,
      look: LOOKS[i % LOOKS.length]!,
      ...looked((checkIns) => checkIns.conditions[code as keyof MeanConditions]),
    })),
  );
  addBars(
    sheet,
    words.signals,
    looked(({ stressSignals }) => stressSignals),
  );
  addExercises(sheet, words.exercises, figures.exercises);
  return sheet.panels();
}

const pointsOf = (
  weeks: readonly ProgressWeek[],
  value: (week: ProgressWeek) => number | undefined,
): (readonly [string, number])[] =>
  weeks.flatMap((week) => {
    const told = value(week);
    return told === undefined ? [] : [[week.from, told] as const];
  });
