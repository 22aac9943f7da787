import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import type { FileCipher } from '../common/cipher/file-cipher.js';
import type { Problem } from '../common/problem.js';
import type { Tx } from '../database/tx.js';
import { signatureBroken } from './note.errors.js';
import {
  addendaFor,
  type NotesAsked,
  notesFor,
  ownAddenda,
  ownNotesPage,
  type StoredNote,
  type StoredOwnNote,
} from './note.queries.js';
import type { Addendum, FoundNote, OwnNote } from './note.view.js';
import { BrokenSignature, NoteTexts, type SealedAddendum } from './note-texts.js';

/**
 * Reads notes for whoever may: every text that was signed is held against its signature, each time. What is not
 * what was signed is shown to nobody, and leaves an event and a line in the log.
 */
@Injectable()
export class NoteReader {
  private readonly logger = new Logger(NoteReader.name);

  constructor(
    private readonly texts: NoteTexts,
    private readonly audit: Audit,
  ) {}

  /** As coach or admin finds them. @throws Problem 500 `signature-broken` */
  async find(tx: Tx, person: Person, asked: NotesAsked): Promise<FoundNote[]> {
    const notes = await notesFor(tx, person, asked);
    const addenda = await this.byNote(notes, (ids) => addendaFor(tx, person, ids));
    return this.guarded(person, () => notes.map((note) => this.opened(note, addenda.get(note.id) ?? [])));
  }

  /** As their client reads them. @throws Problem 500 `signature-broken` */
  async findOwn(
    tx: Tx,
    person: Person,
    clientId: string,
    asked: { before?: string; limit: number },
  ): Promise<OwnNote[]> {
    const notes = await ownNotesPage(tx, clientId, asked);
    const addenda = await this.byNote(notes, (ids) => ownAddenda(tx, clientId, ids));
    return this.guarded(person, () => notes.map((note) => this.ownOpened(note, addenda.get(note.id) ?? [])));
  }

  private async byNote(
    notes: readonly (StoredNote | StoredOwnNote)[],
    find: (ids: string[]) => Promise<SealedAddendum[]>,
  ): Promise<Map<string, SealedAddendum[]>> {
    const signed = notes.filter(({ status, body }) => status !== 'draft' && body);
    return signed.length === 0 ? new Map() : groupedByNote(await find(signed.map(({ id }) => id)));
  }

  private opened(
    { body, signature, errorReason, wrappedKey, ...note }: StoredNote,
    addenda: readonly SealedAddendum[],
  ): FoundNote {
    if (!body || !wrappedKey) return { ...note, addenda: [] };
    const file = this.texts.cipher(note.practiceId, note.clientId, wrappedKey);
    return {
      ...note,
      ...this.texts.open(file, { ...note, body, signature }),
      addenda: this.openedAddenda(file, addenda),
      ...(errorReason && { errorReason: this.texts.openReason(file, note.id, errorReason) }),
    };
  }

  private ownOpened({ wrappedKey, ...note }: StoredOwnNote, addenda: readonly SealedAddendum[]): OwnNote {
    const file = this.texts.cipher(note.practiceId, note.clientId, wrappedKey);
    const { body } = this.texts.open(file, note);
    return { ...note, body, addenda: this.openedAddenda(file, addenda) };
  }

  private openedAddenda(file: FileCipher, addenda: readonly SealedAddendum[]): Addendum[] {
    return addenda.map((addendum) => ({ ...addendum, ...this.texts.openAddendum(file, addendum) }));
  }

  /** Tells that a note is not what was signed: in the log of the practice, in that of the server, and to who reads. */
  async broken(person: Person, clientId: string, noteId: string): Promise<Problem> {
    const { requestId } = person.origin;
    this.logger.error({ msg: 'the signature of a note is broken', noteId, requestId });
    await this.audit.witness(person, {
      event: 'note.signature_broken',
      outcome: 'failed',
      clientId,
      objectType: 'note',
      objectId: noteId,
    });
    return signatureBroken(noteId);
  }

  private async guarded<T>(person: Person, open: () => T): Promise<T> {
    try {
      return open();
    } catch (error) {
      if (!(error instanceof BrokenSignature)) throw error;
      throw await this.broken(person, error.clientId, error.noteId);
    }
  }
}

export function groupedByNote(addenda: readonly SealedAddendum[]): Map<string, SealedAddendum[]> {
  const byNote = new Map<string, SealedAddendum[]>();
  for (const addendum of addenda) {
    const others = byNote.get(addendum.noteId);
    if (others) others.push(addendum);
    else byNote.set(addendum.noteId, [addendum]);
  }
  return byNote;
}
