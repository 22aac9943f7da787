import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { MinLength } from 'class-validator';
import {
  Code,
  Day,
  Flag,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  Texts,
  TimeZone,
  WholeNumber,
} from '../common/fields.js';
import { EXPORT_STATUSES, type ExportStatus } from './export.entity.js';
import { type Decision, DECISIONS } from './export-approval.entity.js';
import { EXPORT_FAILURES, type ExportFailure } from './export-failure.js';
import { type Dialect, DIALECTS, EXPORT_FORMATS, type ExportFormat } from './formats/export-format.js';
import { RECORD_KINDS, type RecordKind } from './records/record-kinds.js';
import type { CellKind } from './records/source.js';

const FAILURE_CODES = Object.keys(EXPORT_FAILURES) as ExportFailure[];

/** Why records leave the system (AVG art. 5(1)(b)): a sentence, not a word. */
const Purpose = (): PropertyDecorator =>
  applyDecorators(
    Line(500, { example: 'Jaarafsluiting 2026 voor de boekhouder' }),
    ApiProperty({ minLength: 10 }),
    MinLength(10),
  );

const MOST_COLUMNS = 40;

/** A count of bytes; files may be larger than an int32 tells. */
const Bytes = (): PropertyDecorator =>
  ApiProperty({ type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export class RequestExport {
  @Code(RECORD_KINDS)
  records: RecordKind;

  /** In CSV, a cell that a spreadsheet would run as a formula begins with an apostrophe. */
  @Code(EXPORT_FORMATS)
  format: ExportFormat;

  /** How CSV is written: with commas (`rfc4180`, unless said otherwise), or as a Dutch Excel opens it: semicolons, decimal commas and the times of the practice's clock. */
  @Optional()
  @Code(DIALECTS)
  dialect?: Dialect;

  /** Only these columns, in this order; all of them when absent. */
  @Optional()
  @Texts(MOST_COLUMNS, 40, { example: ['id', 'status'] })
  columns?: string[];

  /** Why these records leave the system; kept with the export. */
  @Purpose()
  purpose: string;

  /** From this day on, in the practice's time zone: when a session or an assignment starts, a log was done, a note was begun, a file was opened, something happened. */
  @Optional()
  @Day()
  from?: string;

  /** Up to and including this day. */
  @Optional()
  @Day()
  to?: string;

  /** Only of this client. */
  @Optional()
  @Id()
  clientId?: string;

  /** Only of files that are this coach's now; of the audit log, what this coach did. */
  @Optional()
  @Id()
  coachId?: string;

  /** Of notes, their texts as well, in the columns `body` and `addenda`; of a dossier, those of its notes: it waits until each coach whose files they are of has approved. */
  @Optional()
  @Flag()
  bodies?: boolean;
}

export class StreamQuery {
  /** `excel-nl` for a Dutch Excel. */
  @Optional()
  @Code(DIALECTS)
  dialect?: Dialect;

  /** Only these columns, in this order, parted by commas. */
  @Optional()
  @Line(500, { example: 'id,status' })
  columns?: string;

  /** Only of this client. */
  @Optional()
  @Id()
  clientId?: string;

  /** Only of files that are this coach's now; of the audit log, what this coach did. */
  @Optional()
  @Id()
  coachId?: string;

  /** Why these records leave the system; kept with the export. */
  @Purpose()
  purpose: string;

  /** From this day on, in the practice's time zone. */
  @Optional()
  @Day()
  from?: string;

  /** Up to and including this day. */
  @Optional()
  @Day()
  to?: string;
}

/** Why there is no file, and what to do about it. */
export class ExportFailureView {
  @Code(FAILURE_CODES)
  code: ExportFailure;

  @Line(300)
  reason: string;
}

/** How fast it goes, and how long that still takes. */
export class ExportPaceView {
  @WholeNumber(0, 2_147_483_647)
  rowsPerSecond: number;

  /** Once the rows were counted. */
  @WholeNumber(0, 2_147_483_647)
  secondsLeft?: number;
}

/** What one coach says of an export with texts of their files. */
export class ExportApprovalView {
  @Id()
  coachId: string;

  @Line(200)
  coachName?: string;

  /** How many notes of their files were meant when it was asked. */
  @WholeNumber(0, 2_147_483_647)
  noteCount: number;

  /** Absent while they have not said. */
  @Code(DECISIONS)
  decision?: Decision;

  @Instant()
  decidedAt?: string;
}

export class ExportView {
  @Id()
  id: string;

  @Code(RECORD_KINDS)
  records: RecordKind;

  @Code(EXPORT_FORMATS)
  format: ExportFormat;

  @Code(DIALECTS)
  dialect?: Dialect;

  /** Those that were chosen; absent where it holds all. */
  @Texts(MOST_COLUMNS, 40)
  columns?: string[];

  @Line(500)
  purpose: string;

  @Day()
  from?: string;

  @Day()
  to?: string;

  @Id()
  clientId?: string;

  @Id()
  coachId?: string;

  /** Whether it holds the texts of notes. */
  @Flag()
  bodies: boolean;

  /** Who must approve that, and who did; a coach sees what they said themselves. */
  @Parts(() => ExportApprovalView, 1000)
  approvals?: ExportApprovalView[];

  /** The admin who asked, and the only one who can fetch the file. */
  @Id()
  requestedBy: string;

  @Line(200)
  requesterName?: string;

  @Code(EXPORT_STATUSES)
  status: ExportStatus;

  @WholeNumber(0, 2_147_483_647)
  rowsDone: number;

  /** Known once they were counted. */
  @WholeNumber(0, 2_147_483_647)
  rowsTotal?: number;

  /** While it runs. */
  @Part(() => ExportPaceView)
  pace?: ExportPaceView;

  /** The size of the file. */
  @Bytes()
  bytes?: number;

  /** SHA-256 of the file, in hexadecimal. */
  @Line(64)
  sha256?: string;

  @Part(() => ExportFailureView)
  failure?: ExportFailureView;

  @Instant()
  createdAt: string;

  /** When the run began that made the file, or is making it. */
  @Instant()
  startedAt?: string;

  @Instant()
  finishedAt?: string;

  /** Until when the file can be fetched. */
  @Instant()
  expiresAt?: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class ExportPage {
  @Parts(() => ExportView, 100)
  items: ExportView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

const CELL_KINDS: CellKind[] = [
  'id',
  'ids',
  'text',
  'code',
  'codes',
  'number',
  'decimal',
  'flag',
  'day',
  'instant',
];

export class ManifestColumn {
  @Line(40)
  name: string;

  /** What its cells hold. */
  @Code(CELL_KINDS)
  kind: CellKind;
}

export class ManifestFile {
  @Line(100)
  name: string;

  @Line(100)
  mediaType: string;

  @Bytes()
  bytes: number;

  /** SHA-256 of the file, in hexadecimal. */
  @Line(64)
  sha256: string;
}

/** What goes beside a file, so that whoever has it can tell what it is, whether it is whole, and why it was made. */
export class ExportManifest {
  @Id()
  export: string;

  @Line(200)
  practice: string;

  @Code(RECORD_KINDS)
  records: RecordKind;

  @Code(EXPORT_FORMATS)
  format: ExportFormat;

  @Code(DIALECTS)
  dialect?: Dialect;

  @Parts(() => ManifestColumn, MOST_COLUMNS)
  columns: ManifestColumn[];

  @Flag()
  bodies: boolean;

  @WholeNumber(0, 2_147_483_647)
  rows: number;

  @Line(500)
  purpose: string;

  @Line(200)
  requestedBy: string;

  @Day()
  from?: string;

  @Day()
  to?: string;

  /** In which its days begin and end. */
  @TimeZone()
  timeZone: string;

  @Id()
  clientId?: string;

  @Id()
  coachId?: string;

  @Instant()
  requestedAt: string;

  /** The rows are those of one moment, which lies between these two. */
  @Instant()
  startedAt?: string;

  @Instant()
  finishedAt: string;

  @Part(() => ManifestFile)
  file: ManifestFile;
}
