import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Code, Id, Instant, Line, Optional, Part, Parts, WholeNumber } from '../common/fields.js';
import { IMPORT_RECORDS, IMPORT_STATUSES, type ImportRecords, type ImportStatus } from './import.entity.js';
import {
  IMPORT_FAILURES,
  IMPORT_PROBLEMS,
  type ImportFailure,
  type ImportProblemCode,
} from './import-problems.js';
import { IMPORT_FORMATS, type ImportFormat } from './reading/read-file.js';

const PROBLEM_CODES = Object.keys(IMPORT_PROBLEMS) as ImportProblemCode[];
const FAILURE_CODES = Object.keys(IMPORT_FAILURES) as ImportFailure[];
const MOST = 2_147_483_647;

export class ImportQuery {
  /** What the rows of the file are. */
  @Code(IMPORT_RECORDS)
  records: ImportRecords;

  /**
   * Who the coaches of another installation are here: the id in the file, a colon and the id here, parted by commas. A coach
   * who is not named is looked for by the same id.
   */
  @Optional()
  @Line(8_000, { example: '0198c0de-0000-7000-8000-000000000001:0198c0de-0000-7000-8000-000000000002' })
  coaches?: string;
}

/** One thing that is wrong with one row. */
export class ImportProblemView {
  /** As a spreadsheet numbers them: the header of a CSV is row 1, its first record row 2. */
  @WholeNumber(1, MOST)
  row: number;

  /** In our words; a column that is not known is told by its letter. */
  @Line(60)
  column?: string;

  @Code(PROBLEM_CODES)
  code: ImportProblemCode;

  /** What it is and what to do about it; never what stood there. */
  @Line(300)
  reason: string;
}

/** Why nothing was brought in, and what to do about it. */
export class ImportFailureView {
  @Code(FAILURE_CODES)
  code: ImportFailure;

  @Line(300)
  reason: string;
}

/** A file that was brought, in a list. */
export class ImportSummary {
  @Id()
  id: string;

  @Code(IMPORT_RECORDS)
  records: ImportRecords;

  @Code(IMPORT_FORMATS)
  format: ImportFormat;

  @ApiProperty({ type: String, pattern: '^[0-9a-f]{64}$', maxLength: 64 })
  @Matches(/^[0-9a-f]{64}$/)
  sha256: string;

  @WholeNumber(0, MOST)
  bytes: number;

  @Id()
  requestedBy: string;

  /** `checked` waits to be started or cancelled; `queued` is on its way; the others are how it ended. */
  @Code(IMPORT_STATUSES)
  status: ImportStatus;

  /** How many rows it has. */
  @WholeNumber(0, MOST)
  rowCount: number;

  /** How many of them are on file already; they are passed over. */
  @WholeNumber(0, MOST)
  alreadyThereCount: number;

  @WholeNumber(0, MOST)
  problemCount: number;

  @Part(() => ImportFailureView)
  failure?: ImportFailureView;

  @Instant()
  createdAt: string;

  @Instant()
  finishedAt?: string;

  /** Until when the file is kept, where it was not brought in before. */
  @Instant()
  expiresAt: string;

  @WholeNumber(1, MOST)
  version: number;
}

/** A file that was brought, with all that its check found. */
export class ImportView extends ImportSummary {
  /** Everything that is wrong, of every row at once, in the order of the rows. */
  @Parts(() => ImportProblemView, 1_000_000)
  problems: ImportProblemView[];

  /** The rows that are on file already. */
  @ApiProperty({
    type: 'array',
    items: { type: 'integer', format: 'int32', minimum: 1, maximum: MOST },
    maxItems: 1_000_000,
  })
  alreadyThere: number[];
}

export class ImportPage {
  @Parts(() => ImportSummary, 100)
  items: ImportSummary[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
