import { Code, Id, Instant, Line, Optional, Part, Parts, Text, WholeNumber } from '../common/fields.js';
import { NOTE_STATUSES, type NoteStatus, VISIBILITIES, type Visibility } from './note.entity.js';

export const LONGEST_NOTE = 20_000;
const LONGEST_ADDENDUM = 5_000;
const LONGEST_REASON = 1_000;
export const MOST_ADDENDA = 50;
/** SHA-256 in hexadecimal. */
const HASH_LENGTH = 64;

export class WriteNote {
  /**
   * `private`: the client never sees it in the app; `shared`: the client reads it once it is signed. Private is not
   * unobtainable: an access request of the client (AVG art. 15) covers private notes too.
   */
  @Code(VISIBILITIES)
  visibility: Visibility;

  /** The text. Also where it is private, an access request of the client (AVG art. 15) covers it. */
  @Text(LONGEST_NOTE, { example: 'Adem zakte na tien minuten naar de buik; schouders lieten los.' })
  body: string;
}

export class ChangeNote {
  /**
   * Sharing is possible later too; of a signed note it can be taken back until the client first read it. Private is
   * not unobtainable: an access request of the client (AVG art. 15) covers private notes too.
   */
  @Optional()
  @Code(VISIBILITIES)
  visibility?: Visibility;

  /**
   * The text from now on, of a draft and by its author. Also where it is private, an access request of the client
   * (AVG art. 15) covers it.
   */
  @Optional()
  @Text(LONGEST_NOTE)
  body?: string;
}

/** What is added to a signed note; it is signed as it is written, and cannot be changed. */
export class AddToNote {
  @Text(LONGEST_ADDENDUM, { example: 'Zij belde later: het slapen gaat beter.' })
  body: string;
}

/** Why a signed note was a mistake; for the file's coach, who reads it under the note that is struck through. */
export class EnterInError {
  @Text(LONGEST_REASON, { example: 'Bij de verkeerde sessie geschreven.' })
  reason: string;
}

/** Since when the client can read a note, and whether they did. */
export class NoteSharingView {
  @Instant()
  sharedAt: string;

  @Id()
  sharedBy: string;

  /** When the client first read it; from then on sharing cannot be taken back. */
  @Instant()
  firstReadAt?: string;

  /** The user of the client who read it. */
  @Id()
  firstReadBy?: string;
}

/** Words that came after the signature, signed as they were written. */
export class AddendumView {
  @Id()
  id: string;

  @Text(LONGEST_ADDENDUM)
  body: string;

  @Id()
  signedBy: string;

  @Instant()
  signedAt: string;

  /** SHA-256 of what was signed, held against the text each time it is read. */
  @Line(HASH_LENGTH)
  sha256?: string;
}

/** That a signed note was a mistake: it is kept, struck through. */
export class NoteErrorView {
  @Instant()
  at: string;

  @Id()
  by: string;

  /** Only for the file's coach, where the note itself is theirs to read. */
  @Text(LONGEST_REASON)
  reason?: string;
}

export class NoteView {
  @Id()
  id: string;

  @Id()
  clientId: string;

  @Id()
  sessionId?: string;

  /** The coach who wrote it. */
  @Id()
  authorId: string;

  /** Whether it stays with the coach, or the client reads it once it is signed. */
  @Code(VISIBILITIES)
  visibility: Visibility;

  @Code(NOTE_STATUSES)
  status: NoteStatus;

  /** Which of its saved texts this is. */
  @WholeNumber(1, 2_147_483_647)
  textVersion: number;

  /**
   * The text; only for the file's coach, and not where it is private to a coach before them. Private is not
   * unobtainable: an access request of the client (AVG art. 15) covers private notes too.
   */
  @Text(LONGEST_NOTE)
  body?: string;

  @Instant()
  createdAt: string;

  @Instant()
  updatedAt: string;

  @Instant()
  signedAt?: string;

  @Id()
  signedBy?: string;

  /** SHA-256 of what was signed: text, signer, time and place. Held against the text each time it is read. */
  @Line(HASH_LENGTH)
  sha256?: string;

  /** What was added after the signature, oldest first; for who may read the text. */
  @Parts(() => AddendumView, MOST_ADDENDA)
  addenda?: AddendumView[];

  /** There where it was a mistake. */
  @Part(() => NoteErrorView)
  error?: NoteErrorView;

  /** There while the client can read it. */
  @Part(() => NoteSharingView)
  sharing?: NoteSharingView;

  /** By which import it was brought in, where it was not written here; a signature from before then rests on the word of that file. */
  @Id()
  importId?: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;

  /** What who writes a private note should know, in the language asked for. */
  @Line(300)
  notice?: string;
}

export class NotePage {
  @Parts(() => NoteView, 100)
  items: NoteView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

/** One saved text of a note. */
export class NoteVersionView {
  @WholeNumber(1, 2_147_483_647)
  version: number;

  @Instant()
  writtenAt: string;

  @Id()
  writtenBy: string;

  @Text(LONGEST_NOTE)
  body: string;
}

export class NoteVersionPage {
  @Parts(() => NoteVersionView, 100)
  items: NoteVersionView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

export class NoteAuthorView {
  @Id()
  id: string;

  /** Absent where they are no longer a coach of the practice. */
  @Line(120)
  name?: string;
}

/** What the coach added to a note after signing it. */
export class OwnAddendumView {
  @Id()
  id: string;

  @Text(LONGEST_ADDENDUM)
  body: string;

  @Instant()
  signedAt: string;
}

/** A note as its client reads it. */
export class OwnNoteView {
  @Id()
  id: string;

  @Id()
  sessionId?: string;

  @Text(LONGEST_NOTE)
  body: string;

  @Instant()
  signedAt: string;

  @Part(() => NoteAuthorView)
  author: NoteAuthorView;

  /** What was added later, oldest first. */
  @Parts(() => OwnAddendumView, MOST_ADDENDA)
  addenda?: OwnAddendumView[];

  /** There where the coach said that it was a mistake: show it struck through. */
  @Instant()
  enteredInErrorAt?: string;
}

export class OwnNotePage {
  @Parts(() => OwnNoteView, 100)
  items: OwnNoteView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
