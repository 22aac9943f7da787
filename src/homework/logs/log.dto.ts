import { ApiProperty } from '@nestjs/swagger';
import { EachAlone } from '../../common/each-alone.js';
import {
  Code,
  Codes,
  Day,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  Text,
  WholeNumber,
} from '../../common/fields.js';
import type { ProblemDocument } from '../../common/problem.js';
import { codesOf, RECOVERY_SIGNALS } from '../../common/vocabulary.js';
import { LOG_OUTCOMES, type LogOutcome, type LogSharing, LOG_SHARINGS } from './log.entity.js';

export class WriteLog {
  /** The day it is about: today, or up to seven days back. */
  @Day({ example: '2026-03-02' })
  doneOn: string;

  /** Skipped is as good an answer as done. */
  @Code(LOG_OUTCOMES)
  outcome: LogOutcome;

  @Optional()
  @WholeNumber(0, 1440)
  minutes?: number;

  /** Tension before, from 0 (none) to 10. */
  @Optional()
  @WholeNumber(0, 10)
  tensionBefore?: number;

  /** Tension after, from 0 (none) to 10. */
  @Optional()
  @WholeNumber(0, 10)
  tensionAfter?: number;

  /** What I noticed of recovery. */
  @Optional()
  @Codes(codesOf(RECOVERY_SIGNALS))
  recoverySignals?: string[];

  @Optional()
  @Text(4000, { example: 'Halverwege moest ik gapen.' })
  remark?: string;

  /**
   * What my coach sees of it: nothing, all but the remark, or all. When left out: what I chose last, and numbers the
   * first time.
   */
  @Optional()
  @Code(LOG_SHARINGS)
  sharing?: LogSharing;
}

/** One of several logs that a phone kept while it had no connection. */
export class BatchedLog extends WriteLog {
  /** Of my own choice, as in the address of a single one. */
  @Id()
  id: string;

  @Id()
  assignmentId: string;

  /** The version that this corrects, as `If-Match` says of a single one. */
  @Optional()
  @WholeNumber(1, 2_147_483_647)
  version?: number;
}

export class WriteLogs {
  /** Each is looked at by itself: one that cannot be kept does not hold up the others. */
  @EachAlone(() => BatchedLog, 100)
  logs: object[];
}

/** One time that an exercise was done, partly done or skipped; each reader sees the part that is theirs. */
export class LogView {
  @Id()
  id: string;

  @Id()
  assignmentId: string;

  @Day()
  doneOn: string;

  @Code(LOG_OUTCOMES)
  outcome: LogOutcome;

  @WholeNumber(0, 1440)
  minutes?: number;

  @WholeNumber(0, 10)
  tensionBefore?: number;

  @WholeNumber(0, 10)
  tensionAfter?: number;

  @Codes(codesOf(RECOVERY_SIGNALS))
  recoverySignals?: string[];

  @Text(4000)
  remark?: string;

  /** What the client shares of it; not told to an admin. */
  @Code(LOG_SHARINGS)
  sharing?: LogSharing;

  /** When it was last written; not told to an admin. */
  @Instant()
  loggedAt?: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

/** A log as its client has just written it. */
export class WrittenLogView extends LogView {
  /** Where to find help, where the tension afterwards is very high. */
  @Optional()
  @Text(5000)
  help?: string;
}

export class LogPage {
  @Parts(() => LogView, 100)
  items: LogView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

/** What became of one log of a batch. */
export class BatchedAnswer {
  /** 201 kept for the first time, 200 kept as it was or corrected, else what a single one would have been refused with. */
  @WholeNumber(200, 599)
  status: number;

  @Part(() => WrittenLogView)
  log?: WrittenLogView;

  /** Why it was not kept; its pointers are into this one log. */
  @ApiProperty({ allOf: [{ $ref: '#/components/schemas/Problem' }] })
  problem?: ProblemDocument;
}

export class BatchedAnswers {
  /** In the order in which they were sent. */
  @Parts(() => BatchedAnswer, 100)
  items: BatchedAnswer[];
}
