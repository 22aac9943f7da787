import { CodeName, Flag, Line, Optional, Parts, WholeNumber } from '../common/fields.js';

export class WriteWord {
  @Line(80, { example: 'hartkloppingen' })
  nl: string;

  @Line(80, { example: 'palpitations' })
  en: string;

  /** Whether it is offered to choose; yes when left out. What was chosen before keeps its name. */
  @Optional()
  @Flag()
  offered?: boolean;
}

/** A code with its names in this practice. */
export class PracticeWordView {
  @CodeName({ example: 'palpitations' })
  code: string;

  @Line(80)
  nl: string;

  @Line(80)
  en: string;

  @Flag()
  offered: boolean;

  /** Of the practice's own words; absent where it is as it was shipped. */
  @WholeNumber(1, 2_147_483_647)
  version?: number;
}

/** The words in which clients are asked how it goes, as this practice has them. */
export class PracticeVocabularyView {
  @Parts(() => PracticeWordView, 100)
  stressSignals: PracticeWordView[];

  @Parts(() => PracticeWordView, 5)
  conditions: PracticeWordView[];
}
