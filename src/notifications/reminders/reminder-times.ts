import { Temporal } from 'temporal-polyfill';
import { dayIn, weekdayOf } from '../../common/day.js';
import type { ReminderSettings } from './reminder-settings.entity.js';

export type Times = Pick<ReminderSettings, 'weekdays' | 'minutes'>;
export type Quiet = Pick<ReminderSettings, 'quietFrom' | 'quietUntil'>;

/** What could not be sent for so long is not sent any more: a morning's word is no use at night. */
export const LATEST_MS = 2 * 3_600_000;

/** Minute of the day of a time `HH:MM`. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The time `HH:MM` of a minute of the day. */
export const timeOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** Whether a minute of the day lies in the quiet hours, which may go on past midnight. */
export function isQuiet({ quietFrom, quietUntil }: Quiet, minute: number): boolean {
  return quietFrom <= quietUntil
    ? quietFrom <= minute && minute < quietUntil
    : quietFrom <= minute || minute < quietUntil;
}

/**
 * The instant at which it is this minute of a day on the clocks of an IANA time zone. An hour that a clock change
 * leaves out moves forward by as much; of one that comes twice it is the first.
 */
export function instantOf(day: string, minute: number, timeZone: string): Date {
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: timeOf(minute) });
  return new Date(at.epochMilliseconds);
}

/** The day whose reminder should leave now, by the clocks of the practice; nothing when none should. */
export function dueDay(settings: Times & Quiet, timeZone: string, now: Date): string | undefined {
  const day = dayIn(timeZone, now);
  const minute = settings.minutes[settings.weekdays.indexOf(weekdayOf(day))];
  if (minute === undefined) return undefined;
  const waited = now.getTime() - instantOf(day, minute, timeZone).getTime();
  if (waited < 0 || waited > LATEST_MS) return undefined;
  return isQuiet(settings, minuteIn(timeZone, now)) ? undefined : day;
}

function minuteIn(timeZone: string, at: Date): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return hour * 60 + minute;
}
