import { codesOf, CONDITIONS, STRESS_SIGNALS, type Vocabulary } from '../common/vocabulary.js';
import type { PracticeVocabularyView, PracticeWordView } from './practice-vocabulary.dto.js';
import type { Adaptable, PracticeWord } from './practice-word.entity.js';

/** What is shipped of the vocabularies that a practice may put in its own words. */
export const SHIPPED: Readonly<Record<Adaptable, Vocabulary>> = {
  stress_signals: STRESS_SIGNALS,
  conditions: CONDITIONS,
};

/** The practice's words: the shipped ones in their order, and then what it added, in the order of their codes. */
export function wordsOf(vocabulary: Adaptable, adapted: readonly PracticeWord[]): PracticeWordView[] {
  const shipped = SHIPPED[vocabulary];
  const own = adapted.filter((word) => word.vocabulary === vocabulary);
  const added = own.filter(({ code }) => !Object.hasOwn(shipped, code)).map(wordView);
  return [
    ...codesOf(shipped).map((code): PracticeWordView => {
      const word = own.find((one) => one.code === code);
      return word ? wordView(word) : { code, ...shipped[code]!, offered: true };
    }),
    ...added.sort((one, other) => (one.code < other.code ? -1 : 1)),
  ];
}

export const vocabularyView = (adapted: readonly PracticeWord[]): PracticeVocabularyView => ({
  stressSignals: wordsOf('stress_signals', adapted),
  conditions: wordsOf('conditions', adapted),
});

export const wordView = ({ code, nameNl, nameEn, isOffered, version }: PracticeWord): PracticeWordView => ({
  code,
  nl: nameNl,
  en: nameEn,
  offered: isOffered,
  version,
});
