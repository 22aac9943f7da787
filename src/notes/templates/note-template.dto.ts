import { Code, Flag, Id, Instant, Optional, Part, Parts, Text, WholeNumber } from '../../common/fields.js';
import { LONGEST_NOTE } from '../note.dto.js';
import { TEMPLATE_KINDS, type TemplateKind } from './shipped-templates.js';

const LONGEST_TEMPLATE = 5_000;

/** What a kind of note begins with in this practice. */
export class WriteTemplate {
  @Text(LONGEST_TEMPLATE, { example: 'Wat ik zag\n-\n\nWat meegaat naar huis\n-' })
  nl: string;

  /** Where a practice works in Dutch only, it may be left out: then the Dutch text stands for both. */
  @Optional()
  @Text(LONGEST_TEMPLATE)
  en?: string;
}

export class NoteTemplateView {
  @Code(TEMPLATE_KINDS)
  kind: TemplateKind;

  @Text(LONGEST_TEMPLATE)
  nl: string;

  @Text(LONGEST_TEMPLATE)
  en: string;

  /** Whether the practice wrote it; else it came with the product. */
  @Flag()
  isOwn: boolean;

  @Id()
  writtenBy?: string;

  @Instant()
  writtenAt?: string;

  /** Of a practice's own words. */
  @WholeNumber(1, 2_147_483_647)
  version?: number;
}

export class NoteTemplateList {
  @Parts(() => NoteTemplateView, TEMPLATE_KINDS.length)
  items: NoteTemplateView[];
}

/** The words that a kind of note begins with, in the language asked for. */
export class StartingTemplateView {
  @Code(TEMPLATE_KINDS)
  kind: TemplateKind;

  @Text(LONGEST_TEMPLATE)
  body: string;
}

/** The newest note of this client that one may read. */
export class LastNoteView {
  @Id()
  id: string;

  @Id()
  sessionId?: string;

  @Instant()
  createdAt: string;

  @Text(LONGEST_NOTE)
  body: string;
}

/** What a new note may begin with. Nothing is written down until the coach writes the note. */
export class StartingPointView {
  @Part(() => StartingTemplateView)
  template: StartingTemplateView;

  /** Absent where there is none yet. */
  @Part(() => LastNoteView)
  lastNote?: LastNoteView;
}
