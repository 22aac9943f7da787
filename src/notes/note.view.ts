import { isCoachOf } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import type { Bilingual, Language } from '../common/language.js';
import type { NoteSharingView, NoteVersionView, NoteView, OwnNoteView } from './note.dto.js';
import type { StoredNote, StoredOwnNote } from './note.queries.js';

/** A note with the text opened, where its reader may have it. */
export type FoundNote = Omit<StoredNote, 'body' | 'wrappedKey'> & { readonly body?: string };
export type OwnNote = Omit<StoredOwnNote, 'body' | 'wrappedKey'> & { readonly body: string };
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
  return {
    ...noteMetadata(note),
    ...(note.body !== undefined && { body: note.body }),
    ...(isPrivateDraft && { notice: NOT_UNOBTAINABLE[language] }),
  };
}

function noteMetadata(note: FoundNote): Omit<NoteView, 'body' | 'notice'> {
  const { id, clientId, sessionId, authorId, visibility, status, textVersion, signedAt, signedBy, version } =
    note;
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
    ...(sharing && { sharing }),
    version,
  };
}

function sharingView({ sharedAt, sharedBy, firstReadAt }: FoundNote): NoteSharingView | undefined {
  if (!sharedAt || !sharedBy) return undefined;
  return {
    sharedAt: sharedAt.toISOString(),
    sharedBy,
    ...(firstReadAt && { firstReadAt: firstReadAt.toISOString() }),
  };
}

export function noteVersionView({ version, writtenAt, writtenBy, body }: NoteVersion): NoteVersionView {
  return { version, writtenAt: writtenAt.toISOString(), writtenBy, body };
}

export function ownNoteView({ id, sessionId, body, signedAt, authorId, authorName }: OwnNote): OwnNoteView {
  return {
    id,
    ...(sessionId && { sessionId }),
    body,
    signedAt: signedAt.toISOString(),
    author: { id: authorId, ...(authorName && { name: authorName }) },
  };
}
