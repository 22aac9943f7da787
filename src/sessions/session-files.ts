import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.entity.js';
import { ClientFiles, type FileScope, ownClients, visibleFiles } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { notFound } from '../common/problems.js';
import type { Tx } from '../database/tx.js';
import { Session } from './session.entity.js';

/** Finds sessions through the files they belong to. */
@Injectable()
export class SessionFiles {
  constructor(private readonly files: ClientFiles) {}

  /**
   * A session of this coach's own client to change, and its file, which is open. The file is locked before the
   * session, as by all who lock both: nobody waits for somebody who waits for them.
   * @throws Problem 404, 409 `file-closed`
   */
  async toChange(tx: Tx, person: Person, id: string): Promise<{ session: Session; client: Client }> {
    const { clientId } = await this.ofCoach(tx, person, id);
    const client = await this.files.ofCoach(tx, person, clientId, 'for update');
    const session = await this.ofCoach(tx, person, id, 'for update');
    client.expectOpen();
    return { session, client };
  }

  /** A session of this coach's own client. @throws Problem 404 */
  ofCoach(tx: Tx, person: Person, id: string, lock?: 'for update'): Promise<Session> {
    return this.load(tx, { ...ownClients(person), id }, lock);
  }

  /** A session that coach or admin may see. @throws Problem 404 */
  visible(tx: Tx, person: Person, id: string): Promise<Session> {
    return this.load(tx, { ...visibleFiles(person), id });
  }

  private async load(tx: Tx, where: FileScope & { id: string }, lock?: 'for update'): Promise<Session> {
    const session = await tx.manager.findOne(Session, {
      where,
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    if (!session) throw notFound();
    return session;
  }
}
