import type { Bilingual, Language } from './language.js';

/** One thing that is wrong with the input: a JSON pointer into the body, or the name of a parameter. */
export type InputError =
  | { readonly pointer: string; readonly detail: Bilingual }
  | { readonly parameter: string; readonly detail: Bilingual };

export interface ProblemOptions {
  /** Stable, kebab-case name of this kind of problem; clients of the API may branch on it. */
  readonly type: string;
  readonly status: number;
  readonly title: Bilingual;
  readonly detail?: Bilingual;
  readonly errors?: readonly InputError[];
  /** Facts for a program, beside the words for a person. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of an answer that says no (RFC 9457). */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance: string;
  errors?: ({ pointer: string; detail: string } | { parameter: string; detail: string })[];
  [fact: string]: unknown;
}

/** A refusal that a person can understand and act on. Everything else is a bug, and says nothing. */
export class Problem extends Error {
  constructor(readonly options: ProblemOptions) {
    super(options.type);
    this.name = 'Problem';
  }

  get status(): number {
    return this.options.status;
  }

  /** @param requestId names this occurrence, so that the practice and its support speak of the same one. */
  document(language: Language, requestId: string): ProblemDocument {
    const { type, title, status, detail, errors, facts } = this.options;
    return {
      type: `urn:ademruimte:problem:${type}`,
      title: title[language],
      status,
      ...(detail && { detail: detail[language] }),
      instance: `urn:uuid:${requestId}`,
      ...(errors && { errors: errors.map((error) => ({ ...error, detail: error.detail[language] })) }),
      ...facts,
    };
  }
}
