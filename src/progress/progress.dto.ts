import { Code, CodeName, Day, Id, Ids, Optional, Part, Parts, WholeNumber } from '../common/fields.js';
import { Figure, OrNull } from '../common/figure-fields.js';
import { type Language, LANGUAGES } from '../common/language.js';
import { BilingualTitle } from '../homework/exercises/exercise.dto.js';
import { SESSION_KINDS, type SessionKind } from '../sessions/session.entity.js';

/** The least number of logs from which anything is said about relief. */
export const LEAST_LOGS = 5;

const MOST = 100_000;

/** What figures of logs and check-ins count. */
export const COUNTED = ['shared', 'all'] as const;
export type Counted = (typeof COUNTED)[number];

export class ProgressQuery {
  /** From this day on, where the practice is; when left out, twelve weeks up to `to`. */
  @Optional()
  @Day()
  from?: string;

  /** Up to and with this day; today when left out. At most three years after `from`. */
  @Optional()
  @Day()
  to?: string;
}

export class ProgressChartQuery extends ProgressQuery {
  /** The language of the words in the picture; what `Accept-Language` asks for when left out. */
  @Optional()
  @Code(LANGUAGES)
  language?: Language;
}

/** Tension before and after, of the logs that tell both. */
export class TensionChange {
  /** How many logs, or sessions, that is. */
  @WholeNumber(1, MOST)
  count: number;

  @Figure(0, 10)
  before: number;

  @Figure(0, 10)
  after: number;

  /** The mean of after minus before: below zero is less tension. */
  @Figure(-10, 10)
  change: number;

  /** The standard deviation of the change: how far apart the times were. From two on. */
  @Figure(0, 15)
  spread?: number;
}

/** How often tension was lower, the same or higher after an exercise. It says what went together, not what led to what. */
export class Relief {
  @WholeNumber(LEAST_LOGS, MOST)
  logs: number;

  @WholeNumber(0, MOST)
  lower: number;

  @WholeNumber(0, MOST)
  same: number;

  @WholeNumber(0, MOST)
  higher: number;
}

export class ProgressLogs {
  @WholeNumber(0, MOST)
  done: number;

  @WholeNumber(0, MOST)
  partly: number;

  /** As good an answer as any: what was skipped is taken off what was asked. */
  @WholeNumber(0, MOST)
  skipped: number;
}

/** An exercise over all the times that it was given in these days. */
export class ProgressExercise {
  @Id()
  exerciseId: string;

  @Part(() => BilingualTitle)
  title: BilingualTitle;

  @Part(() => ProgressLogs)
  logs: ProgressLogs;

  /** Absent where no log tells tension before and after. */
  @Part(() => TensionChange)
  tension?: TensionChange;

  /**
   * What was done of what the rhythm asked, up to yesterday, from 0 to 1; half for partly, skips and pauses taken off,
   * each day by itself at most all of it. Null for a free rhythm, and where nothing was asked.
   */
  @Figure(0, 1)
  @OrNull()
  adherence: number | null;

  /** Null where fewer than five logs tell tension before and after: nothing is said of so few. */
  @Part(() => Relief)
  @OrNull()
  relief: Relief | null;
}

export class ProgressSession {
  @Id()
  id: string;

  @Day()
  on: string;

  @Code(SESSION_KINDS)
  kind: SessionKind;

  @WholeNumber(0, 10)
  before?: number;

  @WholeNumber(0, 10)
  after?: number;

  @WholeNumber(-10, 10)
  change?: number;
}

/** Means of what recovery needs room in; what nobody looked at is left out. */
export class MeanConditions {
  @Figure(0, 10)
  safety?: number;

  @Figure(0, 10)
  rest?: number;

  @Figure(0, 10)
  presence?: number;

  @Figure(0, 10)
  acceptance?: number;

  @Figure(0, 10)
  naturalRhythm?: number;
}

/** Check-ins taken together. */
export class CheckInMeans {
  @WholeNumber(1, MOST)
  count: number;

  @Figure(0, 10)
  tension: number;

  @Part(() => MeanConditions)
  conditions: MeanConditions;

  /** How many stress signals were noticed, on average of each check-in. */
  @Figure(0, 100)
  stressSignals: number;
}

export class SignalCount {
  @CodeName()
  code: string;

  /** In how many check-ins it was noticed. */
  @WholeNumber(1, MOST)
  times: number;
}

/** A week from Monday on in which something was told; a week without anything is left out, and means nothing. */
export class ProgressWeek {
  @Day()
  from: string;

  /** Around exercises. */
  @Part(() => TensionChange)
  exercises?: TensionChange;

  @Part(() => CheckInMeans)
  checkIns?: CheckInMeans;

  @Parts(() => SignalCount, 100)
  stressSignals: SignalCount[];
}

/** Where this client came from: their own first four weeks. They are compared with nobody else. */
export class ProgressBaseline {
  @Day()
  from: string;

  @Day()
  to: string;

  @Part(() => TensionChange)
  exercises?: TensionChange;

  @Part(() => TensionChange)
  sessions?: TensionChange;

  @Part(() => CheckInMeans)
  checkIns?: CheckInMeans;
}

/** How it goes with one client over some time, beside where they came from. Nothing in it is a target. */
export class ProgressView {
  @Day()
  from: string;

  @Day()
  to: string;

  /**
   * What all figures of logs and check-ins count: for a coach only what the client shares (`shared`), which may be less
   * than there is; for the client all of their own.
   */
  @Code(COUNTED)
  counted: Counted;

  /** Absent as long as there is nothing to begin with. */
  @Part(() => ProgressBaseline)
  baseline?: ProgressBaseline;

  /** Of all scheduled exercises together, as of each; null where none was asked. */
  @Figure(0, 1)
  @OrNull()
  adherence: number | null;

  /** In the order of their titles. */
  @Parts(() => ProgressExercise, MOST)
  exercises: ProgressExercise[];

  /**
   * The exercises after which tension was lower more often than not, of those with at least five logs; null where no
   * exercise has as many. What went together need not have led to it.
   */
  @Ids(MOST)
  @OrNull()
  wentWithRelief: string[] | null;

  /** Sessions in which tension was noted, oldest first. */
  @Parts(() => ProgressSession, MOST)
  sessions: ProgressSession[];

  /** Oldest first. */
  @Parts(() => ProgressWeek, 170)
  weeks: ProgressWeek[];
}
