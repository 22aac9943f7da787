import { Type } from 'class-transformer';
import {
  Clearable,
  Code,
  Id,
  Instant,
  Line,
  Lines,
  Optional,
  Part,
  Parts,
  Text,
  WholeNumber,
} from '../../common/fields.js';
import { OneOf } from '../../common/one-of.js';
import { PageQuery } from '../../common/page.dto.js';
import { APPROACHES, codesOf, MOMENTS, TECHNIQUES } from '../../common/vocabulary.js';
import { MEDIA, type Medium, NoMedium } from '../media/exercise-medium.dto.js';
import {
  type Approach,
  EXERCISE_RHYTHMS,
  EXERCISE_STATUSES,
  type ExerciseRhythm,
  type ExerciseStatus,
  type Moment,
  type Technique,
} from './exercise.entity.js';

export class BilingualTitle {
  @Line(120, { example: 'Bewust overgangsmoment' })
  nl: string;

  @Line(120, { example: 'Conscious transition moment' })
  en: string;
}

export class BilingualText {
  @Text(2000)
  nl: string;

  @Text(2000)
  en: string;
}

/** One step, as the client reads it. */
export class BilingualStep {
  @Line(500, { example: 'Sta even stil en voel je voeten op de grond.' })
  nl: string;

  @Line(500, { example: 'Stand still for a moment and feel your feet on the ground.' })
  en: string;
}

/** What an exercise is, in both languages. */
export class ExerciseContent {
  @Part(() => BilingualTitle)
  title: BilingualTitle;

  /** What it is good for. */
  @Part(() => BilingualText)
  purpose: BilingualText;

  @Parts(() => BilingualStep, 20, { minItems: 1 })
  steps: BilingualStep[];

  /** When to leave it, or to take it easy. */
  @Optional()
  @Part(() => BilingualText)
  cautions?: BilingualText;

  @Code(codesOf(TECHNIQUES))
  technique: Technique;

  /** Letting go makes recovery accessible; adding activates it. */
  @Code(codesOf(APPROACHES))
  approach: Approach;

  /** The moment of the day that it suits. */
  @Code(codesOf(MOMENTS))
  moment: Moment;

  /** About how long it takes. */
  @WholeNumber(1, 120)
  minutes: number;

  /** Whether it is meant for every day, or for whenever it fits. */
  @Code(EXERCISE_RHYTHMS)
  rhythm: ExerciseRhythm;

  /** To listen to or look at. */
  @Optional()
  @OneOf('by', MEDIA, NoMedium)
  media?: Medium;
}

const MOST_TAGS = 10;
const LONGEST_TAG = 40;

export class DraftExercise extends ExerciseContent {
  /** The practice's own words to find it by. */
  @Optional()
  @Lines(MOST_TAGS, LONGEST_TAG, { example: ['buik', 'op kantoor'] })
  tags?: string[];
}

/** A text is given in both languages at once, so that one never lags behind the other. */
export class ChangeExercise {
  @Optional()
  @Part(() => BilingualTitle)
  title?: BilingualTitle;

  @Optional()
  @Part(() => BilingualText)
  purpose?: BilingualText;

  @Optional()
  @Parts(() => BilingualStep, 20, { minItems: 1 })
  steps?: BilingualStep[];

  @Clearable()
  @Part(() => BilingualText)
  cautions?: BilingualText | null;

  @Optional()
  @Code(codesOf(TECHNIQUES))
  technique?: Technique;

  @Optional()
  @Code(codesOf(APPROACHES))
  approach?: Approach;

  @Optional()
  @Code(codesOf(MOMENTS))
  moment?: Moment;

  @Optional()
  @WholeNumber(1, 120)
  minutes?: number;

  @Optional()
  @Code(EXERCISE_RHYTHMS)
  rhythm?: ExerciseRhythm;

  @Clearable()
  @OneOf('by', MEDIA, NoMedium)
  media?: Medium | null;

  /** All of them anew. They are of no version: they change at once, and nothing needs to be published for it. */
  @Optional()
  @Lines(MOST_TAGS, LONGEST_TAG)
  tags?: string[];
}

export class ExerciseQuery extends PageQuery {
  @Optional()
  @Code(EXERCISE_STATUSES)
  status?: ExerciseStatus;

  @Optional()
  @Code(codesOf(TECHNIQUES))
  technique?: Technique;

  @Optional()
  @Code(codesOf(APPROACHES))
  approach?: Approach;

  @Optional()
  @Code(codesOf(MOMENTS))
  moment?: Moment;

  @Optional()
  @Code(EXERCISE_RHYTHMS)
  rhythm?: ExerciseRhythm;

  /** Takes no longer than this. */
  @Optional()
  @Type(() => Number)
  @WholeNumber(1, 120)
  maxMinutes?: number;

  /** A tag of the practice; capitals and accents do not matter. */
  @Optional()
  @Line(LONGEST_TAG)
  tag?: string;

  /** Words that it holds, in either language, each as the beginning of a word; capitals and accents do not matter. */
  @Optional()
  @Line(200)
  q?: string;
}

/** An exercise by its newest version, be that a draft. */
export class ExerciseView extends ExerciseContent {
  @Id()
  id: string;

  @Code(EXERCISE_STATUSES)
  status: ExerciseStatus;

  /** The practice's own words to find it by. */
  @Lines(MOST_TAGS, LONGEST_TAG)
  tags: string[];

  /** The version that is being drafted; absent when there is no draft. */
  @WholeNumber(1, 2_147_483_647)
  draftVersion?: number;

  /** The version that is given to clients; absent before the first publication. */
  @WholeNumber(1, 2_147_483_647)
  publishedVersion?: number;

  /** What clients are given as long as the draft is not published; there only beside a draft. */
  @Part(() => ExerciseContent)
  published?: ExerciseContent;

  @Instant()
  createdAt: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class ExercisePage {
  @Parts(() => ExerciseView, 100)
  items: ExerciseView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

export class ExerciseVersionView extends ExerciseContent {
  /** Counts the versions of this exercise. */
  @WholeNumber(1, 2_147_483_647)
  exerciseVersion: number;

  /** Who wrote it last; absent for what the practice started with. */
  @Id()
  writtenBy?: string;

  @Instant()
  writtenAt: string;

  /** From then on it does not change. */
  @Instant()
  publishedAt?: string;
}

export class ExerciseVersionPage {
  @Parts(() => ExerciseVersionView, 100)
  items: ExerciseVersionView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

export class TagInUse {
  @Line(LONGEST_TAG)
  tag: string;

  /** How many exercises of the catalogue have it, retired ones left out. */
  @WholeNumber(1, 2_147_483_647)
  exercises: number;
}

export class TagsInUse {
  /** By the alphabet. */
  @Parts(() => TagInUse, 1000)
  items: TagInUse[];
}
