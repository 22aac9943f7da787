import { Optional, Part, Parts } from '../common/fields.js';
import { AssignExercise, AssignmentView } from '../homework/assignments/assignment.dto.js';
import { NoteView, WriteNote } from '../notes/note.dto.js';
import { ObservationView, WriteObservation } from '../observations/observation.dto.js';
import { SessionView } from '../sessions/session.dto.js';

/** The minute between two clients: what was observed, what to keep, what to take home. Each may be left out. */
export class CompleteSession {
  /** A first observation; one that is there already is never overwritten. */
  @Optional()
  @Part(() => WriteObservation)
  observation?: WriteObservation;

  /** A note of this session, as a draft. */
  @Optional()
  @Part(() => WriteNote)
  note?: WriteNote;

  /** Homework out of this session. */
  @Optional()
  @Parts(() => AssignExercise, 10)
  assignments?: AssignExercise[];
}

/** The session as it stands after its completion, with all that was written of it. */
export class CompletedSessionView extends SessionView {
  @Part(() => ObservationView)
  observation?: ObservationView;

  @Parts(() => NoteView, 100)
  notes: NoteView[];

  @Parts(() => AssignmentView, 100)
  assignments: AssignmentView[];
}
