import { createRequire } from 'node:module';
import type * as Echarts from 'echarts';
import type { Language } from '../common/language.js';
import { wordsOf } from '../practices/practice-vocabulary.js';
import type { PracticeWord } from '../practices/practice-word.entity.js';
import { describeProgress } from './progress-description.js';
import type { ProgressView } from './progress.dto.js';
import { dayInWords } from './progress-format.js';
import { panelsOf } from './progress-panels.js';
import { WIDTH } from './progress-sheet.js';
import { PROGRESS_WORDS } from './progress-words.js';
import { accessibleSvg } from './progress-svg.js';

const load = createRequire(__filename);

const FONT = 'Helvetica, Arial, Liberation Sans, sans-serif';
const HEAD = 62;
const FOOT = 34;

/**
 * Progress as a picture, drawn on the server: SVG without a script, a style or anybody's name. Lines differ in colour
 * (Okabe and Ito's, which the colour-blind tell apart), in dashes and in symbols, so that it reads in black and white too.
 * @param adapted the words of the practice, where they are not the shipped ones
 */
export function progressChart(
  figures: ProgressView,
  language: Language,
  adapted: readonly PracticeWord[] = [],
): string {
  const words = PROGRESS_WORDS[language];
  const conditions = wordsOf('conditions', adapted).map((word) => ({
    code: word.code,
    name: word[language],
  }));
  const panels = panelsOf(figures, language, conditions, HEAD);
  const period = `${dayInWords(language, figures.from)} – ${dayInWords(language, figures.to)}`;
  const title = `${words.title}, ${period}`;
  const height = panels.bottom + FOOT;
  const text = (content: string, top: number, size: number, fill: string, weight = 'normal'): object => ({
    type: 'text',
    left: 20,
    top,
    style: { text: content, fill, font: `normal ${weight} ${size}px ${FONT}` },
  });
  const option: Echarts.EChartsCoreOption = {
    animation: false,
    useUTC: true,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT, fontSize: 12, color: '#333333' },
    ...panels.option,
    graphic: [
      text(title, 14, 17, '#222222', 'bold'),
      text(words.counted[figures.counted], 38, 12, '#555555'),
      ...panels.texts.map(({ content, top, left, isStrong }) => ({
        ...text(
          content,
          top,
          isStrong ? 13 : 11,
          isStrong ? '#222222' : '#555555',
          isStrong ? 'bold' : 'normal',
        ),
        left,
      })),
      ...(panels.isEmpty ? [] : [text(words.foot, height - 24, 11, '#555555')]),
    ],
  };
  // Seventeen megabytes, for whoever draws the first picture and not for every process.
  const { init } = load('echarts') as typeof Echarts;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption(option);
    return accessibleSvg(chart.renderToSVGString(), title, describeProgress(figures, language, conditions));
  } finally {
    chart.dispose();
  }
}
