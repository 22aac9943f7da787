import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere } from 'typeorm';
import type { Client } from '../clients/client.entity.js';
import { ClientFiles, ownClients } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import type { Tx } from '../database/tx.js';
import { Note } from './note.entity.js';
import { onlyItsReader } from './note.errors.js';
import { NoteBody } from './note-body.entity.js';

/** Finds notes through the files they belong to. */
@Injectable()
export class NoteFiles {
  constructor(private readonly files: ClientFiles) {}

  /** A note of this coach's own client. @throws Problem 404 */
  async ofCoach(tx: Tx, person: Person, id: string, lock?: 'for update'): Promise<Note> {
    const note = await tx.manager.findOne(Note, {
      where: { ...ownClients(person), id },
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    if (!note) throw notFound();
    return note;
  }

  /**
   * The note to change and its file, which is open; the file is locked first, so that no two changes wait for
   * each other.
   * @throws Problem 404, 409 `file-closed`, 412 `stale`
   */
  async toChange(
    tx: Tx,
    person: Person,
    id: string,
    version?: number,
  ): Promise<{ client: Client; note: Note }> {
    const { clientId } = await this.ofCoach(tx, person, id);
    const client = await this.files.ofCoach(tx, person, clientId, 'for update');
    const note = await this.ofCoach(tx, person, id, 'for update');
    expectVersion(note, version);
    client.expectOpen();
    return { client, note };
  }

  /** A private note of a coach before may be known to be there, and no more. @throws Problem 403 `only-its-reader` */
  async expectReader(tx: Tx, person: Person, note: Note): Promise<void> {
    const where = { ...readBy(person, note), version: note.textVersion };
    if (!(await tx.manager.existsBy(NoteBody, where))) throw onlyItsReader();
  }
}

/** The texts of a note that this coach may read. */
export const readBy = (person: Person, { id: noteId }: Note): FindOptionsWhere<NoteBody> => ({
  ...ownClients(person),
  noteId,
  coachReaderId: person.userId,
});
