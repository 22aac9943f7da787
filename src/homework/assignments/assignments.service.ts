import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles, visibleFiles } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { InstallationKey } from '../../common/cipher/installation-key.js';
import { jsonPageOf, type JsonText } from '../../common/json-text.js';
import { fromCursor, UUID } from '../../common/page.js';
import { given } from '../../common/patch.js';
import { notFound } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import type {
  AssignExercise,
  AssignmentPage,
  AssignmentQuery,
  AssignmentView,
  ChangeAssignment,
  ListedAssignment,
} from './assignment.dto.js';
import { Assignment, MOST_IN_A_SET } from './assignment.entity.js';
import { AssignmentFiles } from './assignment-files.js';
import { AssignmentMessages } from './assignment-messages.js';
import { assignmentRows, type AssignmentRow } from './assignment.queries.js';
import { ASSIGNMENT_VIEW, LISTED_VIEW } from './assignment.view.js';
import { openListed, type SealedListed } from './listed-assignment.js';
import { AssignmentWriter, type Step } from './assignment-writer.js';

/** What a coach gives a client to do between sessions. */
@Injectable()
export class AssignmentsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly assignments: AssignmentFiles,
    private readonly messages: AssignmentMessages,
    private readonly writer: AssignmentWriter,
    private readonly installationKey: InstallationKey,
    private readonly audit: Audit,
  ) {}

  async list(
    person: Person,
    clientId: string,
    { status, limit, cursor }: AssignmentQuery,
  ): Promise<JsonText<AssignmentPage>> {
    const after = cursor && fromCursor(cursor, [UUID])[0];
    const scope = { practiceId: person.practiceId, clientId };
    const asked = { status, after, limit: limit + 1 };
    const [, rows] = await this.tenant.read(person, (tx) =>
      Promise.all([
        this.files.visible(tx, person, clientId),
        assignmentRows<SealedListed>(tx, person, scope, LISTED_VIEW, asked),
      ]),
    );
    const assignments = rows.map((row) =>
      this.opened(person.practiceId, row).with({ message: this.messages.open(person.practiceId, row) }),
    );
    const rowCount = Math.min(rows.length, limit);
    await this.audit.witness(person, { event: 'assignments.listed', clientId, rowCount });
    return jsonPageOf(assignments, limit, ({ id }) => [id]);
  }

  async read(person: Person, id: string): Promise<AssignmentView> {
    const assignment = await this.tenant.read(person, (tx) => this.load(tx, person, id));
    await this.audit.witness(person, { event: 'assignment.read', ...about(assignment) });
    return assignment;
  }

  assign(person: Person, clientId: string, input: AssignExercise): Promise<AssignmentView> {
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
  change(person: Person, id: string, input: ChangeAssignment, version?: number): Promise<AssignmentView> {
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

  take(person: Person, id: string, step: Step): Promise<AssignmentView> {
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
    person: Person,
    { practiceId, id: sessionId, clientId }: { practiceId: string; id: string; clientId: string },
    limit: number,
  ): Promise<AssignmentView[]> {
    const asked = { sessionId, limit };
    const rows = await assignmentRows<AssignmentView>(
      tx,
      person,
      { practiceId, clientId },
      ASSIGNMENT_VIEW,
      asked,
    );
    return rows.map((row) => this.viewOf(tx, row));
  }

  /**
   * What was given to one client in one go, in the order of the set.
   * @throws Problem 404
   */
  async givenTogether(tx: Tx, person: Person, id: string): Promise<AssignmentView[]> {
    const asked = { givenTogether: id, limit: MOST_IN_A_SET };
    const rows = await assignmentRows<AssignmentView>(
      tx,
      person,
      visibleFiles(person),
      ASSIGNMENT_VIEW,
      asked,
    );
    if (rows.length === 0) throw notFound();
    return rows.map((row) => this.viewOf(tx, row)).reverse();
  }

  /** @throws Problem 404 */
  private async load(tx: Tx, person: Person, id: string): Promise<AssignmentView> {
    const scope = visibleFiles(person);
    const [row] = await assignmentRows<AssignmentView>(tx, person, scope, ASSIGNMENT_VIEW, { id, limit: 1 });
    if (!row) throw notFound();
    return this.viewOf(tx, row);
  }

  /** What the client shares in words is sealed with their key, as the coach's words are. */
  private opened(
    practiceId: string,
    { clientId, view, wrappedKey }: AssignmentRow<SealedListed>,
  ): JsonText<ListedAssignment> {
    return openListed(view, () => this.installationKey.unwrap(practiceId, clientId, wrappedKey!));
  }

  private viewOf({ practiceId }: Tx, row: AssignmentRow<AssignmentView>): AssignmentView {
    const message = this.messages.open(practiceId, row);
    return { ...row.view.read(), ...(message !== undefined && { message }) };
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

const about = ({ id, clientId }: { readonly id: string; readonly clientId: string }) => ({
  clientId,
  objectType: 'assignment',
  objectId: id,
});
