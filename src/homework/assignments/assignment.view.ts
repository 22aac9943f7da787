import type { Language } from '../../common/language.js';
import { instant, object } from '../../database/json.js';
import { PLAYABLE } from '../media/exercise-medium.queries.js';

/** What every reader sees of an assignment `a`, with the pause `p` that it is in. */
const COMMON = {
  id: 'a.id',
  sessionId: 'a.session_id',
  status: 'a.status',
  moment: 'a.moment',
  rhythm: { kind: 'a.rhythm', timesPerDay: 'a.times_per_day', weekdays: 'a.weekdays' },
  startOn: 'a.start_on',
  endOn: 'a.end_on',
  pausedAt: instant('p.paused_at'),
  endedAt: instant('a.ended_at'),
  version: 'a.version',
};

/** For coach and admin. The words with it are added where the reader is the file's coach. */
export const ASSIGNMENT_VIEW = object({
  ...COMMON,
  clientId: 'a.client_id',
  exerciseId: 'a.exercise_id',
  exerciseVersion: 'a.exercise_version',
  title: { nl: 'e.title_nl', en: 'e.title_en' },
  createdAt: instant('a.created_at'),
});

/** For the client whose homework it is, in their language. */
export const ownAssignmentView = (language: Language): string => OWN_VIEWS[language];

const OWN_VIEWS: Readonly<Record<Language, string>> = { nl: own('nl'), en: own('en') };

function own(language: Language): string {
  const exercise = {
    title: `e.title_${language}`,
    purpose: `e.purpose_${language}`,
    steps: `e.steps_${language}`,
    cautions: `e.cautions_${language}`,
    technique: 'e.technique',
    approach: 'e.approach',
    minutes: 'e.minutes',
    media: PLAYABLE,
  };
  return object({ ...COMMON, exercise });
}
