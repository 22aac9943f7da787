import type { Bilingual } from '../../common/language.js';
import { helpOf } from '../../practices/help.js';
import type { Practice } from '../../practices/practice.entity.js';
import type { LogContent } from './log-content.js';

/** From here on tension after an exercise is very high: who writes it down is shown where to find help. */
const VERY_HIGH = 9;

const NOT_WATCHED: Bilingual = {
  nl: 'Je coach krijgt per mail te horen dat er iets te lezen staat. Niemand houdt dat voortdurend in de gaten: wacht er niet op.',
  en: 'Your coach is told by mail that there is something to read. Nobody watches this all the time: do not wait for it.',
};

type Told = Pick<LogContent, 'tensionAfter' | 'sharing'>;

export const isVeryHigh = ({ tensionAfter }: Told): boolean => (tensionAfter ?? 0) >= VERY_HIGH;

/** Only where the practice switched it on, and never of what the client keeps to themselves. */
export const isAlarming = (log: Told, { tensionAlarm }: Practice): boolean =>
  tensionAlarm && isVeryHigh(log) && log.sharing !== 'private';

/** What to show with a log, to its client alone; nothing where the tension is not very high. */
export function helpFor(log: Told, practice: Practice): Bilingual | undefined {
  if (!isVeryHigh(log)) return undefined;
  const help = helpOf(practice);
  if (!isAlarming(log, practice)) return help;
  return { nl: `${help.nl}\n\n${NOT_WATCHED.nl}`, en: `${help.en}\n\n${NOT_WATCHED.en}` };
}
