import {
  Clearable,
  Code,
  Day,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  WholeNumber,
} from '../common/fields.js';
import { PageQuery } from '../common/page.dto.js';
import {
  SESSION_KINDS,
  SESSION_MODES,
  SESSION_STATUSES,
  type SessionKind,
  type SessionMode,
  type SessionStatus,
} from './session.entity.js';
import { REASONED_CHANGES, type ReasonedChange } from './session-reason.entity.js';

const SHORTEST_MINUTES = 5;
const LONGEST_MINUTES = 480;
const HIGHEST_PRICE_CENTS = 10_000_000;

export class PlanSession {
  @Id()
  clientId: string;

  @Code(SESSION_KINDS)
  kind: SessionKind;

  /** May lie in the past: a session can be logged afterwards. */
  @Instant({ example: '2026-03-02T09:30:00Z' })
  startsAt: string;

  @WholeNumber(SHORTEST_MINUTES, LONGEST_MINUTES, { example: 60 })
  durationMinutes: number;

  @Code(SESSION_MODES)
  mode: SessionMode;

  /** Where it is; for the coach and the client only. */
  @Optional()
  @Line(300, { example: 'Praktijkruimte aan de Singel' })
  location?: string;

  /** In cents of a euro, without VAT. */
  @Optional()
  @WholeNumber(0, HIGHEST_PRICE_CENTS, { example: 9500 })
  priceCents?: number;

  @Optional()
  @WholeNumber(0, 100, { example: 21 })
  vatPercent?: number;
}

export class ChangeSession {
  @Optional()
  @Code(SESSION_KINDS)
  kind?: SessionKind;

  @Optional()
  @Instant()
  startsAt?: string;

  @Optional()
  @WholeNumber(SHORTEST_MINUTES, LONGEST_MINUTES)
  durationMinutes?: number;

  @Optional()
  @Code(SESSION_MODES)
  mode?: SessionMode;

  @Clearable()
  @Line(300)
  location?: string | null;

  @Clearable()
  @WholeNumber(0, HIGHEST_PRICE_CENTS)
  priceCents?: number | null;

  @Clearable()
  @WholeNumber(0, 100)
  vatPercent?: number | null;
}

/** Why a session did not take place, in the coach's own words; for the coach only. */
export class EndSession {
  @Optional()
  @Line(500, { example: 'Belde af, griep' })
  reason?: string;
}

/** Why an end that was put on a session was a mistake; for the coach only. */
export class ReinstateSession {
  @Line(500, { example: 'Verkeerde afspraak afgezegd' })
  reason: string;
}

export class SessionQuery extends PageQuery {
  /** From this day on, where the practice is. */
  @Optional()
  @Day()
  from?: string;

  /** Up to and with this day, where the practice is. */
  @Optional()
  @Day()
  to?: string;

  @Optional()
  @Id()
  clientId?: string;

  @Optional()
  @Code(SESSION_STATUSES)
  status?: SessionStatus;

  /** `true`: only those that took place and have no signed note yet. */
  @Optional()
  @Code(['true'])
  unsigned?: 'true';
}

/** A session in a list; the location is there for the file's coach only. */
export class SessionSummary {
  @Id()
  id: string;

  @Id()
  clientId: string;

  /** The file's coach now. */
  @Id()
  coachId: string;

  /** The coach who gives, or gave, this session. */
  @Id()
  givenBy: string;

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

  @WholeNumber(SHORTEST_MINUTES, LONGEST_MINUTES)
  durationMinutes: number;

  @Line(300)
  location?: string;

  /** In cents of a euro, without VAT. */
  @WholeNumber(0, HIGHEST_PRICE_CENTS)
  priceCents?: number;

  @WholeNumber(0, 100)
  vatPercent?: number;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

/** The newest reason that the coach gave for a change of state. */
export class SessionReasonView {
  @Code(REASONED_CHANGES)
  change: ReasonedChange;

  @Line(500)
  text: string;

  @Instant()
  givenAt: string;
}

/** A whole session; location and reason are there for the file's coach only. */
export class SessionView extends SessionSummary {
  @Part(() => SessionReasonView)
  reason?: SessionReasonView;
}

export class SessionPage {
  @Parts(() => SessionSummary, 100)
  items: SessionSummary[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
