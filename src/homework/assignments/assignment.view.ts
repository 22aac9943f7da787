import type { Language } from '../../common/language.js';
import { instant, object } from '../../database/json.js';
import { PLAYABLE } from '../media/exercise-medium.queries.js';
import { MOST_PAUSES, MOST_REMARKS } from './assignment.dto.js';

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

const FOR_STAFF = {
  ...COMMON,
  clientId: 'a.client_id',
  exerciseId: 'a.exercise_id',
  exerciseVersion: 'a.exercise_version',
  title: { nl: 'e.title_nl', en: 'e.title_en' },
  createdAt: instant('a.created_at'),
};

/** For coach and admin. The words with it are added where the reader is the file's coach. */
export const ASSIGNMENT_VIEW = object(FOR_STAFF);

/** Said here and not left to the policies, which let who is coach and client at once see their own. */
const SHARED = `logs l
  left join log_details d on d.practice_id = l.practice_id and d.client_id = l.client_id and d.log_id = l.id
  left join log_remarks r
    on r.practice_id = l.practice_id and r.client_id = l.client_id and r.log_id = l.id and r.sharing = 'all'
 where l.practice_id = a.practice_id and l.assignment_id = a.id and l.sharing <> 'private'`;

/** What became of an assignment, for the file's coach: counted and told is only what the client shares. */
const BECAME = `case when a.coach_id = $reader then json_strip_nulls(json_build_object(
  'lastLog', (select json_build_object('id', l.id, 'doneOn', l.done_on, 'outcome', l.outcome)
    from ${SHARED} order by l.done_on desc, l.id desc limit 1),
  'tension', (select case when count(d.tension_after - d.tension_before) > 0 then json_build_object(
      'count', count(d.tension_after - d.tension_before),
      'change', round(avg(d.tension_after - d.tension_before), 2)) end
    from ${SHARED} and l.outcome <> 'skipped'),
  'remarks', coalesce((select json_agg(told) from (
    select json_build_object('logId', l.id, 'doneOn', l.done_on, 'remark', encode(r.remark, 'base64'),
        'version', r.version) as told
      from ${SHARED} and l.sharing = 'all' and r.remark is not null
     order by l.done_on desc, l.id desc limit ${MOST_REMARKS}) remarks), '[]'))) end`;

const PAUSES = `case when a.coach_id = $reader then coalesce((select json_agg(told) from (
  select json_strip_nulls(json_build_object('pausedAt', ${instant('q.paused_at')},
      'resumedAt', ${instant('q.resumed_at')})) as told
    from assignment_pauses q where q.practice_id = a.practice_id and q.assignment_id = a.id
   order by q.paused_at desc limit ${MOST_PAUSES}) pauses), '[]') end`;

/** For coach and admin, in a list; its remarks are still sealed. */
export const LISTED_VIEW = object({ ...FOR_STAFF, pauses: PAUSES, shared: BECAME });

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
