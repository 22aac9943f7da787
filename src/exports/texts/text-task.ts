/** How a line is written, once its texts are open; in a `row` the addenda are one text, as they are in CSV. */
export type LineForm =
  { readonly form: 'json' } | { readonly form: 'row' } | { readonly form: 'csv'; readonly delimiter: string };

/** What a thread needs to open the notes of one export. The keys are handed over, and the thread wipes them. */
export interface TextSetup {
  readonly practiceId: string;
  readonly line: LineForm;
  readonly clientIds: readonly string[];
  /** The data keys of the clients, one after another. */
  readonly keys: ArrayBuffer;
}

/** Whole lines of sealed notes, or the word that no more come. */
export type TextMessage = { readonly lines: ArrayBuffer } | 'end';

/** The same lines, opened; of what went wrong the kind and the note, for a message might quote. */
export type TextAnswer =
  | { readonly lines: ArrayBuffer }
  | { readonly failed: string; readonly broken?: { readonly clientId: string; readonly noteId: string } };
