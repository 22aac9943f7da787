import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Plain } from '../common/plain.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import type { AssignExercise, AssignmentView } from '../homework/assignments/assignment.dto.js';
import { AssignmentsService } from '../homework/assignments/assignments.service.js';
import { AssignmentWriter } from '../homework/assignments/assignment-writer.js';
import type { FoundNote } from '../notes/note.view.js';
import { NoteWriter } from '../notes/note-writer.js';
import { NotesService } from '../notes/notes.service.js';
import { type Observed, ObservationWriter } from '../observations/observation-writer.js';
import { SessionFiles } from '../sessions/session-files.js';
import type { SessionView } from '../sessions/session.dto.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { within } from './dossier.errors.js';
import type { CompleteSession } from './session-completion.dto.js';

/** A completed session with all that was written of it. */
export interface CompletedSession {
  readonly id: string;
  readonly session: SessionView;
  readonly observed?: Observed;
  readonly notes: FoundNote[];
  readonly assignments: AssignmentView[];
}

/** How much of what a session holds is told with its completion; the lists have the rest. */
const TOLD_AT_MOST = 100;

/** The minute between two clients: observation, note and homework in one transaction, whole or not at all. */
@Injectable()
export class SessionCompletionService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: SessionFiles,
    private readonly sessions: SessionsService,
    private readonly observations: ObservationWriter,
    private readonly notes: NotesService,
    private readonly noteWriter: NoteWriter,
    private readonly assignments: AssignmentsService,
    private readonly assignmentWriter: AssignmentWriter,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 409 `wrong-state`, `not-yet-started`, `observation-exists`, `consent-required`, `too-many-assignments` and the like */
  complete(person: Person, sessionId: string, input: CompleteSession): Promise<CompletedSession> {
    return this.tenant.once(
      person,
      async (tx) => {
        await this.write(tx, person, sessionId, input);
        return this.find(tx, person, sessionId);
      },
      (tx) => this.find(tx, person, sessionId),
    );
  }

  private async write(
    tx: Tx,
    person: Person,
    sessionId: string,
    { observation, note, assignments = [] }: CompleteSession,
  ): Promise<void> {
    const { session, client } = await this.files.toChange(tx, person, sessionId);
    session.complete(this.clock.now());
    await tx.manager.save(session);
    if (observation) await this.observations.write(tx, session, client, person, observation);
    if (note) await this.noteWriter.draft(tx, person, client, session, note);
    const homework: readonly Plain<AssignExercise>[] = assignments;
    for (const [i, given] of homework.entries()) {
      await this.assignmentWriter
        .assign(tx, person, client, { ...given, sessionId })
        .catch(within(`/assignments/${i}`));
    }
    this.audit.record(tx, {
      event: 'session.completed',
      clientId: session.clientId,
      objectType: 'session',
      objectId: sessionId,
    });
  }

  private async find(tx: Tx, person: Person, id: string): Promise<CompletedSession> {
    const stands = await this.files.ofCoach(tx, person, id);
    return {
      id,
      session: await this.sessions.find(tx, person, id),
      observed: await this.observations.find(tx, stands),
      notes: await this.notes.ofSession(tx, person, id, TOLD_AT_MOST),
      assignments: await this.assignments.ofSession(tx, person, stands, TOLD_AT_MOST),
    };
  }
}
