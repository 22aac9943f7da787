import type { Language } from '../common/language.js';
import { LEAST_LOGS, type MeanConditions, type ProgressView } from './progress.dto.js';
import { dayInWords, numberIn } from './progress-format.js';
import { PROGRESS_WORDS } from './progress-words.js';

/** A condition for recovery, in the practice's words. */
export interface NamedCondition {
  readonly code: string;
  readonly name: string;
}

/** What a picture of progress shows, in sentences. */
export function describeProgress(
  figures: ProgressView,
  language: Language,
  conditions: readonly NamedCondition[],
): string {
  const { about, nothing, counted } = PROGRESS_WORDS[language];
  const { baseline, weeks, exercises, sessions } = figures;
  const told = (value: number): string => numberIn(language, value);
  const looked = weeks.flatMap(({ checkIns }) => checkIns ?? []);
  const [first, last] = [looked[0], looked.at(-1)];
  const sentences = [
    ...tensionSentences(figures, language),
    ...conditions.flatMap(({ code, name }) => {
      const values = looked.flatMap((one) => one.conditions[code as keyof MeanConditions] ?? []);
      return values.length > 0 ? [about.condition(name, told(values[0]!), told(values.at(-1)!))] : [];
    }),
    ...(first && last ? [about.signals(told(first.stressSignals), told(last.stressSignals))] : []),
    ...exercises.flatMap(({ title, tension }) =>
      tension && tension.count >= LEAST_LOGS
        ? [about.exercise(title[language], told(tension.before), told(tension.after), tension.count)]
        : [],
    ),
    ...(sessions.length > 0 ? [about.sessions(sessions.length)] : []),
  ];
  if (sentences.length === 0) return `${counted[figures.counted]}. ${nothing}`;
  const began = baseline
    ? [about.baseline(dayInWords(language, baseline.from), dayInWords(language, baseline.to))]
    : [];
  return [`${counted[figures.counted]}.`, ...began, ...sentences].join(' ');
}

function tensionSentences({ baseline, weeks }: ProgressView, language: Language): string[] {
  const { about } = PROGRESS_WORDS[language];
  const told = (value: number): string => numberIn(language, value);
  const tension = weeks.flatMap(({ checkIns }) => checkIns?.tension ?? []);
  if (tension.length === 0) return [];
  return [
    tension.length === 1
      ? about.tensionOnce(told(tension[0]!))
      : about.tension(told(tension[0]!), told(tension.at(-1)!), tension.length),
    ...(baseline?.checkIns ? [about.tensionBegan(told(baseline.checkIns.tension))] : []),
  ];
}
