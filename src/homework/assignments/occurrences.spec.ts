import fc from 'fast-check';
import { addDays, dayIn, startOfDay, weekdayOf } from '../../common/day.js';
import { expectedOn, isForDay, isPausedOn, occurrencesBetween, planOf } from './occurrences.js';
import type { Rhythm } from './rhythm.dto.js';

const daily = (timesPerDay = 1): Rhythm => ({
  kind: 'scheduled',
  timesPerDay,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
});

interface Case {
  readonly rhythm: Rhythm;
  readonly startOn: string;
  readonly endOn: string;
  readonly endedAt: Date | null;
  readonly pauses: { pausedAt: Date; resumedAt: Date | null }[];
  readonly timeZone: string;
}

/** Slow and obvious: every day is looked at, and is as the last moment of it is. */
function model({ rhythm, startOn, endOn, endedAt, pauses, timeZone }: Case, from: string, to: string) {
  let expected = 0;
  let paused = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const end = startOfDay(addDays(day, 1), timeZone);
    const isOver = endedAt !== null && endedAt < end;
    const isDue = rhythm.kind === 'scheduled' && rhythm.weekdays.includes(weekdayOf(day));
    if (day < startOn || day > endOn || isOver || !isDue) continue;
    expected += rhythm.timesPerDay;
    const rests = pauses.some(
      ({ pausedAt, resumedAt }) => pausedAt < end && (resumedAt === null || resumedAt >= end),
    );
    if (rests) paused += rhythm.timesPerDay;
  }
  return { expected, paused };
}

const HOUR = 3_600_000;
// Weeks around both clock changes in each of these zones, a day that never was (Apia, 30 December 2011), leap days, and
// a year that has none although it divides by four.
const zones = fc.constantFrom(
  ...['Europe/Amsterdam', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Beirut', 'Pacific/Apia', 'UTC'],
);
const WEEKS = [
  ...['2011-12-10', '2017-10-01', '2026-03-15', '2026-10-11'],
  ...['2024-02-12', '2028-02-12', '2100-02-12'],
];
/** Mostly weeks, now and then years. */
const length = (days: number) =>
  fc.oneof({ weight: 9, arbitrary: fc.nat(days) }, { weight: 1, arbitrary: fc.nat(1600) });
const firstDays = fc.tuple(fc.constantFrom(...WEEKS), fc.nat(20)).map(([day, days]) => addDays(day, days));

const cases: fc.Arbitrary<Case & { from: string; to: string }> = fc
  .record({
    timeZone: zones,
    startOn: firstDays,
    lasts: length(50),
    timesPerDay: fc.integer({ min: 1, max: 12 }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    // Pauses in half hours, one after another, so that many begin or end right at the turn of a day.
    steps: fc.array(fc.nat(400), { maxLength: 9 }),
    endsAfter: fc.option(fc.nat(2000)),
    fromAfter: fc.integer({ min: -10, max: 60 }),
    spans: fc.oneof({ weight: 19, arbitrary: length(70) }, { weight: 1, arbitrary: fc.constant(-1) }),
  })
  .map(({ timeZone, startOn, lasts, timesPerDay, weekdays, steps, endsAfter, fromAfter, spans }) => {
    const begin = startOfDay(startOn, timeZone).getTime() - 48 * HOUR;
    const moments = steps.map(
      (_, i) => new Date(begin + (steps.slice(0, i + 1).reduce((a, b) => a + b) * HOUR) / 2),
    );
    const pauses = moments
      .filter((_, i) => i % 2 === 0)
      .map((pausedAt, i) => ({ pausedAt, resumedAt: moments[2 * i + 1] ?? null }));
    const from = addDays(startOn, fromAfter);
    return {
      timeZone,
      rhythm: { kind: 'scheduled' as const, timesPerDay, weekdays },
      startOn,
      endOn: addDays(startOn, lasts),
      endedAt: endsAfter === null ? null : new Date(begin + (endsAfter * HOUR) / 2),
      pauses,
      from,
      to: addDays(from, spans),
    };
  });

describe('occurrences', () => {
  it('are what a walk over the days finds', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const plan = planOf(one, one.pauses, one.timeZone);
        expect(occurrencesBetween(plan, one.from, one.to)).toEqual(model(one, one.from, one.to));
      }),
      { numRuns: 500 },
    );
  });

  it('of a period are those of its days', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const plan = planOf(one, one.pauses, one.timeZone);
        let sum = 0;
        for (let day = one.from; day <= one.to; day = addDays(day, 1)) sum += expectedOn(plan, day)!;
        const { expected, paused } = occurrencesBetween(plan, one.from, one.to)!;
        expect(sum).toBe(expected - paused);
      }),
    );
  });

  it('are none outside the assignment or in a pause', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const plan = planOf(one, one.pauses, one.timeZone);
        if (!isForDay(plan, one.from) || isPausedOn(plan, one.from))
          expect(expectedOn(plan, one.from)).toBe(0);
      }),
    );
  });

  it('of a free rhythm are not spoken of', () => {
    const plan = planOf(
      { rhythm: { kind: 'free' }, startOn: '2026-03-02', endOn: '2026-03-30', endedAt: null },
      [],
      'Europe/Amsterdam',
    );
    expect(occurrencesBetween(plan, '2026-03-02', '2026-03-30')).toBeUndefined();
    expect(expectedOn(plan, '2026-03-02')).toBeUndefined();
  });

  it('count the first day and the last, and the days of the clock change once', () => {
    const assignment = { rhythm: daily(2), startOn: '2026-03-28', endOn: '2026-03-30', endedAt: null };
    const plan = planOf(assignment, [], 'Europe/Amsterdam');
    expect(occurrencesBetween(plan, '2026-01-01', '2026-12-31')).toEqual({ expected: 6, paused: 0 });
  });

  it('count a leap day in its year and in no other', () => {
    const february = (year: number) => {
      const [startOn, endOn] = [`${year}-02-01`, `${year}-03-01`];
      const plan = planOf({ rhythm: daily(), startOn, endOn, endedAt: null }, [], 'Europe/Amsterdam');
      return occurrencesBetween(plan, startOn, endOn)!.expected;
    };
    expect([2024, 2026, 2028, 2100].map(february)).toEqual([30, 29, 30, 29]);
    // 29 February 2028 is a Tuesday.
    const tuesdays: Rhythm = { kind: 'scheduled', timesPerDay: 3, weekdays: [2] };
    const assignment = { rhythm: tuesdays, startOn: '2028-02-26', endOn: '2028-03-01', endedAt: null };
    expect(expectedOn(planOf(assignment, [], 'UTC'), '2028-02-29')).toBe(3);
    expect(occurrencesBetween(planOf(assignment, [], 'UTC'), '2028-01-01', '2028-12-31')).toEqual({
      expected: 3,
      paused: 0,
    });
  });

  it('rest from the day of a pause, and not on the day of its end', () => {
    // 23:30 on 28 March in Amsterdam, an hour and a half before the clock changes.
    const pausedAt = new Date('2026-03-28T22:30:00Z');
    const resumedAt = new Date('2026-03-29T22:00:00Z');
    expect([dayIn('Europe/Amsterdam', pausedAt), dayIn('Europe/Amsterdam', resumedAt)]).toEqual([
      '2026-03-28',
      '2026-03-30',
    ]);
    const assignment = { rhythm: daily(), startOn: '2026-03-27', endOn: '2026-03-31', endedAt: null };
    const plan = planOf(assignment, [{ pausedAt, resumedAt }], 'Europe/Amsterdam');
    const days = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'];
    expect(days.map((day) => expectedOn(plan, day))).toEqual([1, 0, 0, 1, 1]);
  });
});
