import { Code, Id, Instant, Line, Optional, Part, Parts, Text, WholeNumber } from '../common/fields.js';
import { NOTE_STATUSES, type NoteStatus, VISIBILITIES, type Visibility } from './note.entity.js';

const LONGEST_NOTE = 20_000;

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

/** Since when the client can read a note, and whether they did. */
export class NoteSharingView {
  @Instant()
  sharedAt: string;

  @Id()
  sharedBy: string;

  /** When the client first read it; from then on sharing cannot be taken back. */
  @Instant()
  firstReadAt?: string;
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

  /** There while the client can read it. */
  @Part(() => NoteSharingView)
  sharing?: NoteSharingView;

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
}

export class OwnNotePage {
  @Parts(() => OwnNoteView, 100)
  items: OwnNoteView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
