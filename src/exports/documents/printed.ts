import type { DossierParts } from '../dossier/dossier-parts.js';
import type { PracticeWord } from '../../practices/practice-word.entity.js';
import type { ProgressView } from '../../progress/progress.dto.js';
import type { CellKind } from '../records/source.js';

/** Who made a document, why and when: it stands on every page of what leaves on paper. */
export interface Provenance {
  readonly practice: string;
  readonly madeBy: string;
  readonly purpose: string;
  /** By the clock of the practice, as a person reads it. */
  readonly madeAt: string;
}

/** What a cell of a row holds, as JSON tells it. */
export type CellValue = string | number | boolean | readonly (string | number)[] | null;

/** Rows of records, as a table. */
export interface TableDocument extends Provenance {
  readonly kind: 'table';
  readonly title: string;
  /** What the rows were chosen by, in words. */
  readonly chosen: readonly string[];
  readonly columns: readonly { readonly label: string; readonly kind: CellKind }[];
  readonly rows: readonly (readonly CellValue[])[];
}

/** How it goes with the client, and the words of the practice for it. */
export interface DossierProgress {
  readonly figures: ProgressView;
  readonly adapted: readonly PracticeWord[];
}

/** One client's whole file. */
export interface DossierDocument extends Provenance {
  readonly kind: 'dossier';
  readonly parts: DossierParts;
  readonly timeZone: string;
  /** Where who reads it sees how it goes, and something is told. */
  readonly progress?: DossierProgress;
}

/** What can be printed; plain data, for it goes to a thread. */
export type PrintedDocument = TableDocument | DossierDocument;
