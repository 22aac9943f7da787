import { DAY_MS, type Axes, type Sheet } from './progress-sheet.js';

/** Over a pause as long as this no line is drawn: nobody knows what was in between. */
const GAP_DAYS = 28;
/** Of more points than this, not each has a symbol. */
const MOST_SYMBOLS = 26;
const SESSION = '#7a7a7a';
/** As a path it keeps its shape in the legend too. */
const DIAMOND = 'path://M0,-1L1,0L0,1L-1,0Z';

/** Colours of Okabe and Ito, dark enough on paper, each with dashes and a symbol of its own. */
export const LOOKS = [
  { color: '#0072b2', dash: 'solid', symbol: 'circle' },
  { color: '#c75000', dash: [8, 4], symbol: 'emptyTriangle' },
  { color: '#007a5a', dash: [2, 3], symbol: 'rect' },
  { color: '#a0487a', dash: [10, 3, 2, 3], symbol: 'diamond' },
  { color: '#333333', dash: [14, 4], symbol: 'emptyCircle' },
] as const;
type Look = (typeof LOOKS)[number] | { color: string; dash: 'solid' | readonly number[]; symbol: string };

export const TENSION_LOOKS = {
  checkIn: { color: '#222222', dash: 'solid', symbol: 'circle' },
  before: { color: '#c75000', dash: [6, 4], symbol: 'emptyTriangle' },
  after: { color: '#0072b2', dash: 'solid', symbol: 'rect' },
} as const satisfies Record<string, Look>;

/** A line from week to week, and where it began. */
export interface Line {
  readonly name: string;
  readonly look: Look;
  readonly points: readonly (readonly [day: string, value: number])[];
  readonly began?: number;
}

/** What stands by itself on a day, such as a session. */
export interface Dots {
  readonly name: string;
  readonly isBefore: boolean;
  readonly points: readonly (readonly [day: string, value: number | undefined])[];
}

/** Lines of 0 to 10, and what stands by itself on a day. */
export function addLines(
  sheet: Sheet,
  title: string,
  lines: readonly Line[],
  dots: readonly Dots[] = [],
): void {
  const seen = lines.filter(({ points }) => points.length > 0);
  const noted = dots.filter(({ points }) => points.some(([, value]) => value !== undefined));
  if (seen.length + noted.length === 0) return;
  const { begin, weeks } = sheet.beginWeeks(
    title,
    170,
    10,
    [...seen, ...noted].map(({ name }) => name),
  );
  for (const line of seen) drawLine(sheet, line, begin, weeks);
  for (const { name, isBefore, points } of noted) {
    sheet.option.series.push({
      ...weeks,
      type: 'scatter',
      name,
      silent: true,
      symbol: DIAMOND,
      symbolSize: points.length > 20 ? 7 : 10,
      itemStyle: {
        color: isBefore ? '#ffffff' : SESSION,
        borderColor: SESSION,
        borderWidth: 1.5,
        opacity: 1,
      },
      data: points.flatMap(([day, value]) => (value === undefined ? [] : [[Date.parse(day), value]])),
      z: 1,
    });
  }
}

/** How many a week, as calm bars. */
export function addBars(sheet: Sheet, title: string, { points, began }: Omit<Line, 'name' | 'look'>): void {
  if (points.length === 0) return;
  const most = Math.max(4, Math.ceil(Math.max(began ?? 0, ...points.map(([, value]) => value))));
  const { begin, weeks } = sheet.beginWeeks(title, 84, most, []);
  const bar = {
    type: 'bar',
    silent: true,
    itemStyle: { color: '#9fb4c0', borderColor: '#5c7482', borderWidth: 1 },
  };
  const { count, width } = sheet.weeksAcross;
  const barWidth = Math.max(2, Math.min(18, (0.6 * width) / count));
  sheet.option.series.push({
    ...weeks,
    ...bar,
    barWidth,
    data: points.map(([day, value]) => [Date.parse(day), value]),
  });
  if (began === undefined) return;
  sheet.option.series.push({ ...begin, ...bar, barWidth: 14, data: [began] });
}

function drawLine(sheet: Sheet, { look, name, points, began }: Line, begin: Axes, weeks: Axes): void {
  const { color, dash, symbol } = look;
  const style = { lineStyle: { color, type: dash, width: 1.8 }, itemStyle: { color, opacity: 1 } };
  const step = Math.max(1, Math.ceil(points.length / MOST_SYMBOLS));
  sheet.option.series.push({
    ...weeks,
    ...style,
    type: 'line',
    name,
    silent: true,
    symbol,
    symbolSize: 7,
    showAllSymbol: true,
    data: withGaps(points, step),
  });
  if (began === undefined) return;
  sheet.option.series.push({
    ...begin,
    ...style,
    type: 'scatter',
    silent: true,
    symbol,
    symbolSize: 8,
    data: [[0, began]],
  });
}

/** A break where nothing was told for long; of many points each few has a symbol, and each that stands alone. */
function withGaps(points: Line['points'], step: number): object[] {
  return points.flatMap(([day, value], i) => {
    const at = Date.parse(day);
    const isAfterGap = i > 0 && at - Date.parse(points[i - 1]![0]) > GAP_DAYS * DAY_MS;
    const next = points[i + 1];
    const isBeforeGap = !next || Date.parse(next[0]) - at > GAP_DAYS * DAY_MS;
    const standsOut = i % step === 0 || isAfterGap || isBeforeGap;
    return [
      ...(isAfterGap ? [{ value: [at - DAY_MS, null], symbol: 'none' }] : []),
      { value: [at, value], ...(!standsOut && { symbol: 'none' }) },
    ];
  });
}
