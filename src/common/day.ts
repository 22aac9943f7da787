import { Temporal } from 'temporal-polyfill';

/** The calendar day (`YYYY-MM-DD`) that it is, at this instant, in an IANA time zone. */
export function dayIn(timeZone: string, at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** `day` moved by a number of days, which may be negative. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The day a month later; where that month is shorter, its last day. */
export function addMonth(day: string): string {
  return addMonths(day, 1);
}

/** The day so many months later; where that month is shorter, its last day. */
export function addMonths(day: string, months: number): string {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** Weekday of a calendar day, 1 (Monday) to 7 (Sunday), as ISO 8601 counts them. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** The instant at which a calendar day begins in an IANA time zone; not always midnight. */
export function startOfDay(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);
}
