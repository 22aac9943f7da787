import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { AssignmentsService } from '../assignments/assignments.service.js';
import { AssignmentWriter } from '../assignments/assignment-writer.js';
import type { AssignedSet, AssignSet } from './exercise-set.dto.js';
import { setNotWhole, unknownSet } from './exercise-set.errors.js';
import { setViews } from './exercise-set.queries.js';

/** Gives a client a whole set in one go: every exercise of it or none. */
@Injectable()
export class SetAssignmentsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly assignments: AssignmentsService,
    private readonly writer: AssignmentWriter,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem 409 `set-not-whole`, `too-many-assignments`, `file-closed`, `consent-required` */
  assign(person: Person, clientId: string, { setId, ...input }: AssignSet): Promise<AssignedSet> {
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await this.files.ofCoach(tx, person, clientId, 'for update');
        const { message, overrideLimit, ...common } = input;
        const exercises = (await this.wholeSet(tx, setId)).map(({ exerciseId, moment, rhythm }, i) => ({
          ...common,
          exerciseId,
          moment,
          rhythm,
          ...(i === 0 && { message }),
        }));
        const id = await this.writer.assignTogether(tx, person, client, exercises, overrideLimit);
        return this.load(tx, person, id);
      },
      (tx, id) => this.load(tx, person, id),
    );
  }

  async read(person: Person, id: string): Promise<AssignedSet> {
    const given = await this.tenant.read(person, (tx) => this.load(tx, person, id));
    await this.audit.witness(person, {
      event: 'assignments.listed',
      clientId: given.clientId,
      rowCount: given.assignments.length,
    });
    return given;
  }

  private async wholeSet(tx: Tx, setId: string) {
    const [found] = await setViews(tx, { id: setId, limit: 1 });
    if (!found) throw unknownSet();
    const { items } = found.read();
    const gone = items.filter(({ available }) => !available).map(({ exerciseId }) => exerciseId);
    if (gone.length > 0) throw setNotWhole([...new Set(gone)]);
    return items;
  }

  private async load(tx: Tx, person: Person, id: string): Promise<AssignedSet> {
    const assignments = await this.assignments.givenTogether(tx, person, id);
    return { id, clientId: assignments[0]!.clientId, assignments };
  }
}
