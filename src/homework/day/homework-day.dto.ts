import { Code, Day, Id, Line, Optional, Part, Parts, Text, Texts, WholeNumber } from '../../common/fields.js';
import { APPROACHES, codesOf, MOMENTS } from '../../common/vocabulary.js';
import { PlayableMedium } from '../media/exercise-medium.dto.js';
import type { Approach, Moment } from '../exercises/exercise.entity.js';
import { LogView } from '../logs/log.dto.js';

export class HomeworkQuery {
  /** Which day; today, where the practice is, when left out. */
  @Optional()
  @Day({ example: '2026-03-02' })
  on?: string;
}

/** One exercise on one day, as an invitation. */
export class HomeworkItem {
  @Id()
  assignmentId: string;

  @Line(120, { example: 'Bewust overgangsmoment' })
  title: string;

  /** What it is good for. */
  @Text(2000)
  purpose: string;

  @Texts(20, 500)
  steps: string[];

  /** When to leave it, or to take it easy. */
  @Text(2000)
  cautions?: string;

  /** About how long it takes. */
  @WholeNumber(1, 120)
  minutes: number;

  @Code(codesOf(APPROACHES))
  approach: Approach;

  /** To listen to or look at, for who likes to. */
  @Part(() => PlayableMedium)
  media?: PlayableMedium;

  /** What my coach said with it. */
  @Text(2000)
  message?: string;

  /** How many times it is meant for this day; absent where it may be done at any time, or rests. */
  @WholeNumber(0, 12)
  expected?: number;

  /** How many times I did it this day, wholly or partly. */
  @WholeNumber(0, 2_147_483_647)
  done: number;

  /** What I logged of it this day. */
  @Parts(() => LogView, 1000)
  logs: LogView[];
}

/** A part of the day, and what fits in it. */
export class HomeworkMoment {
  @Code(codesOf(MOMENTS))
  moment: Moment;

  @Parts(() => HomeworkItem, 1000)
  items: HomeworkItem[];
}

/** A day, by its moments in their order. */
export class HomeworkDay {
  @Day()
  on: string;

  @Parts(() => HomeworkMoment, 4)
  moments: HomeworkMoment[];

  /** What rests. */
  @Parts(() => HomeworkItem, 1000)
  paused: HomeworkItem[];
}
