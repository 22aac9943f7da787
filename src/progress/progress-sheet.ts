import type { Language } from '../common/language.js';
import type { ProgressView } from './progress.dto.js';
import { tickIn } from './progress-format.js';
import { PROGRESS_WORDS } from './progress-words.js';

export const WIDTH = 840;
export const DAY_MS = 86_400_000;

/** Where the column of the own beginning stands, and the weeks beside it. */
const BEGIN = { left: 48, width: 52 };
const WEEKS = { left: 124, right: 24 };
const LONG_DAYS = 200;

export const INK = '#444444';
export const GRID = '#e3e3e3';

interface PanelText {
  readonly content: string;
  readonly top: number;
  readonly left: number;
  readonly isStrong: boolean;
}

/** All panels under each other. */
export interface Panels {
  readonly option: {
    readonly grid: object[];
    readonly xAxis: object[];
    readonly yAxis: object[];
    readonly legend: object[];
    readonly series: object[];
  };
  readonly texts: readonly PanelText[];
  readonly bottom: number;
  readonly isEmpty: boolean;
}

/** The two axes that a series is drawn along. */
export interface Axes {
  readonly xAxisIndex: number;
  readonly yAxisIndex: number;
}

/** A sheet that panels are added to from above. */
export class Sheet {
  readonly option: Panels['option'] = { grid: [], xAxis: [], yAxis: [], legend: [], series: [] };
  private readonly texts: PanelText[] = [];
  private readonly first: number;
  private readonly last: number;
  private readonly isLong: boolean;

  constructor(
    { from, to, weeks }: ProgressView,
    readonly language: Language,
    public top: number,
  ) {
    const days = [from, ...weeks.map((week) => week.from)].sort();
    this.first = Date.parse(days[0]!);
    this.last = Date.parse(to);
    this.isLong = (this.last - this.first) / DAY_MS > LONG_DAYS;
  }

  panels(): Panels {
    const isEmpty = this.texts.length === 0;
    if (isEmpty) {
      this.texts.push({
        content: PROGRESS_WORDS[this.language].nothing,
        top: this.top + 14,
        left: 20,
        isStrong: true,
      });
      this.top += 40;
    }
    return { option: this.option, texts: this.texts, bottom: this.top, isEmpty };
  }

  /** How many weeks lie beside each other, and how wide that is. */
  get weeksAcross(): { readonly count: number; readonly width: number } {
    return {
      count: (this.last - this.first) / DAY_MS / 7 + 1,
      width: WIDTH - WEEKS.left - WEEKS.right,
    };
  }

  /** A panel with the own beginning at its left, on the same scale as the weeks beside it. */
  beginWeeks(
    title: string,
    height: number,
    most: number,
    names: readonly string[],
  ): { readonly begin: Axes; readonly weeks: Axes } {
    const words = PROGRESS_WORDS[this.language];
    this.text(title, this.top, 20, true);
    const legend = names.length > 0 ? 24 : 0;
    if (legend > 0) {
      this.option.legend.push({
        data: [...names],
        left: BEGIN.left - 34,
        top: this.top + 17,
        itemWidth: 34,
        itemHeight: 9,
        itemGap: 16,
        selectedMode: false,
        textStyle: { color: INK, fontSize: 12 },
        lineStyle: { inactiveWidth: 2 },
      });
    }
    const top = this.top + 26 + legend;
    const left = this.grid({ ...BEGIN, top, height, backgroundColor: '#f4f4f2', show: true, borderWidth: 0 });
    const value = {
      type: 'value',
      min: 0,
      max: most,
      interval: most === 10 ? 2 : Math.ceil(most / 4),
      splitLine: { lineStyle: { color: GRID } },
    };
    this.option.xAxis.push({
      gridIndex: left,
      type: 'category',
      data: [words.begin],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: INK } },
      axisLabel: { color: INK },
    });
    this.option.yAxis.push({ ...value, gridIndex: left, axisLabel: { color: INK } });
    const begin = this.lastAxes();
    const right = this.grid({ ...WEEKS, top, height });
    this.option.xAxis.push({
      gridIndex: right,
      type: 'time',
      // Bars at the edge do not make the axis longer than that of the other panels.
      containShape: false,
      min: this.first - 2 * DAY_MS,
      max: this.last + 2 * DAY_MS,
      splitNumber: 7,
      axisLine: { lineStyle: { color: INK } },
      axisLabel: {
        color: INK,
        hideOverlap: true,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        formatter: (at: number) => tickIn(this.language, at, this.isLong),
      },
    });
    this.option.yAxis.push({ ...value, gridIndex: right, axisLabel: { show: false } });
    this.top = top + height + 46;
    return { begin, weeks: this.lastAxes() };
  }

  grid(grid: object): number {
    this.option.grid.push({ containLabel: false, ...grid });
    return this.option.grid.length - 1;
  }

  lastAxes(): Axes {
    return { xAxisIndex: this.option.xAxis.length - 1, yAxisIndex: this.option.yAxis.length - 1 };
  }

  text(content: string, top: number, left: number, isStrong: boolean): void {
    this.texts.push({ content, top, left, isStrong });
  }
}
