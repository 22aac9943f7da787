import {
  Code,
  Day,
  Flag,
  Id,
  Line,
  Instant,
  Optional,
  Part,
  Parts,
  Text,
  WholeNumber,
} from '../common/fields.js';

export const CONSENT_CHANNELS = ['paper', 'portal'] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

export class GiveConsent {
  /** On paper, or in the portal. */
  @Code(CONSENT_CHANNELS)
  channel: ConsentChannel;

  /** The day on which the client gave it. */
  @Day({ example: '2026-03-02' })
  givenOn: string;

  /** Which version of the practice's text; the current one when left out. */
  @Optional()
  @WholeNumber(1, 10_000)
  textVersion?: number;
}

export class GiveOwnConsent {
  /** Which version of the practice's text was read; the current one when left out. */
  @Optional()
  @WholeNumber(1, 10_000)
  textVersion?: number;
}

export class WithdrawOnPaper {
  /** The day on which the practice received it; today when left out. */
  @Optional()
  @Day({ example: '2026-03-02' })
  withdrawnOn?: string;
}

/** A next version of what clients are asked to consent to, in plain text or Markdown. */
export class PublishConsentText {
  @Text(20_000, { example: 'Ik geef mijn coach toestemming om …' })
  nl: string;

  @Text(20_000, { example: 'I consent to my coach …' })
  en: string;
}

export class ConsentView {
  @Id()
  id: string;

  @WholeNumber(1, 10_000)
  textVersion: number;

  @Code(CONSENT_CHANNELS)
  channel: ConsentChannel;

  @Day()
  givenOn: string;

  /** When it was put on file. */
  @Instant()
  recordedAt: string;

  /** Whether what is written about the client rests on this one. */
  @Flag()
  inForce: boolean;

  @Instant()
  withdrawnAt?: string;

  /** The day on which the practice received the withdrawal. */
  @Day()
  withdrawnOn?: string;

  @Code(CONSENT_CHANNELS)
  withdrawalChannel?: ConsentChannel;
}

/** What is consented to, in both languages. */
export class ConsentTextView {
  @WholeNumber(1, 10_000)
  version: number;

  @Text(20_000)
  nl: string;

  @Text(20_000)
  en: string;

  @Instant()
  publishedAt: string;
}

export class ConsentTextPage {
  @Parts(() => ConsentTextView, 100)
  items: ConsentTextView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

export class ConsentList {
  @Parts(() => ConsentView, 100)
  items: ConsentView[];

  /** The practice's text as it reads now; for the client. */
  @Part(() => ConsentTextView)
  text?: ConsentTextView;
}
