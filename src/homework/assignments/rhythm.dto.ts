import { Code, WholeNumber, WholeNumbers } from '../../common/fields.js';

/** Whenever it fits: nothing is expected on any day. */
export class FreeRhythm {
  @Code(['free'])
  kind: 'free';
}

/** So many times on certain days of the week. */
export class ScheduledRhythm {
  @Code(['scheduled'])
  kind: 'scheduled';

  @WholeNumber(1, 12)
  timesPerDay: number;

  /** 1 is Monday, 7 is Sunday. */
  @WholeNumbers(1, 7, 7, { example: [1, 3, 5] })
  weekdays: number[];
}

export type Rhythm = FreeRhythm | ScheduledRhythm;

/** A rhythm that is neither; it only tells which kinds there are. */
export class NoRhythm {
  @Code(['free', 'scheduled'])
  kind: string;
}

export const RHYTHMS = { free: FreeRhythm, scheduled: ScheduledRhythm };
