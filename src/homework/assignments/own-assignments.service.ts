import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ownFile } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { jsonPageOf, type JsonText } from '../../common/json-text.js';
import type { Language } from '../../common/language.js';
import { fromCursor, UUID } from '../../common/page.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import type { AssignmentQuery, OwnAssignmentPage, OwnAssignmentView } from './assignment.dto.js';
import { AssignmentFiles } from './assignment-files.js';
import { AssignmentMessages } from './assignment-messages.js';
import { assignmentRows } from './assignment.queries.js';
import { ownAssignmentView } from './assignment.view.js';
import { AssignmentWriter, type Step } from './assignment-writer.js';

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

  async list(
    person: Person,
    { status, limit, cursor }: AssignmentQuery,
    language: Language,
  ): Promise<JsonText<OwnAssignmentPage>> {
    const after = cursor && fromCursor(cursor, [UUID])[0];
    const scope = ownFile(person);
    const rows = await this.tenant.read(person, (tx) =>
      assignmentRows<OwnAssignmentView>(tx, person, scope, ownAssignmentView(language), {
        status,
        after,
        limit: limit + 1,
      }),
    );
    const own = rows.map((row) => row.view.with({ message: this.messages.open(scope.practiceId, row) }));
    const rowCount = Math.min(rows.length, limit);
    await this.audit.witness(person, { event: 'assignments.listed', clientId: scope.clientId, rowCount });
    return jsonPageOf(own, limit, ({ id }) => [id]);
  }

  async read(person: Person, id: string, language: Language): Promise<OwnAssignmentView> {
    const { clientId } = ownFile(person);
    const own = await this.tenant.read(person, (tx) => this.load(tx, person, id, language));
    await this.audit.witness(person, {
      event: 'assignment.read',
      clientId,
      objectType: 'assignment',
      objectId: id,
    });
    return own;
  }

  take(
    person: Person,
    id: string,
    step: Exclude<Step, 'complete'>,
    language: Language,
  ): Promise<OwnAssignmentView> {
    return this.tenant.once(
      person,
      async (tx) => {
        await this.writer.take(tx, await this.assignments.own(tx, person, id, 'for update'), step);
        return this.load(tx, person, id, language);
      },
      (tx) => this.load(tx, person, id, language),
    );
  }

  /** @throws Problem 404 */
  private async load(tx: Tx, person: Person, id: string, language: Language): Promise<OwnAssignmentView> {
    const view = ownAssignmentView(language);
    const [row] = await assignmentRows<OwnAssignmentView>(tx, person, ownFile(person), view, {
      id,
      limit: 1,
    });
    if (!row) throw notFound();
    const message = this.messages.open(tx.practiceId, row);
    return { ...row.view.read(), ...(message !== undefined && { message }) };
  }
}
