import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ownFile } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import type { AssignmentQuery } from './assignment.dto.js';
import { AssignmentFiles } from './assignment-files.js';
import { AssignmentMessages } from './assignment-messages.js';
import { assignmentRow, assignmentsPage, type AssignmentRow } from './assignment.queries.js';
import { AssignmentWriter, type Step } from './assignment-writer.js';
import { told, type ToldAssignment } from './assignments.service.js';

/** What a client was given, which they may let rest, take up again and stop, each without a reason. */
@Injectable()
export class OwnAssignmentsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly assignments: AssignmentFiles,
    private readonly messages: AssignmentMessages,
    private readonly writer: AssignmentWriter,
    private readonly audit: Audit,
  ) {}

  async list(person: Person, { status, limit, cursor }: AssignmentQuery): Promise<Page<ToldAssignment>> {
    const after = cursor ? fromCursor(cursor, [UUID]) : undefined;
    const scope = ownFile(person);
    const own = await this.tenant.read(person, async (tx) =>
      this.tell(tx, scope.clientId, await assignmentsPage(tx, scope, { status, after, limit: limit + 1 })),
    );
    const rowCount = Math.min(own.length, limit);
    await this.audit.witness(person, { event: 'assignments.listed', clientId: scope.clientId, rowCount });
    return pageOf(
      own,
      limit,
      ({ id }) => [id],
      (one) => one,
    );
  }

  async read(person: Person, id: string): Promise<ToldAssignment> {
    const own = await this.tenant.read(person, (tx) => this.load(tx, person, id));
    const { clientId } = own.assignment;
    await this.audit.witness(person, {
      event: 'assignment.read',
      clientId,
      objectType: 'assignment',
      objectId: id,
    });
    return own;
  }

  take(person: Person, id: string, step: Exclude<Step, 'complete'>): Promise<ToldAssignment> {
    return this.tenant.once(
      person,
      async (tx) => {
        await this.writer.take(tx, await this.assignments.own(tx, person, id, 'for update'), step);
        return this.load(tx, person, id);
      },
      (tx) => this.load(tx, person, id),
    );
  }

  private async load(tx: Tx, person: Person, id: string): Promise<ToldAssignment> {
    const assignment = await this.assignments.own(tx, person, id);
    const [own] = await this.tell(tx, assignment.clientId, [await assignmentRow(tx, assignment)]);
    return own!;
  }

  private async tell(tx: Tx, clientId: string, rows: readonly AssignmentRow[]): Promise<ToldAssignment[]> {
    const messages = await this.messages.read(
      tx,
      clientId,
      rows.map(({ message }) => message),
    );
    return rows.map((row, i) => told(row, messages[i]));
  }
}
