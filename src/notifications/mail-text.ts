import type { Language } from '../common/language.js';

/** What a mail may speak of beside the name of who reads it; nothing about anybody's coaching or health. */
export interface About {
  /** Name of the practice. */
  readonly practice: string;
  /** When it happened, as a person says it: a day and an hour where the practice is. */
  readonly when: string;
}

/** The words of one mail. Greeting and closing are the same in all. */
export interface MailText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What the one link does. */
  readonly button: string;
  /** Smaller, below the link. */
  readonly afterwards: string;
  /** What the link says with which one is left in peace, in mails that somebody can do without. */
  readonly leave?: string;
}

export type MailTexts = Readonly<Record<Language, (about: About) => MailText>>;
