import {
  Clearable,
  Code,
  Day,
  Flag,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  Text,
  Texts,
  WholeNumber,
} from '../../common/fields.js';
import { Figure } from '../../common/figure-fields.js';
import { OneOf } from '../../common/one-of.js';
import { PageQuery } from '../../common/page.dto.js';
import { APPROACHES, codesOf, MOMENTS, TECHNIQUES } from '../../common/vocabulary.js';
import { BilingualTitle } from '../exercises/exercise.dto.js';
import type { Approach, Moment, Technique } from '../exercises/exercise.entity.js';
import { PlayableMedium } from '../media/exercise-medium.dto.js';
import { LOG_OUTCOMES, type LogOutcome } from '../logs/log.entity.js';
import { ASSIGNMENT_STATUSES, type AssignmentStatus } from './assignment.entity.js';
import { NoRhythm, type Rhythm, RHYTHMS } from './rhythm.dto.js';

export class AssignExercise {
  /** A published exercise of the catalogue; the client gets the version that is published now. */
  @Id()
  exerciseId: string;

  /** The session of this client in which it was given. */
  @Optional()
  @Id()
  sessionId?: string;

  /** A few words along with it, for the client to read. */
  @Optional()
  @Text(2000, { example: 'Kijk eens wat er gebeurt als je even blijft staan voor je naar binnen gaat.' })
  message?: string;

  @Code(codesOf(MOMENTS))
  moment: Moment;

  @OneOf('kind', RHYTHMS, NoRhythm)
  rhythm: Rhythm;

  @Day({ example: '2026-03-02' })
  startOn: string;

  /** Its last day; when left out, the practice's number of weeks after the start. */
  @Optional()
  @Day({ example: '2026-03-30' })
  endOn?: string;

  /** The coach means it, also above the practice's limit. */
  @Optional()
  @Flag()
  overrideLimit?: boolean;
}

export class ChangeAssignment {
  @Clearable()
  @Text(2000)
  message?: string | null;

  @Optional()
  @Code(codesOf(MOMENTS))
  moment?: Moment;

  @Optional()
  @OneOf('kind', RHYTHMS, NoRhythm)
  rhythm?: Rhythm;

  @Optional()
  @Day()
  startOn?: string;

  @Optional()
  @Day()
  endOn?: string;
}

export class AssignmentQuery extends PageQuery {
  @Optional()
  @Code(ASSIGNMENT_STATUSES)
  status?: AssignmentStatus;
}

/** An exercise as it was given to a client; the coach's words with it are there for the file's coach only. */
export class AssignmentView {
  @Id()
  id: string;

  @Id()
  clientId: string;

  @Id()
  exerciseId: string;

  /** The version that the client was given, and keeps. */
  @WholeNumber(1, 2_147_483_647)
  exerciseVersion: number;

  @Part(() => BilingualTitle)
  title: BilingualTitle;

  @Id()
  sessionId?: string;

  @Text(2000)
  message?: string;

  @Code(ASSIGNMENT_STATUSES)
  status: AssignmentStatus;

  @Code(codesOf(MOMENTS))
  moment: Moment;

  @OneOf('kind', RHYTHMS, NoRhythm)
  rhythm: Rhythm;

  @Day()
  startOn: string;

  @Day()
  endOn: string;

  /** Since when it rests; there only while it does. */
  @Instant()
  pausedAt?: string;

  @Instant()
  endedAt?: string;

  @Instant()
  createdAt: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

/** How many shared remarks, and how many pauses, are told with an assignment in a list: the newest. */
export const MOST_REMARKS = 3;
export const MOST_PAUSES = 20;

export class PauseView {
  @Instant()
  pausedAt: string;

  /** Absent as long as it rests. */
  @Instant()
  resumedAt?: string;
}

export class LastLog {
  @Id()
  id: string;

  @Day()
  doneOn: string;

  @Code(LOG_OUTCOMES)
  outcome: LogOutcome;
}

export class MeanChange {
  /** How many logs tell tension before and after. */
  @WholeNumber(1, 100_000)
  count: number;

  /** The mean of after minus before: below zero is less tension. What went together need not have led to it. */
  @Figure(-10, 10)
  change: number;
}

export class SharedRemark {
  @Id()
  logId: string;

  @Day()
  doneOn: string;

  @Text(4000)
  remark: string;
}

/** What became of an assignment as far as the client shares; there may be more. */
export class SharedOfAssignment {
  @Part(() => LastLog)
  lastLog?: LastLog;

  @Part(() => MeanChange)
  tension?: MeanChange;

  /** Newest first. */
  @Parts(() => SharedRemark, MOST_REMARKS)
  remarks: SharedRemark[];
}

/** An assignment in a list; what became of it is there for the file's coach only. */
export class ListedAssignment extends AssignmentView {
  /** When it rested, newest first. Nobody asks why. */
  @Parts(() => PauseView, MOST_PAUSES)
  pauses?: PauseView[];

  @Part(() => SharedOfAssignment)
  shared?: SharedOfAssignment;
}

export class AssignmentPage {
  @Parts(() => ListedAssignment, 100)
  items: ListedAssignment[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

/** An exercise in the reader's language. */
export class OwnExercise {
  @Line(120)
  title: string;

  /** What it is good for. */
  @Text(2000)
  purpose: string;

  @Texts(20, 500)
  steps: string[];

  /** When to leave it, or to take it easy. */
  @Text(2000)
  cautions?: string;

  @Code(codesOf(TECHNIQUES))
  technique: Technique;

  @Code(codesOf(APPROACHES))
  approach: Approach;

  /** About how long it takes. */
  @WholeNumber(1, 120)
  minutes: number;

  /** To listen to or look at, for who likes to. */
  @Part(() => PlayableMedium)
  media?: PlayableMedium;
}

/** An exercise that I was given. */
export class OwnAssignmentView {
  @Id()
  id: string;

  @Part(() => OwnExercise)
  exercise: OwnExercise;

  /** What my coach said with it. */
  @Text(2000)
  message?: string;

  @Id()
  sessionId?: string;

  @Code(ASSIGNMENT_STATUSES)
  status: AssignmentStatus;

  @Code(codesOf(MOMENTS))
  moment: Moment;

  @OneOf('kind', RHYTHMS, NoRhythm)
  rhythm: Rhythm;

  @Day()
  startOn: string;

  @Day()
  endOn: string;

  /** Since when it rests; there only while it does. */
  @Instant()
  pausedAt?: string;

  @Instant()
  endedAt?: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class OwnAssignmentPage {
  @Parts(() => OwnAssignmentView, 100)
  items: OwnAssignmentView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
