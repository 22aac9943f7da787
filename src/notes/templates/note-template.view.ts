import type { LastNoteView, NoteTemplateView, StartingPointView } from './note-template.dto.js';
import type { StandingTemplate, StartingPoint } from './note-templates.service.js';

/** For coach and admin alike: a template is about nobody. */
export function noteTemplateView({ kind, texts: { nl, en }, own }: StandingTemplate): NoteTemplateView {
  return {
    kind,
    nl,
    en,
    isOwn: own !== undefined,
    ...(own && { writtenBy: own.writtenBy, writtenAt: own.writtenAt.toISOString(), version: own.version }),
  };
}

/** For the file's coach. */
export function startingPointView({ kind, body, last }: StartingPoint): StartingPointView {
  return { template: { kind, body }, ...(last && { lastNote: lastNoteView(last) }) };
}

function lastNoteView({ id, sessionId, createdAt, body }: NonNullable<StartingPoint['last']>): LastNoteView {
  return { id, ...(sessionId && { sessionId }), createdAt: createdAt.toISOString(), body };
}
