import { occurrencesBetween, planOf } from '../homework/assignments/occurrences.js';
import {
  type Counted,
  LEAST_LOGS,
  type ProgressExercise,
  type ProgressView,
  type Relief,
} from './progress.dto.js';
import type { ExerciseRow, GivenRow, ProgressRow } from './progress.queries.js';

/** Of what rhythms asked up to yesterday. */
interface Adherence {
  readonly asked: number;
  readonly met: number;
}

/** What the added up rows come to: adherence and relief, with nothing claimed where there is nothing to claim. */
export function figuresOf(row: ProgressRow, counted: Counted): ProgressView {
  const { from, to, baseline, sessions, weeks } = row;
  const told = row.exercises.map((exercise) => ({ exercise, adherence: adherenceTo(exercise, row) }));
  const exercises = told.map(({ exercise, adherence }) => exerciseOf(exercise, adherence));
  return {
    from,
    to,
    counted,
    ...(baseline && { baseline }),
    adherence: shareOf(told.map(({ adherence }) => adherence)),
    exercises,
    wentWithRelief: wentWithRelief(exercises),
    sessions: [...sessions],
    weeks: [...weeks],
  };
}

function exerciseOf(
  { exerciseId, title, logs, tension, relief }: ExerciseRow,
  adherence: Adherence,
): ProgressExercise {
  return {
    exerciseId,
    title,
    logs,
    ...(tension && { tension }),
    adherence: shareOf([adherence]),
    relief: reliefOf(relief),
  };
}

/** What the rhythms of an exercise asked, each time that it was given; what was skipped is taken off again. */
function adherenceTo({ exerciseId, met, skipped }: ExerciseRow, row: ProgressRow): Adherence {
  const asked = row.given
    .filter((given) => given.exerciseId === exerciseId)
    .reduce((sum, given) => sum + askedBy(given, row), 0);
  return { asked: asked - skipped, met };
}

/** What a rhythm asks in these days and up to yesterday: a day counts when it is over, and not while all rests. */
function askedBy(given: GivenRow, { from, to, yesterday, timeZone }: ProgressRow): number {
  const { endedAt, pauses } = given;
  const plan = planOf(
    { ...given, endedAt: endedAt === undefined ? null : new Date(endedAt) },
    pauses.map(({ pausedAt, resumedAt }) => ({
      pausedAt: new Date(pausedAt),
      resumedAt: resumedAt === undefined ? null : new Date(resumedAt),
    })),
    timeZone,
  );
  const occurrences = occurrencesBetween(plan, from, to < yesterday ? to : yesterday);
  return occurrences ? occurrences.expected - occurrences.paused : 0;
}

/** Nothing was asked is not the same as nothing was done. */
function shareOf(adherence: readonly Adherence[]): number | null {
  const asked = adherence.reduce((sum, one) => sum + one.asked, 0);
  const met = adherence.reduce((sum, one) => sum + one.met, 0);
  return asked > 0 ? Math.round((met / asked) * 100) / 100 : null;
}

function reliefOf({ lower, same, higher }: ExerciseRow['relief']): Relief | null {
  const logs = lower + same + higher;
  return logs >= LEAST_LOGS ? { logs, lower, same, higher } : null;
}

function wentWithRelief(exercises: readonly ProgressExercise[]): string[] | null {
  const known = exercises.filter(({ relief }) => relief !== null);
  if (known.length === 0) return null;
  return known.filter(({ relief }) => relief!.lower > relief!.logs / 2).map(({ exerciseId }) => exerciseId);
}
