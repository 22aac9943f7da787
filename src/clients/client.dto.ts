import {
  Clearable,
  Code,
  Codes,
  Day,
  EmailAddress,
  Id,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  Phone,
  Text,
  WholeNumber,
} from '../common/fields.js';
import { type Language, LANGUAGES } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';
import { BLOCKERS, codesOf, STRESSORS, STRESS_SIGNALS } from '../common/vocabulary.js';
import { CLIENT_STATUSES, type ClientStatus } from './client.entity.js';
import { GiveConsent } from './consent.dto.js';

export const STRESS_KINDS = ['acute', 'chronic'] as const;
export type StressKind = (typeof STRESS_KINDS)[number];

export class OpenFile {
  @Line(120, { example: 'Sanne Bakker' })
  name: string;

  @Optional()
  @EmailAddress({ example: 'sanne@bakkerontwerp.example' })
  email?: string;

  /** International form, E.164. */
  @Optional()
  @Phone({ example: '+31612345678' })
  phone?: string;

  @Optional()
  @Line(120, { example: 'Bakker Ontwerp' })
  company?: string;

  @Code(LANGUAGES)
  language: Language;

  /** The coach of the new file; a coach may leave it out, an admin names one. */
  @Optional()
  @Id()
  coachId?: string;

  /** The question that the client comes with; needs consent. */
  @Optional()
  @Text(4000, { example: 'Ik sta altijd aan. Hoe kom ik weer tot rust?' })
  question?: string;

  /** Acute stress recovers by itself, chronic stress does not; needs consent. */
  @Optional()
  @Code(STRESS_KINDS)
  stressKind?: StressKind;

  /** Since when; needs consent. */
  @Optional()
  @Day({ example: '2025-09-01' })
  since?: string;

  @Optional()
  @Codes(codesOf(STRESSORS))
  stressors?: string[];

  @Optional()
  @Codes(codesOf(STRESS_SIGNALS))
  stressSignals?: string[];

  /** What stands in the way of recovery. */
  @Optional()
  @Codes(codesOf(BLOCKERS))
  blockers?: string[];

  /** The consent that the client gave, so that the rest may be stored in the same call. */
  @Optional()
  @Part(() => GiveConsent)
  consent?: GiveConsent;
}

export class ChangeClient {
  @Optional()
  @Line(120)
  name?: string;

  @Clearable()
  @EmailAddress()
  email?: string | null;

  @Clearable()
  @Phone()
  phone?: string | null;

  @Clearable()
  @Line(120)
  company?: string | null;

  @Optional()
  @Code(LANGUAGES)
  language?: Language;

  @Clearable()
  @Text(4000)
  question?: string | null;

  @Clearable()
  @Code(STRESS_KINDS)
  stressKind?: StressKind | null;

  @Clearable()
  @Day()
  since?: string | null;

  @Optional()
  @Codes(codesOf(STRESSORS))
  stressors?: string[];

  @Optional()
  @Codes(codesOf(STRESS_SIGNALS))
  stressSignals?: string[];

  @Optional()
  @Codes(codesOf(BLOCKERS))
  blockers?: string[];
}

export class ClientQuery extends PageQuery {
  @Optional()
  @Code(CLIENT_STATUSES)
  status?: ClientStatus;
}

/** A file in a list: who it is and how the coaching stands. */
export class ClientSummary {
  @Id()
  id: string;

  @Line(120, { example: 'Sanne Bakker' })
  name: string;

  @EmailAddress()
  email?: string;

  @Phone({ example: '+31612345678' })
  phone?: string;

  @Line(120)
  company?: string;

  @Code(LANGUAGES)
  language: Language;

  @Code(CLIENT_STATUSES)
  status: ClientStatus;

  /** The file's coach now. */
  @Id()
  coachId: string;

  /** Whether a consent is in force. */
  hasConsent: boolean;

  /** Whether the client signs in to the portal. */
  hasAccount: boolean;

  @Instant()
  invitedAt?: string;

  @Instant()
  createdAt: string;

  @Instant()
  closedAt?: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

/** A whole file; what is about stress is there for the file's coach only. */
export class ClientView extends ClientSummary {
  @Text(4000)
  question?: string;

  @Code(STRESS_KINDS)
  stressKind?: StressKind;

  @Day()
  since?: string;

  @Codes(codesOf(STRESSORS))
  stressors?: string[];

  @Codes(codesOf(STRESS_SIGNALS))
  stressSignals?: string[];

  @Codes(codesOf(BLOCKERS))
  blockers?: string[];
}

export class ClientPage {
  @Parts(() => ClientSummary, 100)
  items: ClientSummary[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
