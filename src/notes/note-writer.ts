import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Client } from '../clients/client.entity.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { notFound } from '../common/problems.js';
import type { Tx } from '../database/tx.js';
import { whenViolated } from '../database/violation.js';
import type { Session } from '../sessions/session.entity.js';
import type { WriteNote } from './note.dto.js';
import { Note } from './note.entity.js';
import { NoteTexts } from './note-texts.js';

/** Puts a coach's words on file: with consent, in an open file, sealed. Hold the file `for update`. */
@Injectable()
export class NoteWriter {
  constructor(
    private readonly texts: NoteTexts,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * A new draft of this coach, about a session of the client or about the client.
   * @throws Problem 409 `file-closed`, `consent-required`
   */
  async draft(
    tx: Tx,
    person: Person,
    client: Client,
    session: Session | undefined,
    { visibility, body }: WriteNote,
  ): Promise<Note> {
    client.expectWritable();
    const now = this.clock.now();
    const note = tx.manager.create(Note, {
      practiceId: tx.practiceId,
      id: newId(now),
      clientId: client.id,
      coachId: client.coachId,
      sessionId: session?.id ?? null,
      authorId: person.userId,
      visibility,
      status: 'draft',
      textVersion: 1,
      createdAt: now,
      updatedAt: now,
      signedAt: null,
      signedBy: null,
      enteredInErrorAt: null,
      enteredInErrorBy: null,
      importId: null,
    });
    // A session that was deleted a moment ago is not there.
    await tx.manager.insert(Note, note).catch(whenViolated({ notes_session_fkey: notFound }));
    await this.texts.add(tx, note, body);
    this.audit.record(tx, {
      event: 'note.drafted',
      clientId: client.id,
      objectType: 'note',
      objectId: note.id,
    });
    return note;
  }

  /**
   * Gives a draft its next text; save the note afterwards.
   * @throws Problem 409 `file-closed`, `consent-required`, `note-signed`, 403 `only-the-author`
   */
  async rewrite(tx: Tx, person: Person, client: Client, note: Note, body: string): Promise<void> {
    note.rewrite(person.userId, this.clock.now());
    client.expectWritable();
    await this.texts.add(tx, note, body);
  }
}
