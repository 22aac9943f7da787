import { CLIENT_STATUSES, type ClientStatus } from '../clients/client.entity.js';
import {
  Code,
  CodeNames,
  Codes,
  Day,
  Flag,
  Id,
  Instant,
  Line,
  Part,
  Parts,
  Text,
  WholeNumber,
} from '../common/fields.js';
import { codesOf, MOMENTS } from '../common/vocabulary.js';
import { ASSIGNMENT_STATUSES, type AssignmentStatus } from '../homework/assignments/assignment.entity.js';
import { BilingualTitle } from '../homework/exercises/exercise.dto.js';
import { VISIBILITIES, type Visibility } from '../notes/note.entity.js';
import {
  SESSION_KINDS,
  SESSION_MODES,
  type SessionKind,
  type SessionMode,
} from '../sessions/session.entity.js';

export class BriefConsent {
  @Flag()
  inForce: boolean;

  /** A newer text waits for the client's answer; what was consented to stands until then. */
  @Flag()
  newTextWaits: boolean;

  @Day()
  givenOn?: string;
}

export class BriefSession {
  @Id()
  id: string;

  @Code(SESSION_KINDS)
  kind: SessionKind;

  @Code(SESSION_MODES)
  mode: SessionMode;

  @Instant()
  startsAt: string;
}

export class BriefLastSession extends BriefSession {
  /** The question that the client arrived with. */
  @Text(4000)
  question?: string;

  /** What the client took home. */
  @Text(4000)
  takeHome?: string;

  /** The moments of the day that it fits in. */
  @Codes(codesOf(MOMENTS))
  transitionMoments: string[];

  /** Titles of the homework that was given in it. */
  @Parts(() => BilingualTitle, 20)
  homework: BilingualTitle[];
}

export class BriefTension {
  @Day()
  on: string;

  @WholeNumber(0, 10)
  before?: number;

  @WholeNumber(0, 10)
  after?: number;
}

export class BriefTrend {
  /** Of the last sessions, oldest first. */
  @Parts(() => BriefTension, 6)
  sessions: BriefTension[];

  /** Of the last logs that the client shares, oldest first. */
  @Parts(() => BriefTension, 12)
  sharedLogs: BriefTension[];
}

/** How it went by the client's own account. */
export class BriefCheckIn {
  @Id()
  id: string;

  @Day()
  on: string;

  @WholeNumber(0, 10)
  tension: number;

  /** In the practice's words. */
  @CodeNames(100)
  stressSignals: string[];
}

/** An exercise, and what became of it since the last session: how often it was done is as far as the client shares. */
export class BriefExercise {
  @Id()
  assignmentId: string;

  @Part(() => BilingualTitle)
  title: BilingualTitle;

  /** `paused` rests, `stopped` was let go: either is fine. */
  @Code(ASSIGNMENT_STATUSES)
  status: AssignmentStatus;

  /** Since when it rests. */
  @Instant()
  pausedAt?: string;

  @Instant()
  endedAt?: string;

  @WholeNumber(0, 100_000)
  done: number;

  @WholeNumber(0, 100_000)
  partly: number;

  @WholeNumber(0, 100_000)
  skipped: number;
}

export class BriefRemark {
  @Id()
  logId: string;

  @Id()
  assignmentId: string;

  @Day()
  doneOn: string;

  @Text(4000)
  remark: string;
}

export class BriefNote {
  @Id()
  id: string;

  @Id()
  sessionId?: string;

  @Code(VISIBILITIES)
  visibility: Visibility;

  @Instant()
  createdAt: string;
}

/** What a coach wants to know in the minute before a session. */
export class BriefView {
  @Id()
  clientId: string;

  @Line(120)
  name: string;

  @Code(CLIENT_STATUSES)
  status: ClientStatus;

  @Part(() => BriefConsent)
  consent: BriefConsent;

  /** What the client came with. */
  @Text(4000)
  question?: string;

  @Part(() => BriefSession)
  nextSession?: BriefSession;

  /** The last one that took place; `since` below is since its end, or since the file was opened. */
  @Part(() => BriefLastSession)
  lastSession?: BriefLastSession;

  @Instant()
  since: string;

  @Part(() => BriefTrend)
  tension: BriefTrend;

  /** What runs or rests, and what ended since. */
  @Parts(() => BriefExercise, 50)
  exercises: BriefExercise[];

  /** How many logs the client wrote since and shares. What is private is theirs: it is neither shown nor counted. */
  @WholeNumber(0, 100_000)
  sharedLogs: number;

  /** The last check-ins that the client shares, newest first. */
  @Parts(() => BriefCheckIn, 4)
  checkIns: BriefCheckIn[];

  /** Shared since, newest first. */
  @Parts(() => BriefRemark, 20)
  remarks: BriefRemark[];

  /** Own drafts that wait for a signature, oldest first. */
  @Parts(() => BriefNote, 20)
  unsignedNotes: BriefNote[];
}
