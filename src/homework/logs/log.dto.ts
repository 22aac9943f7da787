import {
  Code,
  Codes,
  Day,
  Id,
  Instant,
  Line,
  Optional,
  Parts,
  Text,
  WholeNumber,
} from '../../common/fields.js';
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
