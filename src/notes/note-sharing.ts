import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import type { Note } from './note.entity.js';
import { alreadyRead } from './note.errors.js';
import { NoteAddendum } from './note-addendum.entity.js';
import { NoteBody } from './note-body.entity.js';
import { NoteShare } from './note-share.entity.js';

/** Lets the client in to a note, exactly while it is shared and signed. */
@Injectable()
export class NoteSharing {
  constructor(
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Saves a note that was signed, or made private or shared, and lets the client in or out accordingly.
   * @param wasForClient whether the client could read it before
   * @throws Problem 409 `already-read`
   */
  async save(tx: Tx, person: Person, note: Note, wasForClient: boolean): Promise<void> {
    if (wasForClient && !note.isForClient) await this.takeBack(tx, note);
    await tx.manager.save(note);
    if (!wasForClient && note.isForClient) await this.letIn(tx, person, note);
  }

  private async letIn(tx: Tx, person: Person, note: Note): Promise<void> {
    const { practiceId, id: noteId, clientId, coachId } = note;
    await this.readable(tx, note, clientId);
    await tx.manager.insert(NoteShare, {
      practiceId,
      noteId,
      clientId,
      coachId,
      sharedBy: person.userId,
      sharedAt: this.clock.now(),
      firstReadAt: null,
      firstReadBy: null,
    });
    this.audit.record(tx, { event: 'note.shared', ...about(note) });
  }

  /** One statement finds it unread and removes it, so that a reading at the same moment comes before or not at all. */
  private async takeBack(tx: Tx, note: Note): Promise<void> {
    const { practiceId, id: noteId } = note;
    const { affected } = await tx.manager.delete(NoteShare, { practiceId, noteId, firstReadAt: IsNull() });
    if (affected === 0) throw alreadyRead();
    await this.readable(tx, note, null);
    this.audit.record(tx, { event: 'note.taken_back', ...about(note) });
  }

  /** What was signed, and what was added to it; never a draft before it. */
  private async readable(tx: Tx, note: Note, clientReaderId: string | null): Promise<void> {
    const { practiceId, id: noteId, textVersion: version } = note;
    await tx.manager.update(NoteBody, { practiceId, noteId, version }, { clientReaderId });
    await tx.manager.update(NoteAddendum, { practiceId, noteId }, { clientReaderId });
  }
}

const about = ({ clientId, id }: Note) => ({ clientId, objectType: 'note', objectId: id });
