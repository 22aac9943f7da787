import {
  Code,
  Codes,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  Text,
  WholeNumber,
} from '../common/fields.js';
import { BODY_AREAS, BREATH, codesOf, MOMENTS, RECOVERY_SIGNALS } from '../common/vocabulary.js';
import {
  SESSION_KINDS,
  SESSION_MODES,
  SESSION_STATUSES,
  type SessionKind,
  type SessionMode,
  type SessionStatus,
} from '../sessions/session.entity.js';

/** What recovery needs room in, each 0-10; what was not looked at is left out. */
export class ObservedConditions {
  @Optional()
  @WholeNumber(0, 10)
  safety?: number;

  /** Real rest: screens do not count. */
  @Optional()
  @WholeNumber(0, 10)
  rest?: number;

  /** Here and now. */
  @Optional()
  @WholeNumber(0, 10)
  presence?: number;

  @Optional()
  @WholeNumber(0, 10)
  acceptance?: number;

  @Optional()
  @WholeNumber(0, 10)
  naturalRhythm?: number;
}

export class WriteObservation {
  /** The question that the client arrived with. */
  @Optional()
  @Text(4000, { example: 'Waarom blijf ik zo moe?' })
  question?: string;

  /** Where in the body tension was felt. */
  @Codes(codesOf(BODY_AREAS), { example: ['jaw', 'shoulders'] })
  tensionAreas: string[];

  /** How the body breathed. */
  @Codes(codesOf(BREATH), { example: ['high', 'held'] })
  breath: string[];

  /** Which thoughts kept coming back. */
  @Optional()
  @Text(4000)
  thoughts?: string;

  @Part(() => ObservedConditions)
  conditions: ObservedConditions;

  /** What was let go of. */
  @Optional()
  @Text(4000)
  letGo?: string;

  @Codes(codesOf(RECOVERY_SIGNALS), { example: ['yawning', 'deep_sigh'] })
  recoverySignals: string[];

  /** Tension at the start, 0-10. */
  @Optional()
  @WholeNumber(0, 10)
  tensionBefore?: number;

  /** Tension at the end, 0-10. */
  @Optional()
  @WholeNumber(0, 10)
  tensionAfter?: number;

  /** What the client takes home; the client sees it too. */
  @Optional()
  @Text(4000, { example: 'Drie keer per dag voelen waar de spanning zit' })
  takeHome?: string;

  /** The moments of the day that it fits in. */
  @Codes(codesOf(MOMENTS), { example: ['transition'] })
  transitionMoments: string[];
}

export class ObservationView {
  @Id()
  sessionId: string;

  /** The question that the client arrived with. */
  @Text(4000)
  question?: string;

  @Codes(codesOf(BODY_AREAS))
  tensionAreas: string[];

  @Codes(codesOf(BREATH))
  breath: string[];

  /** Which thoughts kept coming back. */
  @Text(4000)
  thoughts?: string;

  @Part(() => ObservedConditions)
  conditions: ObservedConditions;

  @Text(4000)
  letGo?: string;

  @Codes(codesOf(RECOVERY_SIGNALS))
  recoverySignals: string[];

  @WholeNumber(0, 10)
  tensionBefore?: number;

  @WholeNumber(0, 10)
  tensionAfter?: number;

  @Text(4000)
  takeHome?: string;

  @Codes(codesOf(MOMENTS))
  transitionMoments: string[];

  /** The coach who wrote it last. */
  @Id()
  observedBy: string;

  @Instant()
  updatedAt: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

/** What the client sees of an observation. */
export class OwnObservation {
  @WholeNumber(0, 10)
  tensionBefore?: number;

  @WholeNumber(0, 10)
  tensionAfter?: number;

  @Codes(codesOf(RECOVERY_SIGNALS))
  recoverySignals: string[];

  /** What I take home. */
  @Text(4000)
  takeHome?: string;

  /** The moments of the day that it fits in. */
  @Codes(codesOf(MOMENTS))
  transitionMoments: string[];
}

/** Who gives, or gave, a session. */
export class OwnSessionCoach {
  @Id()
  id: string;

  /** Absent for somebody who is no longer a coach here. */
  @Line(120, { example: 'Coen de Coach' })
  name?: string;
}

/** A session as its client sees it. */
export class OwnSession {
  @Id()
  id: string;

  @Code(SESSION_KINDS)
  kind: SessionKind;

  @Code(SESSION_STATUSES)
  status: SessionStatus;

  @Code(SESSION_MODES)
  mode: SessionMode;

  @Instant()
  startsAt: string;

  @Instant()
  endsAt: string;

  @WholeNumber(5, 480)
  durationMinutes: number;

  @Line(300)
  location?: string;

  @Part(() => OwnSessionCoach)
  coach: OwnSessionCoach;

  @Part(() => OwnObservation)
  observation?: OwnObservation;
}

export class OwnSessionPage {
  @Parts(() => OwnSession, 100)
  items: OwnSession[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
