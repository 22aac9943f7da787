import { CONSENT_CHANNELS, type ConsentChannel } from '../clients/consent.dto.js';
import {
  Code,
  CodeNames,
  Codes,
  Day,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  Text,
  WholeNumber,
} from '../common/fields.js';
import { PageQuery } from '../common/page.dto.js';
import { codesOf, RECOVERY_SIGNALS } from '../common/vocabulary.js';
import { ASSIGNMENT_STATUSES, type AssignmentStatus } from '../homework/assignments/assignment.entity.js';
import { BilingualTitle } from '../homework/exercises/exercise.dto.js';
import { LOG_OUTCOMES, LOG_SHARINGS, type LogOutcome, type LogSharing } from '../homework/logs/log.entity.js';
import { NOTE_STATUSES, type NoteStatus, VISIBILITIES, type Visibility } from '../notes/note.entity.js';
import {
  SESSION_KINDS,
  SESSION_MODES,
  SESSION_STATUSES,
  type SessionKind,
  type SessionMode,
  type SessionStatus,
} from '../sessions/session.entity.js';

export const TIMELINE_KINDS = [
  'session',
  'observation',
  'note',
  'assignment',
  'log',
  'check_in',
  'consent',
  'transfer',
  'file',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export const TIMELINE_EVENTS = [
  'assignment.ended',
  'assignment.given',
  'assignment.paused',
  'assignment.resumed',
  'check_in.written',
  'consent.given',
  'consent.withdrawn',
  'file.closed',
  'file.opened',
  'log.written',
  'note.written',
  'session.observed',
  'session.begins',
  'file.transferred',
] as const;
export type TimelineEvent = (typeof TIMELINE_EVENTS)[number];

export class TimelineQuery extends PageQuery {
  /** Only what is of this kind. */
  @Optional()
  @Code(TIMELINE_KINDS)
  kind?: TimelineKind;

  /** From this day on, where the practice is. */
  @Optional()
  @Day()
  from?: string;

  /** Up to and with this day, where the practice is. */
  @Optional()
  @Day()
  to?: string;
}

/** A session, at the hour that it begins. */
export class TimelineSession {
  @Code(SESSION_KINDS)
  kind: SessionKind;

  @Code(SESSION_STATUSES)
  status: SessionStatus;

  @Code(SESSION_MODES)
  mode: SessionMode;

  @Instant()
  endsAt: string;
}

/** That there is a note; its words are read where notes are. */
export class TimelineNote {
  @Code(VISIBILITIES)
  visibility: Visibility;

  @Code(NOTE_STATUSES)
  status: NoteStatus;

  @Id()
  sessionId?: string;

  @Id()
  authorId: string;

  @Instant()
  signedAt?: string;
}

/** Homework that was given, let rest, taken up again or ended. */
export class TimelineAssignment {
  @Id()
  assignmentId: string;

  @Part(() => BilingualTitle)
  title: BilingualTitle;

  /** How it stands now. */
  @Code(ASSIGNMENT_STATUSES)
  status: AssignmentStatus;

  @Day()
  startOn: string;

  @Day()
  endOn: string;
}

/** A log that the client shares; more than date and outcome is there for the file's coach only. */
export class TimelineLog {
  @Id()
  assignmentId: string;

  @Day()
  doneOn: string;

  @Code(LOG_OUTCOMES)
  outcome: LogOutcome;

  @Code(LOG_SHARINGS)
  sharing?: LogSharing;

  @WholeNumber(0, 1440)
  minutes?: number;

  @WholeNumber(0, 10)
  tensionBefore?: number;

  @WholeNumber(0, 10)
  tensionAfter?: number;

  @Codes(codesOf(RECOVERY_SIGNALS))
  recoverySignals?: string[];

  @Text(4000)
  remark?: string;
}

/** A look back on a week that the client shares, for the file's coach only; its words are read where check-ins are. */
export class TimelineCheckIn {
  @Day()
  on: string;

  @WholeNumber(0, 10)
  tension: number;

  /** In the practice's words. */
  @CodeNames(100)
  stressSignals: string[];

  @Code(LOG_SHARINGS)
  sharing: LogSharing;
}

export class TimelineConsent {
  @WholeNumber(1, 10_000)
  textVersion: number;

  @Code(CONSENT_CHANNELS)
  channel: ConsentChannel;

  /** The day on which it was given, or withdrawn. */
  @Day()
  on: string;
}

export class TimelineTransfer {
  @Id()
  fromCoachId: string;

  @Id()
  toCoachId: string;
}

/** One thing that happened; the part that is named after its kind says more. */
export class TimelineItem {
  @Instant()
  at: string;

  @Code(TIMELINE_KINDS)
  kind: TimelineKind;

  @Code(TIMELINE_EVENTS)
  event: TimelineEvent;

  /** Of what it happened to: of an observation the session, of a pause the pause. */
  @Id()
  id: string;

  @Part(() => TimelineSession)
  session?: TimelineSession;

  @Part(() => TimelineNote)
  note?: TimelineNote;

  @Part(() => TimelineAssignment)
  assignment?: TimelineAssignment;

  @Part(() => TimelineLog)
  log?: TimelineLog;

  @Part(() => TimelineCheckIn)
  checkIn?: TimelineCheckIn;

  @Part(() => TimelineConsent)
  consent?: TimelineConsent;

  @Part(() => TimelineTransfer)
  transfer?: TimelineTransfer;
}

export class TimelinePage {
  @Parts(() => TimelineItem, 100)
  items: TimelineItem[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
