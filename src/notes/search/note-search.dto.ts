import { Code, Flag, Fragment, Id, Instant, Line, Optional, Parts } from '../../common/fields.js';
import { PageQuery } from '../../common/page.dto.js';
import { NOTE_STATUSES, type NoteStatus, VISIBILITIES, type Visibility } from '../note.entity.js';

export class NoteSearchQuery extends PageQuery {
  /** One to ten words, or the beginnings of words; a note is found that holds them all. */
  @Line(200, { example: 'adem buik' })
  q: string;

  /** Only in this client's file. */
  @Optional()
  @Id()
  clientId?: string;
}

/** A piece of the text, as it was written: never markup. */
export class SegmentView {
  @Fragment(20_000)
  text: string;

  /** Whether this is what was looked for. */
  @Flag()
  isMatch: boolean;
}

/** What stands around the words in a note. */
export class SnippetView {
  /** Where it is in an addendum: which. */
  @Id()
  addendumId?: string;

  /** One after another they are the text. */
  @Parts(() => SegmentView, 100)
  segments: SegmentView[];
}

export class NoteHitView {
  @Id()
  id: string;

  @Id()
  clientId: string;

  @Id()
  sessionId?: string;

  /** The coach who wrote it. */
  @Id()
  authorId: string;

  @Code(VISIBILITIES)
  visibility: Visibility;

  @Code(NOTE_STATUSES)
  status: NoteStatus;

  @Instant()
  signedAt?: string;

  @Parts(() => SnippetView, 200)
  snippets: SnippetView[];
}

export class NoteHitPage {
  @Parts(() => NoteHitView, 100)
  items: NoteHitView[];

  /** Where to look on: there may be more, also where this page is short. Absent when all was looked through. */
  @Line(500)
  next?: string;
}
