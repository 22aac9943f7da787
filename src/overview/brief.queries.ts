import { instant } from '../database/json.js';
import type { Tx } from '../database/tx.js';
import type { BriefLastSession, BriefRemark, BriefView } from './brief.dto.js';

/** A text that is still sealed, in base64, with the version it was sealed for. */
interface Sealed {
  readonly text: string | null;
  readonly version: number | null;
}

/** A brief as the database tells it; what was written in words is still sealed. */
export interface BriefRow {
  readonly wrappedKey: Buffer;
  readonly brief: Omit<BriefView, 'question' | 'lastSession' | 'remarks'> & {
    readonly question?: Sealed;
    readonly lastSession?: Omit<BriefLastSession, 'question' | 'takeHome'> & {
      readonly question?: Sealed;
      readonly takeHome?: Sealed;
    };
    readonly remarks: readonly (Omit<BriefRemark, 'remark'> & {
      readonly remark: Sealed & { text: string };
    })[];
  };
}

const sealed = (text: string, version: string): string =>
  `case when ${text} is not null then json_build_object('text', encode(${text}, 'base64'), 'version', ${version}) end`;
const list = (rows: string): string => `coalesce((select json_agg(row) from (${rows}) listed), '[]')`;

const SESSION = `'id', s.id, 'kind', s.kind, 'mode', s.mode, 'startsAt', ${instant('s.starts_at')}`;
const TITLE = `json_build_object('nl', e.title_nl, 'en', e.title_en)`;
const EXERCISE = `join exercise_versions e
  on e.practice_id = a.practice_id and e.exercise_id = a.exercise_id and e.version = a.exercise_version`;
const SHARED_SINCE = `l.practice_id = c.practice_id and l.client_id = c.id and l.sharing <> 'private'
  and l.logged_at > since.at`;

/**
 * All that a brief tells, in one query. Of logs and check-ins only what the client shares is looked at, said here and not left to
 * the policies: who is coach and client in one practice sees their own private logs.
 */
export async function briefOf(
  tx: Tx,
  { clientId, coachId, now }: { clientId: string; coachId: string; now: Date },
): Promise<BriefRow | undefined> {
  const [row] = await tx.query<BriefRow>(
    `select k.wrapped as "wrappedKey", json_strip_nulls(json_build_object(
       'clientId', c.id, 'name', c.name, 'status', c.status,
       'since', ${instant('since.at')},
       'consent', json_build_object(
         'inForce', g.id is not null, 'givenOn', g.given_on,
         'newTextWaits', coalesce(g.text_version < (
           select max(version) from consent_texts where practice_id = c.practice_id), false)),
       'question', ${sealed('i.question', 'i.version')},
       'nextSession', (
         select json_build_object(${SESSION}) from sessions s
          where s.practice_id = c.practice_id and s.client_id = c.id and s.status = 'planned' and s.ends_at > $4
          order by s.starts_at, s.id limit 1),
       'lastSession', (
         select json_build_object(${SESSION},
             'question', ${sealed('d.question', 'd.version')}, 'takeHome', ${sealed('o.take_home', 'o.version')},
             'transitionMoments', coalesce(o.transition_moments, '{}'),
             'homework', ${list(`
               select ${TITLE} as row from assignments a ${EXERCISE}
                where a.practice_id = s.practice_id and a.session_id = s.id order by a.id limit 20`)})
           from sessions s
           left join observations o on o.practice_id = s.practice_id and o.session_id = s.id
           left join observation_details d on d.practice_id = s.practice_id and d.session_id = s.id
          where s.practice_id = c.practice_id and s.id = last.id),
       'tension', json_build_object(
         'sessions', ${list(`
           select json_build_object('on', day, 'before', tension_before, 'after', tension_after) as row from (
             select (s.starts_at at time zone p.time_zone)::date as day, s.starts_at, o.tension_before, o.tension_after
               from sessions s join observations o on o.practice_id = s.practice_id and o.session_id = s.id
              where s.practice_id = c.practice_id and s.client_id = c.id
                and num_nonnulls(o.tension_before, o.tension_after) > 0
              order by s.starts_at desc, s.id desc limit 6) newest order by starts_at`)},
         'sharedLogs', ${list(`
           select json_build_object('on', done_on, 'before', tension_before, 'after', tension_after) as row from (
             select l.done_on, l.logged_at, n.tension_before, n.tension_after
               from logs l join log_details n
                 on n.practice_id = l.practice_id and n.client_id = l.client_id and n.log_id = l.id
              where l.practice_id = c.practice_id and l.client_id = c.id and l.sharing <> 'private'
                and num_nonnulls(n.tension_before, n.tension_after) > 0
              order by l.logged_at desc, l.id desc limit 12) newest order by logged_at`)}),
       'exercises', ${list(`
         select json_build_object('assignmentId', a.id, 'title', ${TITLE}, 'status', a.status,
             'pausedAt', ${instant('r.paused_at')}, 'endedAt', ${instant('a.ended_at')},
             'done', n.done, 'partly', n.partly, 'skipped', n.skipped) as row
           from assignments a ${EXERCISE}
           left join assignment_pauses r
             on r.practice_id = a.practice_id and r.assignment_id = a.id and r.resumed_at is null
           cross join lateral (
             select count(*) filter (where l.outcome = 'done') as done,
                    count(*) filter (where l.outcome = 'partly') as partly,
                    count(*) filter (where l.outcome = 'skipped') as skipped
               from logs l where ${SHARED_SINCE} and l.assignment_id = a.id) n
          where a.practice_id = c.practice_id and a.client_id = c.id
            and (a.ended_at is null and a.end_on >= (since.at at time zone p.time_zone)::date or a.ended_at > since.at)
          order by a.id desc limit 50`)},
       'sharedLogs', (select count(*) from logs l where ${SHARED_SINCE}),
       'checkIns', ${list(`
         select json_build_object('id', i.id, 'on', i.day, 'tension', i.tension,
             'stressSignals', i.stress_signals) as row
           from check_ins i
          where i.practice_id = c.practice_id and i.client_id = c.id and i.sharing <> 'private'
          order by i.day desc limit 4`)},
       'remarks', ${list(`
         select json_build_object('logId', l.id, 'assignmentId', l.assignment_id, 'doneOn', l.done_on,
             'remark', ${sealed('m.remark', 'm.version')}) as row
           from logs l join log_remarks m
             on m.practice_id = l.practice_id and m.client_id = l.client_id and m.log_id = l.id
          where ${SHARED_SINCE} and l.sharing = 'all' and m.sharing = 'all'
          order by l.logged_at desc, l.id desc limit 20`)},
       'unsignedNotes', ${list(`
         select json_build_object('id', n.id, 'sessionId', n.session_id, 'visibility', n.visibility,
             'createdAt', ${instant('n.created_at')}) as row
           from notes n
          where n.practice_id = c.practice_id and n.client_id = c.id and n.status = 'draft' and n.author_id = $3
          order by n.created_at, n.id limit 20`)}
     )) as brief
       from clients c
       join practices p on p.id = c.practice_id
       join client_keys k on k.practice_id = c.practice_id and k.client_id = c.id
       left join consents g on g.practice_id = c.practice_id and g.id = c.consent_id
       left join client_details i on i.practice_id = c.practice_id and i.client_id = c.id
       left join lateral (
         select s.id, s.ends_at from sessions s
          where s.practice_id = c.practice_id and s.client_id = c.id and s.status = 'completed' and s.starts_at <= $4
          order by s.starts_at desc, s.id desc limit 1) last on true
       cross join lateral (select coalesce(last.ends_at, c.created_at) as at) since
      where c.practice_id = $1 and c.id = $2 and c.coach_id = $3`,
    [tx.practiceId, clientId, coachId, now],
  );
  return row;
}
