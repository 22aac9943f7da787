import { LEAST_LOGS, type ProgressExercise } from './progress.dto.js';
import { changeIn } from './progress-format.js';
import { GRID, INK, type Sheet } from './progress-sheet.js';
import { PROGRESS_WORDS } from './progress-words.js';

/** Where exercises stand, between their titles and what is said of them. */
const EXERCISES = { left: 250, right: 170 };
const ROW = 30;
const MOST_EXERCISES = 10;

/** From before to after, for each exercise; of few logs only that there are few. */
export function addExercises(sheet: Sheet, title: string, exercises: readonly ProgressExercise[]): void {
  const told = exercises.filter(({ tension }) => tension !== undefined);
  if (told.length === 0) return;
  const shown = [...told]
    .sort((one, other) => other.tension!.count - one.tension!.count)
    .slice(0, MOST_EXERCISES);
  const words = PROGRESS_WORDS[sheet.language];
  const height = shown.length * ROW;
  sheet.text(title, sheet.top, 20, true);
  const grid = sheet.grid({ ...EXERCISES, top: sheet.top + 26, height });
  const enough = shown.map(({ tension }) => (tension!.count >= LEAST_LOGS ? tension! : undefined));
  const category = {
    type: 'category',
    inverse: true,
    axisTick: { show: false },
    axisLine: { show: false },
  };
  sheet.option.xAxis.push(tensionAxis(grid));
  sheet.option.yAxis.push({
    ...category,
    gridIndex: grid,
    data: shown.map((exercise) => exercise.title[sheet.language]),
    axisLabel: { width: EXERCISES.left - 34, overflow: 'break', lineHeight: 13, color: INK, margin: 14 },
  });
  sheet.option.yAxis.push({
    ...category,
    gridIndex: grid,
    position: 'right',
    data: shown.map(({ tension }) =>
      tension!.count >= LEAST_LOGS
        ? words.change(changeIn(sheet.language, tension!.change), tension!.count)
        : words.tooFew(tension!.count),
    ),
    axisLabel: {
      color: INK,
      width: EXERCISES.right - 24,
      overflow: 'break',
      margin: 14,
      fontSize: 11,
      lineHeight: 12,
    },
  });
  const axes = { xAxisIndex: sheet.option.xAxis.length - 1, yAxisIndex: sheet.option.yAxis.length - 2 };
  const ends = (of: 'before' | 'after') => enough.map((tension, i) => [tension?.[of] ?? null, i]);
  for (const [i, tension] of enough.entries()) {
    if (!tension) continue;
    sheet.option.series.push({
      ...axes,
      type: 'line',
      silent: true,
      symbol: 'none',
      lineStyle: { color: '#8a8a8a', width: 2 },
      data: [
        [tension.before, i],
        [tension.after, i],
      ],
    });
  }
  const dot = { ...axes, type: 'scatter', silent: true, symbolSize: 10, z: 5 };
  const ring = { color: '#ffffff', borderColor: '#c75000', borderWidth: 2, opacity: 1 };
  sheet.option.series.push({ ...dot, symbol: 'circle', itemStyle: ring, data: ends('before') });
  sheet.option.series.push({
    ...dot,
    symbol: 'circle',
    itemStyle: { color: '#0072b2', opacity: 1 },
    data: ends('after'),
  });
  sheet.top += 26 + height + 30;
  if (told.length > shown.length) {
    sheet.text(words.others(told.length - shown.length), sheet.top - 4, 20, false);
    sheet.top += 18;
  }
}

function tensionAxis(gridIndex: number): object {
  return {
    gridIndex,
    type: 'value',
    min: 0,
    max: 10,
    interval: 2,
    splitLine: { lineStyle: { color: GRID } },
    axisLine: { show: true, lineStyle: { color: INK } },
    axisLabel: { color: INK },
  };
}
