import { Temporal } from 'temporal-polyfill';

export const TIME_ZONE = 'Europe/Amsterdam';

/** An hour of a calendar day where the practice is. */
export function localTime(day: string, hour: number): Date {
  const time = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: TIME_ZONE, plainTime: { hour } });
  return new Date(time.epochMilliseconds);
}

/** The weeks that the demo has lived through: week 0 is this one, week -6 the first. */
export class Weeks {
  readonly first = -6;
  private readonly monday: Temporal.PlainDate;
  private readonly today: Temporal.PlainDate;

  /** @param now when the demo is made @param clock the demo's own time, which runs through the weeks */
  constructor(
    readonly now: Date,
    private readonly clock: () => Date,
  ) {
    this.today = plainDateAt(now);
    this.monday = this.today.subtract({ days: this.today.dayOfWeek - 1 });
  }

  /** Numbers of the weeks from the first to `last`. */
  all(last: number): number[] {
    return Array.from({ length: last - this.first + 1 }, (_, i) => this.first + i);
  }

  /** The calendar day of a weekday (1-7) in a week. */
  day(week: number, weekday: number): string {
    return this.monday.add({ days: week * 7 + weekday - 1 }).toString();
  }

  /** Every day from the first week until today. */
  days(): string[] {
    const first = Temporal.PlainDate.from(this.day(this.first, 1));
    const count = first.until(this.today, { largestUnit: 'day' }).days;
    return Array.from({ length: count }, (_, i) => first.add({ days: i }).toString());
  }

  /** How many weeks a week lies after the first. */
  since(week: number): number {
    return week - this.first;
  }

  weekOf(day: string): number {
    return Math.floor(this.monday.until(Temporal.PlainDate.from(day), { largestUnit: 'day' }).days / 7);
  }

  daysAgo(days: number): Date {
    return new Date(this.now.getTime() - days * 86_400_000);
  }

  /** Today, in the demo's own time. */
  dayNow(): string {
    return plainDateAt(this.clock()).toString();
  }

  daysFromNow(days: number): string {
    return plainDateAt(this.clock()).add({ days }).toString();
  }
}

function plainDateAt(at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(TIME_ZONE).toPlainDate();
}
