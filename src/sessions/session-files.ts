import { Injectable } from '@nestjs/common';
import { ownClients, visibleFiles } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { notFound } from '../common/problems.js';
import type { Tx } from '../database/tx.js';
import { Session } from './session.entity.js';

/** Finds sessions through the files they belong to. */
@Injectable()
export class SessionFiles {
  /** A session of this coach's own client. @throws Problem 404 */
  ofCoach(tx: Tx, person: Person, id: string, lock?: 'for update'): Promise<Session> {
    return this.load(tx, { ...ownClients(person), id }, lock);
  }

  /** A session that coach or admin may see. @throws Problem 404 */
  visible(tx: Tx, person: Person, id: string): Promise<Session> {
    return this.load(tx, { ...visibleFiles(person), id });
  }

  private async load(
    tx: Tx,
    where: { practiceId: string; coachId?: string; id: string },
    lock?: 'for update',
  ): Promise<Session> {
    const session = await tx.manager.findOne(Session, {
      where,
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    if (!session) throw notFound();
    return session;
  }
}
