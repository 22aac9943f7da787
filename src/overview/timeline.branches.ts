import { type Fields, instant } from '../database/json.js';
import type { TimelineEvent, TimelineKind } from './timeline.dto.js';

/** One kind of thing that happens in a file, and the index order in which it is read. */
export interface Branch {
  readonly kind: TimelineKind;
  readonly event: TimelineEvent;
  /** Tables, with `t` for the one whose index gives the order. */
  readonly from: string;
  /** The column that says whose file it is in; `t.client_id` unless it is the file itself. */
  readonly file?: string;
  /** The instant, as its index has it. */
  readonly at: string;
  readonly id: string;
  readonly and?: string;
  /** What is told of it; `$reader` is the user who reads. */
  readonly told?: Fields;
  /** The field that tells it; named after the kind unless it is not one word. */
  readonly part?: string;
  /** A text of it that is the coach's to read, with the version it is sealed for. */
  readonly sealed?: { readonly text: string; readonly version: string };
}

const assignmentAs = (a: string) => ({
  assignmentId: `${a}.id`,
  title: { nl: 'e.title_nl', en: 'e.title_en' },
  status: `${a}.status`,
  startOn: `${a}.start_on`,
  endOn: `${a}.end_on`,
});
const exerciseOf = (a: string) => `join exercise_versions e
  on e.practice_id = ${a}.practice_id and e.exercise_id = ${a}.exercise_id and e.version = ${a}.exercise_version`;
const OF_ASSIGNMENTS = `assignments t ${exerciseOf('t')}`;
const OF_PAUSES = `assignment_pauses t
  join assignments a on a.practice_id = t.practice_id and a.id = t.assignment_id ${exerciseOf('a')}`;

const forCoach = (column: string): string => `case when t.coach_id = $reader then ${column} end`;

/**
 * All that a timeline tells, each with an index of its own: `(practice_id, client_id, at desc, id desc)`. What is
 * private in a log is no part of it for anybody; the numbers and the remark of a shared one are the coach's alone.
 */
export const BRANCHES: readonly Branch[] = [
  { kind: 'file', event: 'file.opened', from: 'clients t', file: 't.id', at: 't.created_at', id: 't.id' },
  {
    kind: 'file',
    event: 'file.closed',
    from: 'clients t',
    file: 't.id',
    at: 't.closed_at',
    id: 't.id',
    and: 't.closed_at is not null',
  },
  {
    kind: 'session',
    event: 'session.begins',
    from: 'sessions t',
    at: 't.starts_at',
    id: 't.id',
    told: { kind: 't.kind', status: 't.status', mode: 't.mode', endsAt: instant('t.ends_at') },
  },
  {
    kind: 'observation',
    event: 'session.observed',
    from: 'sessions t join observations o on o.practice_id = t.practice_id and o.session_id = t.id',
    at: 't.starts_at',
    id: 't.id',
    and: 't.coach_id = $reader',
  },
  {
    kind: 'note',
    event: 'note.written',
    from: 'notes t',
    at: 't.created_at',
    id: 't.id',
    told: {
      visibility: 't.visibility',
      status: 't.status',
      sessionId: 't.session_id',
      authorId: 't.author_id',
      signedAt: instant('t.signed_at'),
    },
  },
  {
    kind: 'assignment',
    event: 'assignment.given',
    from: OF_ASSIGNMENTS,
    at: 't.created_at',
    id: 't.id',
    told: assignmentAs('t'),
  },
  {
    kind: 'assignment',
    event: 'assignment.ended',
    from: OF_ASSIGNMENTS,
    at: 't.ended_at',
    id: 't.id',
    and: 't.ended_at is not null',
    told: assignmentAs('t'),
  },
  {
    kind: 'assignment',
    event: 'assignment.paused',
    from: OF_PAUSES,
    at: 't.paused_at',
    id: 't.id',
    told: assignmentAs('a'),
  },
  {
    kind: 'assignment',
    event: 'assignment.resumed',
    from: OF_PAUSES,
    at: 't.resumed_at',
    id: 't.id',
    and: 't.resumed_at is not null',
    told: assignmentAs('a'),
  },
  {
    kind: 'log',
    event: 'log.written',
    from: `logs t
      left join log_details d
        on d.practice_id = t.practice_id and d.client_id = t.client_id and d.log_id = t.id and t.coach_id = $reader
      left join log_remarks r
        on r.practice_id = t.practice_id and r.client_id = t.client_id and r.log_id = t.id and t.coach_id = $reader
       and r.sharing = 'all'`,
    at: 't.logged_at',
    id: 't.id',
    and: `t.sharing <> 'private'`,
    told: {
      assignmentId: 't.assignment_id',
      doneOn: 't.done_on',
      outcome: 't.outcome',
      sharing: forCoach('t.sharing'),
      minutes: 'd.minutes',
      tensionBefore: 'd.tension_before',
      tensionAfter: 'd.tension_after',
      recoverySignals: 'd.recovery_signals',
    },
    sealed: { text: 'r.remark', version: 'r.version' },
  },
  {
    kind: 'check_in',
    event: 'check_in.written',
    from: 'check_ins t',
    at: 't.checked_at',
    id: 't.id',
    and: `t.sharing <> 'private' and t.coach_id = $reader`,
    part: 'checkIn',
    told: { on: 't.day', tension: 't.tension', stressSignals: 't.stress_signals', sharing: 't.sharing' },
  },
  {
    kind: 'consent',
    event: 'consent.given',
    from: 'consents t',
    at: 't.recorded_at',
    id: 't.id',
    told: { textVersion: 't.text_version', channel: 't.channel', on: 't.given_on' },
  },
  {
    kind: 'consent',
    event: 'consent.withdrawn',
    from: 'consents t',
    at: 't.withdrawn_at',
    id: 't.id',
    and: 't.withdrawn_at is not null',
    told: { textVersion: 't.text_version', channel: 't.withdrawal_channel', on: 't.withdrawn_on' },
  },
  {
    kind: 'transfer',
    event: 'file.transferred',
    from: 'file_transfers t',
    at: 't.decided_at',
    id: 't.id',
    told: { fromCoachId: 't.from_coach_id', toCoachId: 't.to_coach_id' },
  },
];
