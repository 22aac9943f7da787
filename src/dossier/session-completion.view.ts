import type { Person } from '../common/actor.js';
import type { Language } from '../common/language.js';
import { noteView } from '../notes/note.view.js';
import { observationView } from '../observations/observation.view.js';
import type { CompletedSessionView } from './session-completion.dto.js';
import type { CompletedSession } from './session-completion.service.js';

/** For the file's coach, who alone completes a session. */
export function completedSessionView(
  { session, observed, notes, assignments }: CompletedSession,
  person: Person,
  language: Language,
): CompletedSessionView {
  return {
    ...session,
    ...(observed && { observation: observationView(observed) }),
    notes: notes.map((note) => noteView(note, person, language)),
    assignments,
  };
}
