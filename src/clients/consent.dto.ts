import { Code, Day, Id, Instant, Optional, Part, Parts, Text, WholeNumber } from '../common/fields.js';

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

  @Instant()
  withdrawnAt?: string;
}

/** What is consented to, in both languages. */
export class ConsentTextView {
  @WholeNumber(1, 10_000)
  version: number;

  @Text(20_000)
  nl: string;

  @Text(20_000)
  en: string;
}

export class ConsentList {
  @Parts(() => ConsentView, 100)
  items: ConsentView[];

  /** The practice's text as it reads now; for the client. */
  @Part(() => ConsentTextView)
  text?: ConsentTextView;
}
