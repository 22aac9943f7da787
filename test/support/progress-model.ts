import { addDays, dayIn, startOfDay, weekdayOf } from '../../src/common/day.js';
import type { ProgressView } from '../../src/progress/progress.dto.js';

const ZONE = 'Europe/Amsterdam';

export interface ModelAssignment {
  readonly id: string;
  readonly exerciseId: string;
  readonly timesPerDay: number | null;
  readonly weekdays: number[] | null;
  readonly startOn: string;
  readonly endOn: string;
  readonly endedAt: Date | null;
  readonly pauses: readonly { readonly pausedAt: Date; readonly resumedAt: Date | null }[];
}

export interface ModelLog {
  readonly id: string;
  readonly assignmentId: string;
  readonly doneOn: string;
  readonly outcome: 'done' | 'partly' | 'skipped';
  readonly sharing: 'private' | 'numbers' | 'all';
  readonly before: number | null;
  readonly after: number | null;
}

const CONDITIONS = ['safety', 'rest', 'presence', 'acceptance', 'naturalRhythm'] as const;

export interface ModelCheckIn {
  readonly day: string;
  readonly sharing: 'private' | 'numbers' | 'all';
  readonly tension: number;
  readonly conditions: Readonly<Record<(typeof CONDITIONS)[number], number | null>>;
  readonly stressSignals: string[];
}

export interface ModelSession {
  readonly id: string;
  readonly startsAt: Date;
  readonly before: number | null;
  readonly after: number | null;
}

/** What there is of one client. */
export interface ModelFile {
  readonly assignments: readonly ModelAssignment[];
  readonly logs: readonly ModelLog[];
  readonly checkIns: readonly ModelCheckIn[];
  readonly sessions: readonly ModelSession[];
}

type Pair = { readonly before: number | null; readonly after: number | null };

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function tensionOf(pairs: readonly Pair[]): object | undefined {
  const both = pairs.filter(({ before, after }) => before !== null && after !== null);
  if (both.length === 0) return undefined;
  const changes = both.map(({ before, after }) => after! - before!);
  const mean = meanOf(changes);
  const squares = changes.map((change) => (change - mean) ** 2).reduce((sum, square) => sum + square, 0);
  return {
    count: both.length,
    before: meanOf(both.map(({ before }) => before!)),
    after: meanOf(both.map(({ after }) => after!)),
    change: mean,
    ...(both.length > 1 && { spread: Math.sqrt(squares / (both.length - 1)) }),
  };
}

function checkInsOf(checkIns: readonly ModelCheckIn[]): object | undefined {
  if (checkIns.length === 0) return undefined;
  const conditions = CONDITIONS.flatMap((condition) => {
    const told = checkIns.flatMap((one) => one.conditions[condition] ?? []);
    return told.length > 0 ? [[condition, meanOf(told)] as const] : [];
  });
  return {
    count: checkIns.length,
    tension: meanOf(checkIns.map(({ tension }) => tension)),
    stressSignals: meanOf(checkIns.map(({ stressSignals }) => stressSignals.length)),
    conditions: Object.fromEntries(conditions),
  };
}

const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));
const within = (day: string, from: string, to: string): boolean => from <= day && day <= to;
const present = (parts: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

/** The same figures as the product's, slow and obvious: every day is looked at, and everything on it. */
export function progressModel(
  file: ModelFile,
  { from, to, now, isShared }: { from: string; to: string; now: Date; isShared: boolean },
): Omit<ProgressView, 'exercises' | 'counted'> & { exercises: object[] } {
  const seen = <Row extends { sharing: string }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ sharing }) => !isShared || sharing !== 'private');
  const logs = seen(file.logs);
  const checkIns = seen(file.checkIns);
  const sessions = file.sessions
    .filter(({ before, after }) => before !== null || after !== null)
    .map((session) => ({ ...session, on: dayIn(ZONE, session.startsAt) }));
  const told = (log: ModelLog): boolean => log.outcome !== 'skipped';
  const inRange = logs.filter(({ doneOn }) => within(doneOn, from, to));

  const runsOn = (one: ModelAssignment, day: string): boolean =>
    within(day, one.startOn, one.endOn) &&
    (one.endedAt === null || one.endedAt >= startOfDay(addDays(day, 1), ZONE));
  const restsOn = ({ pauses }: ModelAssignment, day: string): boolean => {
    const end = startOfDay(addDays(day, 1), ZONE);
    return pauses.some(
      ({ pausedAt, resumedAt }) => pausedAt < end && (resumedAt === null || resumedAt >= end),
    );
  };
  const today = dayIn(ZONE, now);
  const adherence = (assignments: readonly ModelAssignment[]): number | null => {
    let [asked, met] = [0, 0];
    for (let day = from; day <= to && day < today; day = addDays(day, 1)) {
      for (const one of assignments) {
        const isDue = one.timesPerDay !== null && one.weekdays!.includes(weekdayOf(day));
        if (!isDue || !runsOn(one, day) || restsOn(one, day)) continue;
        const that = logs.filter(({ assignmentId, doneOn }) => assignmentId === one.id && doneOn === day);
        const count = (outcome: string): number => that.filter((log) => log.outcome === outcome).length;
        const left = Math.max(0, one.timesPerDay - count('skipped'));
        asked += left;
        met += Math.min(left, count('done') + count('partly') / 2);
      }
    }
    return asked > 0 ? met / asked : null;
  };

  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  const exerciseIds = [...new Set(file.assignments.map(({ exerciseId }) => exerciseId))];
  const exercises = exerciseIds.flatMap((exerciseId) => {
    const ofIt = file.assignments.filter((one) => one.exerciseId === exerciseId);
    const itsLogs = inRange.filter(({ assignmentId }) => ofIt.some(({ id }) => id === assignmentId));
    if (itsLogs.length === 0 && !ofIt.some((one) => days.some((day) => runsOn(one, day)))) return [];
    const pairs = itsLogs.filter((log) => told(log) && log.before !== null && log.after !== null);
    const count = (outcome: string): number => itsLogs.filter((log) => log.outcome === outcome).length;
    const lower = pairs.filter(({ before, after }) => after! < before!).length;
    const higher = pairs.filter(({ before, after }) => after! > before!).length;
    return present({
      exerciseId,
      logs: { done: count('done'), partly: count('partly'), skipped: count('skipped') },
      tension: tensionOf(pairs),
      adherence: adherence(ofIt),
      relief:
        pairs.length < 5 ? null : { logs: pairs.length, lower, same: pairs.length - lower - higher, higher },
    });
  });
  const withRelief = (
    exercises as { exerciseId: string; relief: { logs: number; lower: number } | null }[]
  ).filter(({ relief }) => relief !== null);

  const weeks = [...new Set(days.map(mondayOf))].flatMap((monday) => {
    const ofWeek = (day: string): boolean => within(day, from, to) && mondayOf(day) === monday;
    const looked = checkIns.filter(({ day }) => ofWeek(day));
    const around = tensionOf(inRange.filter((log) => told(log) && ofWeek(log.doneOn)));
    if (!around && looked.length === 0) return [];
    const codes = [...new Set(looked.flatMap(({ stressSignals }) => stressSignals))];
    const stressSignals = codes
      .map((code) => ({
        code,
        times: looked.filter((one) => one.stressSignals.includes(code)).length,
      }))
      .sort((one, other) => other.times - one.times || (one.code < other.code ? -1 : 1));
    return [
      present({ from: monday, exercises: around, checkIns: checkInsOf(looked), stressSignals }) as never,
    ];
  });

  const [first] = [
    ...logs.map(({ doneOn }) => doneOn),
    ...checkIns.map(({ day }) => day),
    ...sessions.map(({ on }) => on),
  ].sort();
  const last = first && addDays(first, 27);
  const baseline =
    first === undefined
      ? undefined
      : present({
          from: first,
          to: last,
          exercises: tensionOf(logs.filter((log) => told(log) && within(log.doneOn, first, last!))),
          sessions: tensionOf(sessions.filter(({ on }) => within(on, first, last!))),
          checkIns: checkInsOf(checkIns.filter(({ day }) => within(day, first, last!))),
        });

  return {
    from,
    to,
    ...(baseline && { baseline: baseline as never }),
    adherence: adherence(file.assignments),
    exercises,
    wentWithRelief:
      withRelief.length === 0
        ? null
        : withRelief
            .filter(({ relief }) => relief!.lower > relief!.logs / 2)
            .map(({ exerciseId }) => exerciseId),
    sessions: sessions
      .filter(({ on }) => within(on, from, to))
      .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
      .map(({ id, on, before, after }) => ({
        id,
        on,
        kind: 'energizing',
        ...(before !== null && { before }),
        ...(after !== null && { after }),
        ...(before !== null && after !== null && { change: after - before }),
      })),
    weeks,
  };
}
