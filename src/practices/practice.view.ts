import type { PracticeView } from './practice.dto.js';
import { helpOf } from './help.js';
import type { Practice } from './practice.entity.js';

export function practiceView(practice: Practice): PracticeView {
  const { id, slug, name, timeZone, language, version } = practice;
  const { assignmentLimit, assignmentWeeks, mailSignIn, secondFactorRequired } = practice;
  const { tensionAlarm } = practice;
  const help = helpOf(practice);
  const { regime, regimeReason } = practice;
  return {
    id,
    slug,
    name,
    timeZone,
    language,
    assignmentLimit,
    assignmentWeeks,
    mailSignIn,
    secondFactorRequired,
    helpNl: help.nl,
    helpEn: help.en,
    tensionAlarm,
    regime,
    ...(regimeReason && { regimeReason }),
    version,
  };
}
