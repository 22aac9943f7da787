import { dayIn } from '../../common/day.js';
import type { Assignment } from './assignment.entity.js';
import type { AssignmentPause } from './assignment-pause.entity.js';

/**
 * When an assignment is for, in calendar days of the practice's time zone. Occurrences are computed from this
 * and never stored. Days, not hours, are counted, so a day of 23 or 25 hours is a day like any other.
 *
 * A day is as it ends: one in which the client paused is a paused day, one in which they went on is not, and
 * the day on which an assignment ended expects nothing any more.
 */
export interface Plan {
  /** Absent for a free rhythm, which expects nothing on any day. */
  readonly schedule?: { readonly timesPerDay: number; readonly weekdays: readonly number[] };
  readonly startOn: string;
  readonly endOn: string;
  /** The day on which it was completed or stopped. */
  readonly endedOn?: string;
  /** In order; each from its first paused day until the day on which it went on, that day excluded. */
  readonly pauses: readonly { readonly from: string; readonly until?: string }[];
}

export interface Occurrences {
  /** How many times it was expected, had nothing been paused. */
  readonly expected: number;
  /** How many of those fell in a pause. */
  readonly paused: number;
}

type Planned = Pick<Assignment, 'rhythm' | 'startOn' | 'endOn' | 'endedAt'>;
type Paused = Pick<AssignmentPause, 'pausedAt' | 'resumedAt'>;

/** @param pauses in order of time */
export function planOf(assignment: Planned, pauses: readonly Paused[], timeZone: string): Plan {
  const { rhythm, startOn, endOn, endedAt } = assignment;
  return {
    ...(rhythm.kind === 'scheduled' && { schedule: rhythm }),
    startOn,
    endOn,
    ...(endedAt && { endedOn: dayIn(timeZone, endedAt) }),
    pauses: pauses.map(({ pausedAt, resumedAt }) => ({
      from: dayIn(timeZone, pausedAt),
      ...(resumedAt && { until: dayIn(timeZone, resumedAt) }),
    })),
  };
}

/** Whether a day lies within the assignment; days compare as they are written. */
export const isForDay = ({ startOn, endOn, endedOn }: Plan, day: string): boolean =>
  startOn <= day && day <= endOn && (endedOn === undefined || day < endedOn);

export const isPausedOn = ({ pauses }: Plan, day: string): boolean =>
  pauses.some(({ from, until }) => from <= day && (until === undefined || day < until));

/** How many times an assignment is expected on a day; nothing is said of a free rhythm. */
export function expectedOn(plan: Plan, day: string): number | undefined {
  const counted = occurrencesBetween(plan, day, day);
  return counted && counted.expected - counted.paused;
}

/**
 * How many times an assignment is expected from one day to another, both included, without walking the days.
 * @returns nothing for a free rhythm: there is nothing to hold what was done against
 */
export function occurrencesBetween(plan: Plan, from: string, to: string): Occurrences | undefined {
  const { schedule, startOn, endOn, endedOn, pauses } = plan;
  if (!schedule) return undefined;
  const first = Math.max(numberOf(from), numberOf(startOn));
  const last = Math.min(
    numberOf(to),
    numberOf(endOn),
    endedOn === undefined ? Infinity : numberOf(endedOn) - 1,
  );
  const times = (begin: number, end: number): number =>
    schedule.timesPerDay * schedule.weekdays.reduce((sum, weekday) => sum + countOf(weekday, begin, end), 0);
  const paused = pauses.map((pause) =>
    times(
      Math.max(first, numberOf(pause.from)),
      Math.min(last, pause.until === undefined ? Infinity : numberOf(pause.until) - 1),
    ),
  );
  return { expected: times(first, last), paused: paused.reduce((sum, one) => sum + one, 0) };
}

const DAY_MS = 86_400_000;

/** A calendar day as a number of days since Monday 5 January 1970. */
const numberOf = (day: string): number => Date.parse(day) / DAY_MS - 4;

/** How many times a weekday (1 is Monday) comes by from one day to another, both included. */
function countOf(weekday: number, first: number, last: number): number {
  if (last < first) return 0;
  const until = (day: number): number => Math.floor((day - (weekday - 1)) / 7);
  return until(last) - until(first - 1);
}
