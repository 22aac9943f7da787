import type { PracticeView } from './practice.dto.js';
import type { Practice } from './practice.entity.js';

export function practiceView(practice: Practice): PracticeView {
  const { id, slug, name, timeZone, language, version } = practice;
  const { assignmentLimit, assignmentWeeks, mailSignIn, secondFactorRequired } = practice;
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
    regime,
    ...(regimeReason && { regimeReason }),
    version,
  };
}
