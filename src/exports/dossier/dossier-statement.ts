import { escapeLiteral } from 'pg';
import type { Export } from '../export.entity.js';
import { copyOfJson } from '../records/copy-statement.js';
import { noteColumns } from '../texts/sealed-notes.js';

const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`;
const name = (user: string): string => `lookup.staff_name(${user})`;

/** A sealed text on its way out, with the one place where it opens; null where the policies hide it. */
const sealed = (place: string, text: string, row: string, version: string): string =>
  `case when ${text} is null then null else json_build_object('sealed', encode(${text}, 'base64'),
     'column', '${place}', 'row', ${row}, 'version', ${version}) end`;

/**
 * One statement, and so one moment: all parts of a file, one JSON object a line, each with the part that it is of.
 * The policies leave in it what who asked may see; a coach sees of logs what the client shares.
 */
export function dossierStatement(copy: Export): string {
  const of = (table: string): string =>
    `${table}.practice_id = ${escapeLiteral(copy.practiceId)}::uuid and ${table}.client_id = ${escapeLiteral(copy.clientId!)}::uuid`;
  const parts: Readonly<Record<string, string>> = {
    client: `
      select c.id, c.name, c.email, c.phone, c.company, c.language, c.status, ${name('c.coach_id')} as coach,
             ${instant('c.created_at')} as "createdAt", ${instant('c.closed_at')} as "closedAt",
             ${sealed('client_details.question', 'd.question', 'd.client_id', 'd.version')} as question,
             d.stress_kind as "stressKind", ${day('d.stress_since')} as since, d.stressors,
             d.stress_signals as "stressSignals", d.blockers
        from clients c left join client_details d on d.practice_id = c.practice_id and d.client_id = c.id
       where c.practice_id = ${escapeLiteral(copy.practiceId)}::uuid and c.id = ${escapeLiteral(copy.clientId!)}::uuid`,
    consents: `
      select id, text_version as "textVersion", channel, ${day('given_on')} as "givenOn",
             ${instant('recorded_at')} as "recordedAt", ${day('withdrawn_on')} as "withdrawnOn",
             withdrawal_channel as "withdrawalChannel"
        from consents where ${of('consents')} order by recorded_at, id`,
    sessions: `
      select s.id, s.kind, s.status, s.mode, ${instant('s.starts_at')} as "startsAt", ${instant('s.ends_at')} as "endsAt",
             ${name('s.given_by')} as "givenBy", s.price_cents as "priceCents", s.vat_percent as "vatPercent",
             ${sealed('session_details.location', 'd.location', 'd.session_id', 'd.version')} as location
        from sessions s left join session_details d on d.practice_id = s.practice_id and d.session_id = s.id
       where ${of('s')} order by s.starts_at, s.id`,
    observations: `
      select o.session_id as "sessionId", ${name('o.observed_by')} as "observedBy", ${instant('o.updated_at')} as "updatedAt",
             ${sealed('observation_details.question', 'd.question', 'd.session_id', 'd.version')} as question,
             d.tension_areas as "tensionAreas", d.breath,
             ${sealed('observation_details.thoughts', 'd.thoughts', 'd.session_id', 'd.version')} as thoughts,
             json_build_object('safety', d.safety, 'rest', d.rest, 'presence', d.presence, 'acceptance', d.acceptance,
               'naturalRhythm', d.natural_rhythm) as conditions,
             ${sealed('observation_details.let_go', 'd.let_go', 'd.session_id', 'd.version')} as "letGo",
             o.recovery_signals as "recoverySignals", o.tension_before as "tensionBefore", o.tension_after as "tensionAfter",
             ${sealed('observations.take_home', 'o.take_home', 'o.session_id', 'o.version')} as "takeHome",
             o.transition_moments as "transitionMoments"
        from observations o left join observation_details d on d.practice_id = o.practice_id and d.session_id = o.session_id
       where ${of('o')} order by o.session_id`,
    notes: `
      select ${noteColumns('w.note_id is not null')},
             json_build_object('id', r.id, 'sessionId', r.session_id, 'author', ${name('r.author_id')}, 'visibility', r.visibility,
               'status', r.status, 'createdAt', ${instant('r.created_at')}, 'signedAt', ${instant('r.signed_at')},
               'signedBy', ${name('r.signed_by')}, 'enteredInErrorAt', ${instant('r.entered_in_error_at')},
               'withheld', w.ground) as shown
        from notes r
        left join note_withholdings w
          on ${copy.isForClient ? `w.practice_id = r.practice_id and w.note_id = r.id and r.visibility = 'private'` : 'false'}
        left join note_bodies b on b.practice_id = r.practice_id and b.note_id = r.id and b.version = r.text_version
       where ${of('r')} order by r.id`,
    assignments: `
      select a.id, a.session_id as "sessionId", e.title_nl as exercise, a.status, a.moment, a.rhythm,
             a.times_per_day as "timesPerDay", a.weekdays, ${day('a.start_on')} as "startOn", ${day('a.end_on')} as "endOn",
             ${sealed('assignment_messages.message', 'm.message', 'm.assignment_id', 'm.version')} as message
        from assignments a
        join exercise_versions e on e.practice_id = a.practice_id and e.exercise_id = a.exercise_id and e.version = a.exercise_version
        left join assignment_messages m on m.practice_id = a.practice_id and m.assignment_id = a.id
       where ${of('a')} order by a.start_on, a.id`,
    logs: `
      select l.id, l.assignment_id as "assignmentId", ${day('l.done_on')} as "doneOn", l.outcome, d.minutes,
             d.tension_before as "tensionBefore", d.tension_after as "tensionAfter", d.recovery_signals as "recoverySignals",
             ${sealed('log_remarks.remark', 'm.remark', 'm.log_id', 'm.version')} as remark
        from logs l
        left join log_details d on d.practice_id = l.practice_id and d.client_id = l.client_id and d.log_id = l.id
        left join log_remarks m on m.practice_id = l.practice_id and m.client_id = l.client_id and m.log_id = l.id
       where ${of('l')}${copy.isOfOwnClient ? ` and l.sharing <> 'private'` : ''} order by l.done_on, l.id`,
    checkIns: `
      select c.id, ${day('c.day')} as "on", c.tension,
             json_build_object('safety', c.safety, 'rest', c.rest, 'presence', c.presence, 'acceptance', c.acceptance,
               'naturalRhythm', c.natural_rhythm) as conditions,
             c.stress_signals as "stressSignals", c.recovery_signals as "recoverySignals",
             ${sealed('check_in_remarks.remark', 'm.remark', 'm.check_in_id', 'm.version')} as remark
        from check_ins c
        left join check_in_remarks m
          on m.practice_id = c.practice_id and m.client_id = c.client_id and m.check_in_id = c.id
       where ${of('c')} order by c.day`,
    readings: `
      select r.id, v.title_nl as article, ${instant('r.created_at')} as "givenAt"
        from readings r
        join articles a on a.practice_id = r.practice_id and a.id = r.article_id
        join article_versions v
          on v.practice_id = a.practice_id and v.article_id = a.id and v.version = coalesce(a.published_version, a.draft_version)
       where ${of('r')} order by r.id`,
  };
  const chosen = Object.entries(parts).filter(([part]) => copy.columns?.includes(part) ?? true);
  const all = chosen.map(
    ([part, rows]) => `(select '${part}' as part, row_to_json(p) as row from (${rows}) p)`,
  );
  return copyOfJson(all.join(' union all '));
}
