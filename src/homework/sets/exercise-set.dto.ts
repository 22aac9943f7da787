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
  Text,
  WholeNumber,
} from '../../common/fields.js';
import { OneOf } from '../../common/one-of.js';
import { codesOf, MOMENTS } from '../../common/vocabulary.js';
import { AssignmentView } from '../assignments/assignment.dto.js';
import { MOST_IN_A_SET } from '../assignments/assignment.entity.js';
import { NoRhythm, type Rhythm, RHYTHMS } from '../assignments/rhythm.dto.js';
import { BilingualTitle } from '../exercises/exercise.dto.js';
import type { Moment } from '../exercises/exercise.entity.js';

/** An exercise in a set, and how it is meant there. */
export class SetItem {
  /** A published exercise of the catalogue. */
  @Id()
  exerciseId: string;

  @Code(codesOf(MOMENTS))
  moment: Moment;

  @OneOf('kind', RHYTHMS, NoRhythm)
  rhythm: Rhythm;
}

export class MakeExerciseSet {
  @Line(120, { example: 'Eerste weken na een burn-out' })
  name: string;

  /** In the order in which the client is to read them. */
  @Parts(() => SetItem, MOST_IN_A_SET, { minItems: 1 })
  items: SetItem[];
}

export class ChangeExerciseSet {
  @Optional()
  @Line(120)
  name?: string;

  /** All of them anew: what is left out is no longer in the set. */
  @Optional()
  @Parts(() => SetItem, MOST_IN_A_SET, { minItems: 1 })
  items?: SetItem[];
}

export class SetItemView extends SetItem {
  @Part(() => BilingualTitle)
  title: BilingualTitle;

  /** Whether it is still in the catalogue; as long as one is not, the set cannot be given. */
  @Flag()
  available: boolean;
}

export class ExerciseSetView {
  @Id()
  id: string;

  @Line(120)
  name: string;

  @Parts(() => SetItemView, MOST_IN_A_SET)
  items: SetItemView[];

  @Instant()
  createdAt: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class ExerciseSetPage {
  @Parts(() => ExerciseSetView, 100)
  items: ExerciseSetView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

/** Each exercise is given as the set means it; the rest holds for all of them. */
export class AssignSet {
  @Id()
  setId: string;

  /** The session of this client in which it was given. */
  @Optional()
  @Id()
  sessionId?: string;

  /** A few words along with it; they stand with the first of them, so that they are read once. */
  @Optional()
  @Text(2000)
  message?: string;

  @Day({ example: '2026-03-02' })
  startOn: string;

  /** The last day; when left out, the practice's number of weeks after the start. */
  @Optional()
  @Day({ example: '2026-03-30' })
  endOn?: string;

  /** The coach means it, also where it makes more than the practice's limit. */
  @Optional()
  @Flag()
  overrideLimit?: boolean;
}

/** What was given in one go. */
export class AssignedSet {
  @Id()
  id: string;

  @Id()
  clientId: string;

  @Parts(() => AssignmentView, MOST_IN_A_SET)
  assignments: AssignmentView[];
}
