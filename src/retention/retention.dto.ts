import { CLIENT_STATUSES, type ClientStatus } from '../clients/client.entity.js';
import {
  Code,
  Day,
  Flag,
  Id,
  Instant,
  Line,
  Part,
  Parts,
  Text,
  Texts,
  WholeNumber,
} from '../common/fields.js';
import { type Regime, REGIMES } from '../practices/practice.entity.js';

/** Why a file does not go yet. */
export const KEEPING_REASONS = ['hold', 'restriction', 'request', 'refused', 'open', 'term'] as const;
export type KeepingReason = (typeof KEEPING_REASONS)[number];

export class ChooseTerm {
  /** How many years after the last session a file is kept. */
  @WholeNumber(1, 40)
  years: number;

  /** Why so long. */
  @Text(1000, { example: 'Wij begeleiden in trajecten met een terugkommoment na drie jaar.' })
  reason: string;
}

export class RetentionTerm {
  @Code(REGIMES)
  regime: Regime;

  /** How many years after the last session a file is kept. */
  @WholeNumber(1, 40)
  fileYears: number;

  /** Whether the practice chose this itself. */
  @Flag()
  isChosen: boolean;

  @Text(1000)
  reason?: string;

  /** How many whole calendar years dates, durations and prices are kept for the tax office. */
  @WholeNumber(1, 40)
  fiscalYears: number;
}

export class PlaceHold {
  /** Why the file is kept beyond its term; nobody but an admin reads it. */
  @Text(2000, { example: 'Er loopt een klacht bij de geschilleninstantie.' })
  reason: string;
}

export class HoldView {
  @Id()
  clientId: string;

  @Text(2000)
  reason: string;

  @Id()
  placedBy: string;

  @Instant()
  placedAt: string;
}

export class RetainedFile {
  @Id()
  clientId: string;

  @Line(120)
  name: string;

  @Id()
  coachId: string;

  @Code(CLIENT_STATUSES)
  status: ClientStatus;

  /** The day of the last session that took place or should have; absent where there was none. */
  @Day()
  lastSessionOn?: string;

  /** When the term ends: so many years after the last session, or after the file was opened. */
  @Day()
  termEndsOn: string;

  /** The night in which its erasure is asked for, if nothing comes between; absent while something keeps the file. */
  @Day()
  goesOn?: string;

  /** Absent where nothing keeps it any more: it goes this night. */
  @Code(KEEPING_REASONS)
  keptBecause?: KeepingReason;

  /** The same in words. */
  @Line(300)
  explanation: string;

  @Part(() => HoldView)
  hold?: HoldView;
}

export class RetentionPreview {
  @Part(() => RetentionTerm)
  term: RetentionTerm;

  /** What goes with a file. */
  @Texts(20, 300)
  goes: string[];

  /** What stays behind, and for how long. */
  @Texts(20, 300)
  stays: string[];

  /** How many requests for an intake there are; each goes after ninety days. */
  @WholeNumber(0, 2_147_483_647)
  intakeRequests: number;

  /** What goes first comes first; then what something keeps. */
  @Parts(() => RetainedFile, 100)
  items: RetainedFile[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
