import fc from 'fast-check';
import { addDays, dayIn } from '../../common/day.js';
import { dueDay, instantOf, isQuiet, LATEST_MS, minuteOf, timeOf } from './reminder-times.js';

const AMSTERDAM = 'Europe/Amsterdam';
const DAILY = [1, 2, 3, 4, 5, 6, 7];
const NEVER_QUIET = { quietFrom: 0, quietUntil: 0 };
const dailyAt = (time: string) => ({
  weekdays: DAILY,
  minutes: DAILY.map(() => minuteOf(time)),
  ...NEVER_QUIET,
});
const MINUTE = 60_000;
const minutes = fc.integer({ min: 0, max: 1439 });

describe('a time of day', () => {
  it('reads as it was written', () => {
    fc.assert(fc.property(minutes, (minute) => minuteOf(timeOf(minute)) === minute));
  });
});

describe('quiet hours', () => {
  it('are the minutes that a walk from their beginning to their end passes', () => {
    fc.assert(
      fc.property(minutes, minutes, minutes, (quietFrom, quietUntil, minute) => {
        let walked = false;
        for (let at = quietFrom; at !== quietUntil; at = (at + 1) % 1440) walked ||= at === minute;
        expect(isQuiet({ quietFrom, quietUntil }, minute)).toBe(walked);
      }),
    );
  });
});

describe('a reminder', () => {
  it('keeps its local hour over both clock changes', () => {
    expect(
      ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25'].map((day) =>
        instantOf(day, minuteOf('08:30'), AMSTERDAM).toISOString(),
      ),
    ).toEqual([
      '2026-03-28T07:30:00.000Z',
      '2026-03-29T06:30:00.000Z',
      '2026-10-24T06:30:00.000Z',
      '2026-10-25T07:30:00.000Z',
    ]);
  });

  it('in the hour that is left out moves forward, and in the doubled one is the first', () => {
    expect(instantOf('2026-03-29', minuteOf('02:30'), AMSTERDAM).toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
    expect(instantOf('2026-10-25', minuteOf('02:30'), AMSTERDAM).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  it('is due from its time on, and not for longer than two hours', () => {
    const at = instantOf('2026-03-10', minuteOf('08:30'), AMSTERDAM).getTime();
    const due = (ms: number) => dueDay(dailyAt('08:30'), AMSTERDAM, new Date(at + ms));
    expect([due(-1), due(0), due(LATEST_MS), due(LATEST_MS + 1)]).toEqual([
      undefined,
      '2026-03-10',
      '2026-03-10',
      undefined,
    ]);
  });

  it('is due on its own weekdays only', () => {
    const mondays = { weekdays: [1], minutes: [510], ...NEVER_QUIET };
    const due = (day: string) => dueDay(mondays, AMSTERDAM, instantOf(day, 510, AMSTERDAM));
    expect([due('2026-03-09'), due('2026-03-10')]).toEqual(['2026-03-09', undefined]);
  });

  it('that comes late does not come in the quiet hours', () => {
    const evening = { ...dailyAt('20:30'), quietFrom: minuteOf('21:00'), quietUntil: minuteOf('07:00') };
    const due = (time: string) =>
      dueDay(evening, AMSTERDAM, instantOf('2026-03-10', minuteOf(time), AMSTERDAM));
    expect([due('20:59'), due('21:00')]).toEqual(['2026-03-10', undefined]);
  });

  it('of every day is due once on each, in every zone, whatever the clocks do', () => {
    const zones = fc.constantFrom(
      AMSTERDAM,
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Asia/Beirut',
      'UTC',
    );
    const starts = fc.constantFrom('2017-10-13', '2026-03-27', '2026-10-23', '2028-02-27');
    // Late in the evening there is less room than two hours before the day is over, so times end before.
    const times = fc.integer({ min: 0, max: 1435 });
    fc.assert(
      fc.property(zones, starts, times, (timeZone, start, minute) => {
        const settings = { weekdays: DAILY, minutes: DAILY.map(() => minute), ...NEVER_QUIET };
        const begin = instantOf(start, 0, timeZone).getTime();
        const end = instantOf(addDays(start, 5), 0, timeZone).getTime();
        const days: string[] = [];
        for (let at = begin; at < end; at += 5 * MINUTE) {
          const day = dueDay(settings, timeZone, new Date(at));
          if (day === undefined || days.includes(day)) continue;
          expect(day).toBe(dayIn(timeZone, new Date(at)));
          days.push(day);
        }
        expect(days).toEqual([0, 1, 2, 3, 4].map((more) => addDays(start, more)));
      }),
      { numRuns: 40 },
    );
  });
});
