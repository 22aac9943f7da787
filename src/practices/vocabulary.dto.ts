import { Line, Parts } from '../common/fields.js';

export class VocabularyEntry {
  @Line(40, { example: 'deep_sigh' })
  code: string;

  @Line(80, { example: 'diepe zucht' })
  nl: string;

  @Line(80, { example: 'deep sigh' })
  en: string;
}

export class VocabulariesView {
  @Parts(() => VocabularyEntry, 50)
  recoverySignals: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  stressSignals: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  conditions: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  bodyAreas: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  breath: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  blockers: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  stressors: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  moments: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  techniques: VocabularyEntry[];

  @Parts(() => VocabularyEntry, 50)
  approaches: VocabularyEntry[];
}
