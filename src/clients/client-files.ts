import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { isAdmin, type Person } from '../common/actor.js';
import { notFound } from '../common/problems.js';
import type { Tx } from '../database/tx.js';
import { Client } from './client.entity.js';

/** Columns that say whose a row of a file is; part of every `where` on such rows. */
export interface FileScope {
  readonly practiceId: string;
  readonly coachId?: string;
  readonly clientId?: string;
}

/** The rows that a coach works with: those of their own clients. */
export function ownClients({ practiceId, userId }: Person): FileScope & { coachId: string } {
  return { practiceId, coachId: userId };
}

/** The rows that may be listed and read by coach or admin: an admin's whole practice, else a coach's own clients. */
export function visibleFiles(person: Person): FileScope {
  return isAdmin(person) ? { practiceId: person.practiceId } : ownClients(person);
}

/** The rows of a client's own file. */
export function ownFile({ practiceId, clientId }: Person): FileScope & { clientId: string } {
  if (!clientId) throw notFound();
  return { practiceId, clientId };
}

/** Whether this person is the file's coach now, who sees what an admin does not. */
export const isCoachOf = (person: Person, row: { readonly coachId: string }): boolean =>
  row.coachId === person.userId;

/**
 * Who may see whose file, in one place. What is out of scope is not found: that a file exists is private too.
 */
@Injectable()
export class ClientFiles {
  /** A client of this coach. @throws Problem 404 */
  ofCoach(tx: Tx, person: Person, id: string, lock?: 'for update'): Promise<Client> {
    return this.load(tx, { ...ownClients(person), id }, lock);
  }

  /** A client of this coach, or of the practice that this person is admin of. @throws Problem 404 */
  visible(tx: Tx, person: Person, id: string, lock?: 'for update'): Promise<Client> {
    const { practiceId, coachId } = visibleFiles(person);
    return this.load(tx, { practiceId, ...(coachId && { coachId }), id }, lock);
  }

  /** The person's own file. @throws Problem 404 */
  own(tx: Tx, person: Person, lock?: 'for update'): Promise<Client> {
    const { practiceId, clientId } = ownFile(person);
    return this.load(tx, { practiceId, id: clientId }, lock);
  }

  /** Any file of the practice, for a system task that has found its way. @throws Problem 404 */
  inPractice(tx: Tx, id: string): Promise<Client> {
    return this.load(tx, { practiceId: tx.practiceId, id });
  }

  private async load(
    tx: Tx,
    where: { practiceId: string; id: string; coachId?: string },
    lock?: 'for update',
  ): Promise<Client> {
    const client = await tx.manager.findOne(Client, {
      // Of who was erased there is no file to find.
      where: { ...where, erasedAt: IsNull() },
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    if (!client) throw notFound();
    return client;
  }
}
