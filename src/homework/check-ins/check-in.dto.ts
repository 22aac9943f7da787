import {
  Code,
  CodeNames,
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
import { codesOf, RECOVERY_SIGNALS } from '../../common/vocabulary.js';
import { type LogSharing, LOG_SHARINGS } from '../logs/log.entity.js';

/** What recovery needs room in, each from 0 (none) to 10; what was not looked at is left out. */
export class OwnConditions {
  @Optional()
  @WholeNumber(0, 10)
  safety?: number;

  /** Real rest: screens do not count. */
  @Optional()
  @WholeNumber(0, 10)
  rest?: number;

  /** Here and now. */
  @Optional()
  @WholeNumber(0, 10)
  presence?: number;

  @Optional()
  @WholeNumber(0, 10)
  acceptance?: number;

  @Optional()
  @WholeNumber(0, 10)
  naturalRhythm?: number;
}

export class WriteCheckIn {
  /** The day it is about: today, or up to seven days back. */
  @Day({ example: '2026-03-02' })
  on: string;

  /** Tension, from 0 (none) to 10. */
  @WholeNumber(0, 10)
  tension: number;

  /** What I notice of stress, in the practice's words; none is an answer too. */
  @CodeNames(100, { example: ['shallow_sleep', 'muscle_tension'] })
  stressSignals: string[];

  /** What I notice of recovery. */
  @Optional()
  @Codes(codesOf(RECOVERY_SIGNALS))
  recoverySignals?: string[];

  @Part(() => OwnConditions)
  conditions: OwnConditions;

  @Optional()
  @Text(4000, { example: 'Een volle week, en toch geslapen.' })
  remark?: string;

  /**
   * What my coach sees of it: nothing, all but the remark, or all. When left out: what I chose last, and numbers the
   * first time.
   */
  @Optional()
  @Code(LOG_SHARINGS)
  sharing?: LogSharing;
}

/** How it went by a client's own account; each reader sees the part that is theirs. */
export class CheckInView {
  @Id()
  id: string;

  @Day()
  on: string;

  @WholeNumber(0, 10)
  tension: number;

  @CodeNames(100)
  stressSignals: string[];

  @Codes(codesOf(RECOVERY_SIGNALS))
  recoverySignals: string[];

  @Part(() => OwnConditions)
  conditions: OwnConditions;

  @Text(4000)
  remark?: string;

  @Code(LOG_SHARINGS)
  sharing: LogSharing;

  /** When it was last written. */
  @Instant()
  checkedAt: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class CheckInPage {
  @Parts(() => CheckInView, 100)
  items: CheckInView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
