import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type FileScope, ownClients, ownFile, visibleFiles } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { notFound } from '../../common/problems.js';
import type { Tx } from '../../database/tx.js';
import { Assignment } from './assignment.entity.js';

/** Finds assignments through the files they belong to. */
@Injectable()
export class AssignmentFiles {
  /** An assignment of this coach's own client. @throws Problem 404 */
  ofCoach(tx: Tx, person: Person, id: string, lock?: 'for update'): Promise<Assignment> {
    return this.load(tx, { ...ownClients(person), id }, lock);
  }

  /** An assignment that coach or admin may see. @throws Problem 404 */
  visible(tx: Tx, person: Person, id: string): Promise<Assignment> {
    return this.load(tx, { ...visibleFiles(person), id });
  }

  /** An assignment of the person's own. @throws Problem 404 */
  own(tx: Tx, person: Person, id: string, lock?: 'for update'): Promise<Assignment> {
    return this.load(tx, { ...ownFile(person), id }, lock);
  }

  /** Those of these assignments that are the person's own. */
  ownAmong(tx: Tx, person: Person, ids: readonly string[]): Promise<Assignment[]> {
    return tx.manager.findBy(Assignment, { ...ownFile(person), id: In([...ids]) });
  }

  /**
   * The lock lets a log refer to the assignment meanwhile: who logs holds the file and asks for the assignment,
   * who pauses holds the assignment and asks for the file.
   */
  private async load(tx: Tx, where: FileScope & { id: string }, lock?: 'for update'): Promise<Assignment> {
    const assignment = await tx.manager.findOne(Assignment, {
      where,
      ...(lock && { lock: { mode: 'for_no_key_update' } }),
    });
    if (!assignment) throw notFound();
    return assignment;
  }
}
