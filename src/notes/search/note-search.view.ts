import type { NoteHitView } from './note-search.dto.js';
import type { NoteHit } from './note-search.service.js';

/** For the coach who may read the note; what a search shows of it is a piece of its text. */
export function noteHitView({ note, snippets }: NoteHit): NoteHitView {
  const { id, clientId, sessionId, authorId, visibility, status, signedAt } = note;
  return {
    id,
    clientId,
    ...(sessionId && { sessionId }),
    authorId,
    visibility,
    status,
    ...(signedAt && { signedAt: signedAt.toISOString() }),
    snippets: snippets.map(({ addendumId, segments }) => ({
      ...(addendumId && { addendumId }),
      segments: segments.map(({ text, isMatch }) => ({ text, isMatch })),
    })),
  };
}
