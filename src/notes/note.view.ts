import { isCoachOf } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import type { Bilingual, Language } from '../common/language.js';
import type {
  AddendumView,
  NoteErrorView,
  NoteSharingView,
  NoteVersionView,
  NoteView,
  OwnAddendumView,
  OwnNoteView,
} from './note.dto.js';
import type { StoredNote, StoredOwnNote } from './note.queries.js';

/** Words that came after a note was signed, opened. */
export interface Addendum {
  readonly id: string;
  readonly body: string;
  readonly signedBy: string;
  readonly signedAt: Date;
  readonly sha256?: string;
}

/** A note with the texts opened, where its reader may have them. */
export type FoundNote = Omit<StoredNote, 'body' | 'signature' | 'errorReason' | 'wrappedKey'> & {
  readonly body?: string;
  readonly sha256?: string;
  readonly errorReason?: string;
  readonly addenda: readonly Addendum[];
};
export type OwnNote = Pick<
  StoredOwnNote,
  'id' | 'sessionId' | 'authorId' | 'authorName' | 'signedAt' | 'enteredInErrorAt'
> & {
  readonly body: string;
  readonly addenda: readonly Addendum[];
};
export interface NoteVersion {
  readonly version: number;
  readonly writtenAt: Date;
  readonly writtenBy: string;
  readonly body: string;
}

/** Said where a private note is written. */
const NOT_UNOBTAINABLE: Bilingual = {
  nl: 'Privé is niet onbereikbaar: de cliënt ziet deze notitie niet in de app, maar krijgt haar wel bij een inzageverzoek (AVG art. 15).',
  en: 'Private is not unobtainable: the client does not see this note in the app, but an access request (GDPR art. 15) covers it.',
};

/** The whole note for the file's coach; for anybody else that it is there, and not what it says. */
export function noteView(note: FoundNote, person: Person, language: Language): NoteView {
  return isCoachOf(person, note) ? coachNoteView(note, language) : noteMetadata(note);
}

function coachNoteView(note: FoundNote, language: Language): NoteView {
  const isPrivateDraft = note.visibility === 'private' && note.status === 'draft';
  const { body, sha256, errorReason, addenda } = note;
  const { error, ...metadata } = noteMetadata(note);
  return {
    ...metadata,
    ...(body !== undefined && { body }),
    ...(sha256 && { sha256 }),
    ...(addenda.length > 0 && { addenda: addenda.map(addendumView) }),
    ...(error && { error: { ...error, ...(errorReason && { reason: errorReason }) } }),
    ...(isPrivateDraft && { notice: NOT_UNOBTAINABLE[language] }),
  };
}

type Metadata = Omit<NoteView, 'body' | 'notice' | 'sha256' | 'addenda' | 'error'> & {
  error?: Omit<NoteErrorView, 'reason'>;
};

function noteMetadata(note: FoundNote): Metadata {
  const { id, clientId, sessionId, authorId, visibility, status, textVersion, signedAt, signedBy, version } =
    note;
  const { enteredInErrorAt, enteredInErrorBy, importId } = note;
  const sharing = sharingView(note);
  return {
    id,
    clientId,
    ...(sessionId && { sessionId }),
    authorId,
    visibility,
    status,
    textVersion,
    createdAt: note.createdAt.toISOString(),
    updatedAt: note.updatedAt.toISOString(),
    ...(signedAt && { signedAt: signedAt.toISOString() }),
    ...(signedBy && { signedBy }),
    ...(enteredInErrorAt &&
      enteredInErrorBy && { error: { at: enteredInErrorAt.toISOString(), by: enteredInErrorBy } }),
    ...(sharing && { sharing }),
    ...(importId && { importId }),
    version,
  };
}

function sharingView({
  sharedAt,
  sharedBy,
  firstReadAt,
  firstReadBy,
}: FoundNote): NoteSharingView | undefined {
  if (!sharedAt || !sharedBy) return undefined;
  return {
    sharedAt: sharedAt.toISOString(),
    sharedBy,
    ...(firstReadAt && { firstReadAt: firstReadAt.toISOString() }),
    ...(firstReadBy && { firstReadBy }),
  };
}

function addendumView({ id, body, signedBy, signedAt, sha256 }: Addendum): AddendumView {
  return { id, body, signedBy, signedAt: signedAt.toISOString(), ...(sha256 && { sha256 }) };
}

export function noteVersionView({ version, writtenAt, writtenBy, body }: NoteVersion): NoteVersionView {
  return { version, writtenAt: writtenAt.toISOString(), writtenBy, body };
}

/** For the client of the file: what was shared and signed, and of a mistake that it was one. */
export function ownNoteView(note: OwnNote): OwnNoteView {
  const { id, sessionId, body, signedAt, authorId, authorName, enteredInErrorAt, addenda } = note;
  return {
    id,
    ...(sessionId && { sessionId }),
    body,
    signedAt: signedAt.toISOString(),
    author: { id: authorId, ...(authorName && { name: authorName }) },
    ...(addenda.length > 0 && { addenda: addenda.map(ownAddendumView) }),
    ...(enteredInErrorAt && { enteredInErrorAt: enteredInErrorAt.toISOString() }),
  };
}

function ownAddendumView({ id, body, signedAt }: Addendum): OwnAddendumView {
  return { id, body, signedAt: signedAt.toISOString() };
}
