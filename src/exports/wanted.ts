import type { PartName } from './dossier/dossier-parts.js';
import type { Dialect, ExportFormat } from './formats/export-format.js';
import type { RecordKind } from './records/record-kinds.js';

/** What is asked for. */
export interface Wanted {
  readonly records: RecordKind;
  readonly format: ExportFormat;
  readonly dialect?: Dialect;
  readonly columns?: readonly string[];
  readonly purpose: string;
  readonly from?: string;
  readonly to?: string;
  readonly clientId?: string;
  readonly coachId?: string;
  readonly bodies?: boolean;
}

/** How a copy that a client asked for gets to them: where they sign in, or under a passphrase that goes another way. */
export type Handover = 'portal' | 'passphrase';

/** A copy that a client asked for of their own data, as an admin approved it. */
export interface RequestedCopy {
  readonly dataRequestId: string;
  readonly clientId: string;
  readonly handover: Handover;
  readonly purpose: string;
  /** Which parts of the dossier; all of them when absent. */
  readonly parts?: readonly PartName[];
}
