import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { MinLength } from 'class-validator';
import { Code, Day, Id, Instant, Line, Optional, Part, Parts, WholeNumber } from '../common/fields.js';
import { EXPORT_STATUSES, type ExportStatus } from './export.entity.js';
import { EXPORT_FAILURES, type ExportFailure } from './export-failure.js';
import { EXPORT_FORMATS, type ExportFormat } from './export-format.js';
import { RECORD_KINDS, type RecordKind } from './export-records.js';

const FAILURE_CODES = Object.keys(EXPORT_FAILURES) as ExportFailure[];

/** Why records leave the system (AVG art. 5(1)(b)): a sentence, not a word. */
const Purpose = (): PropertyDecorator =>
  applyDecorators(
    Line(500, { example: 'Jaarafsluiting 2026 voor de boekhouder' }),
    ApiProperty({ minLength: 10 }),
    MinLength(10),
  );

/** A count of bytes; files may be larger than an int32 tells. */
const Bytes = (): PropertyDecorator =>
  ApiProperty({ type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export class RequestExport {
  @Code(RECORD_KINDS)
  records: RecordKind;

  /** In CSV, a cell that a spreadsheet would run as a formula begins with an apostrophe. */
  @Code(EXPORT_FORMATS)
  format: ExportFormat;

  /** Why these records leave the system; kept with the export. */
  @Purpose()
  purpose: string;

  /** From this day on, in the practice's time zone: when a session starts, an assignment starts, a log was done, a file was opened. */
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

  /** Only of files that are this coach's now. */
  @Optional()
  @Id()
  coachId?: string;
}

export class StreamQuery {
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

export class ExportView {
  @Id()
  id: string;

  @Code(RECORD_KINDS)
  records: RecordKind;

  @Code(EXPORT_FORMATS)
  format: ExportFormat;

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

  /** The admin who asked, and the only one who can fetch the file. */
  @Id()
  requestedBy: string;

  @Code(EXPORT_STATUSES)
  status: ExportStatus;

  @WholeNumber(0, 2_147_483_647)
  rowsDone: number;

  /** Known once they were counted. */
  @WholeNumber(0, 2_147_483_647)
  rowsTotal?: number;

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
