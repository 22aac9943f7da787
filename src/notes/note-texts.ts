import { Injectable } from '@nestjs/common';
import type { Place } from '../common/cipher/file-cipher.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { ClientKeys } from '../clients/client-keys.js';
import type { Tx } from '../database/tx.js';
import type { Note } from './note.entity.js';
import { NoteBody } from './note-body.entity.js';
import type { SealedText } from './note.queries.js';

/** The texts of notes: each sealed for its own note and version, and never rewritten. */
@Injectable()
export class NoteTexts {
  constructor(
    private readonly keys: ClientKeys,
    private readonly installationKey: InstallationKey,
  ) {}

  /** Adds the text that `note.textVersion` names; its writer is the coach who may read it. */
  async add(tx: Tx, note: Note, text: string): Promise<void> {
    const { practiceId, id, clientId, coachId, textVersion, authorId, updatedAt } = note;
    const file = await this.keys.open(tx, clientId);
    await tx.manager.insert(NoteBody, {
      practiceId,
      noteId: id,
      version: textVersion,
      clientId,
      coachId,
      coachReaderId: authorId,
      clientReaderId: null,
      body: file.seal(placeOf(id, textVersion), text),
      writtenBy: authorId,
      writtenAt: updatedAt,
    });
  }

  open({ practiceId, clientId, id, textVersion, body, wrappedKey }: SealedText): string {
    return this.installationKey.unwrap(practiceId, clientId, wrappedKey).open(placeOf(id, textVersion), body);
  }

  /** Opens several texts of one file. */
  async openAll(tx: Tx, clientId: string, bodies: readonly NoteBody[]): Promise<string[]> {
    const file = await this.keys.open(tx, clientId);
    return bodies.map(({ noteId, version, body }) => file.open(placeOf(noteId, version), body));
  }
}

const placeOf = (noteId: string, textVersion: number): Place => ({
  column: 'note_bodies.body',
  row: noteId,
  version: textVersion,
});
