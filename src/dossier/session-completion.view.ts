import type { Person } from '../common/actor.js';
import type { Language } from '../common/language.js';
import type { Plain } from '../common/plain.js';
import { noteView } from '../notes/note.view.js';
import { observationView } from '../observations/observation.view.js';
import type { SessionView } from '../sessions/session.dto.js';
import { sessionView } from '../sessions/session.view.js';
import type { CompletedSessionView } from './session-completion.dto.js';
import type { CompletedSession } from './session-completion.service.js';

/** For the file's coach, who alone completes a session. */
export function completedSessionView(
  { observed, notes, assignments, ...session }: CompletedSession,
  person: Person,
  language: Language,
): CompletedSessionView {
  const told: Plain<SessionView> = sessionView(session);
  return {
    ...told,
    ...(observed && { observation: observationView(observed) }),
    notes: notes.map((note) => noteView(note, person, language)),
    assignments,
  };
}
