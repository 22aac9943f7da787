import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles, isCoachOf } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import { given } from '../../common/patch.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import type { AssignExercise, AssignmentQuery, ChangeAssignment } from './assignment.dto.js';
import { Assignment } from './assignment.entity.js';
import { AssignmentFiles } from './assignment-files.js';
import { AssignmentMessages } from './assignment-messages.js';
import { assignmentRow, assignmentsPage, type AssignmentRow } from './assignment.queries.js';
import { AssignmentWriter, type Step } from './assignment-writer.js';

/** An assignment with its exercise, and with the coach's words where the reader may read them. */
export interface ToldAssignment extends Omit<AssignmentRow, 'message'> {
  readonly id: string;
  readonly message?: string;
}

/** What a coach gives a client to do between sessions. */
@Injectable()
export class AssignmentsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly assignments: AssignmentFiles,
    private readonly messages: AssignmentMessages,
    private readonly writer: AssignmentWriter,
    private readonly audit: Audit,
  ) {}

  async list(
    person: Person,
    clientId: string,
    { status, limit, cursor }: AssignmentQuery,
  ): Promise<Page<ToldAssignment>> {
    const after = cursor ? fromCursor(cursor, [UUID]) : undefined;
    const told = await this.tenant.read(person, async (tx) => {
      const client = await this.files.visible(tx, person, clientId);
      const { practiceId } = tx;
      const rows = await assignmentsPage(tx, { practiceId, clientId }, { status, after, limit: limit + 1 });
      return this.tell(tx, rows, clientId, isCoachOf(person, client));
    });
    const rowCount = Math.min(told.length, limit);
    await this.audit.witness(person, { event: 'assignments.listed', clientId, rowCount });
    return pageOf(
      told,
      limit,
      ({ id }) => [id],
      (one) => one,
    );
  }

  async read(person: Person, id: string): Promise<ToldAssignment> {
    const told = await this.tenant.read(person, (tx) => this.load(tx, person, id));
    await this.audit.witness(person, { event: 'assignment.read', ...about(told.assignment) });
    return told;
  }

  assign(person: Person, clientId: string, input: AssignExercise): Promise<ToldAssignment> {
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await this.files.ofCoach(tx, person, clientId, 'for update');
        const { id } = await this.writer.assign(tx, person, client, input);
        return this.load(tx, person, id);
      },
      (tx, id) => this.load(tx, person, id),
    );
  }

  /** Changes when and how it is meant, and the words with it; never the exercise. */
  change(person: Person, id: string, input: ChangeAssignment, version?: number): Promise<ToldAssignment> {
    return this.tenant.change(person, async (tx) => {
      const assignment = await this.assignments.ofCoach(tx, person, id, 'for update');
      expectVersion(assignment, version);
      assignment.expectOpen();
      const client = await this.files.ofCoach(tx, person, assignment.clientId);
      client.expectWritable();
      const { message, moment, rhythm, startOn, endOn } = input;
      Object.assign(assignment, given({ moment, rhythm }));
      assignment.last(startOn ?? assignment.startOn, endOn ?? assignment.endOn);
      await this.messages.write(tx, assignment, message, assignment.version + 1);
      await this.saveAsNewVersion(tx, assignment);
      this.audit.record(tx, { event: 'assignment.changed', ...about(assignment) });
      return this.load(tx, person, id);
    });
  }

  take(person: Person, id: string, step: Step): Promise<ToldAssignment> {
    return this.tenant.once(
      person,
      async (tx) => {
        const assignment = await this.assignments.ofCoach(tx, person, id, 'for update');
        (await this.files.ofCoach(tx, person, assignment.clientId)).expectOpen();
        await this.writer.take(tx, assignment, step);
        return this.load(tx, person, id);
      },
      (tx) => this.load(tx, person, id),
    );
  }

  /** What was given in one session of this coach's client, newest first. */
  async ofSession(
    tx: Tx,
    { practiceId, id: sessionId, clientId }: { practiceId: string; id: string; clientId: string },
    limit: number,
  ): Promise<ToldAssignment[]> {
    const rows = await assignmentsPage(tx, { practiceId, clientId }, { sessionId, limit });
    return this.tell(tx, rows, clientId, true);
  }

  private async load(tx: Tx, person: Person, id: string): Promise<ToldAssignment> {
    const assignment = await this.assignments.visible(tx, person, id);
    const row = await assignmentRow(tx, assignment);
    const [told] = await this.tell(tx, [row], assignment.clientId, isCoachOf(person, assignment));
    return told!;
  }

  /** The words are told to the file's coach; an admin sees what was given and when. */
  private async tell(
    tx: Tx,
    rows: readonly AssignmentRow[],
    clientId: string,
    isCoach: boolean,
  ): Promise<ToldAssignment[]> {
    const sealed = rows.map(({ message }) => (isCoach ? message : null));
    const messages = await this.messages.read(tx, clientId, sealed);
    return rows.map((row, i) => told(row, messages[i]));
  }

  /** The words are part of it: a change of them alone is a new version too. */
  private async saveAsNewVersion(tx: Tx, assignment: Assignment): Promise<void> {
    const { practiceId, id, moment, rhythmKind, timesPerDay, weekdays, startOn, endOn } = assignment;
    await tx.manager.update(
      Assignment,
      { practiceId, id },
      { moment, rhythmKind, timesPerDay, weekdays, startOn, endOn },
    );
  }
}

export const told = (
  { assignment, exercise, openPause }: AssignmentRow,
  message: string | undefined,
): ToldAssignment => ({
  id: assignment.id,
  assignment,
  exercise,
  openPause,
  ...(message !== undefined && { message }),
});

const about = ({ id, clientId }: Assignment) => ({ clientId, objectType: 'assignment', objectId: id });
