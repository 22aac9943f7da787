import { Injectable } from '@nestjs/common';
import { CannotOpen } from '../common/cipher/cipher.js';
import type { FileCipher } from '../common/cipher/file-cipher.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { newId } from '../common/id.js';
import { ClientKeys } from '../clients/client-keys.js';
import type { Tx } from '../database/tx.js';
import type { Note, NoteStatus } from './note.entity.js';
import { NoteAddendum } from './note-addendum.entity.js';
import { NoteBody } from './note-body.entity.js';
import { NoteError } from './note-error.entity.js';
import {
  addendumPlace,
  addendumSignaturePlace,
  bodyPlace,
  errorReasonPlace,
  signaturePlace,
} from './note-places.js';
import { hashOfAddendum, hashOfNote, type SignedAddendum, type SignedNote } from './signed-hash.js';

/** A text as it is stored, with its signature where it has one. */
export interface SealedNote extends SignedNote {
  readonly status: NoteStatus;
  readonly body: Buffer;
  readonly signature: Buffer | null;
}

export interface SealedAddendum extends SignedAddendum {
  readonly body: Buffer;
  readonly signature: Buffer;
}

/** A text, opened; the hash of what was signed where somebody put their name to it. */
export interface OpenedText {
  readonly body: string;
  readonly sha256?: string;
}

/** What stands there is not what was signed: somebody changed it past the system. */
export class BrokenSignature extends Error {
  override readonly name = 'BrokenSignature';

  constructor(
    readonly clientId: string,
    readonly noteId: string,
  ) {
    super(`the signature of note ${noteId} is broken`);
  }
}

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
      body: file.seal(bodyPlace(id, textVersion), text),
      signature: null,
      writtenBy: authorId,
      writtenAt: updatedAt,
    });
  }

  /** Seals beside the text what its signature covers. The note says already who signs and when, and is saved afterwards. */
  async sign(tx: Tx, note: Note): Promise<void> {
    const { practiceId, id: noteId, clientId, textVersion: version } = note;
    const { body } = await tx.manager.findOneByOrFail(NoteBody, { practiceId, noteId, version });
    const file = await this.keys.open(tx, clientId);
    const hash = hashOfNote(note, file.open(bodyPlace(noteId, version), body));
    const signature = file.seal(signaturePlace(noteId, version), hash);
    await tx.manager.update(NoteBody, { practiceId, noteId, version }, { signature });
  }

  /** Writes and signs words that belong to a signed note; whoever reads the note reads them too. */
  async addAddendum(tx: Tx, note: Note, text: string, signedBy: string, signedAt: Date): Promise<void> {
    const { practiceId, id: noteId, clientId, coachId } = note;
    const addendum = { practiceId, id: newId(signedAt), noteId, clientId, signedBy, signedAt };
    const file = await this.keys.open(tx, clientId);
    await tx.manager.insert(NoteAddendum, {
      ...addendum,
      coachId,
      coachReaderId: signedBy,
      clientReaderId: note.isForClient ? clientId : null,
      body: file.seal(addendumPlace(addendum.id), text),
      signature: file.seal(addendumSignaturePlace(addendum.id), hashOfAddendum(addendum, text)),
    });
  }

  /** Keeps why a note was a mistake. */
  async explainError(tx: Tx, note: Note, reason: string, coachReaderId: string): Promise<void> {
    const { practiceId, id: noteId, clientId, coachId } = note;
    const file = await this.keys.open(tx, clientId);
    await tx.manager.insert(NoteError, {
      practiceId,
      noteId,
      clientId,
      coachId,
      coachReaderId,
      reason: file.seal(errorReasonPlace(noteId), reason),
    });
  }

  /** What opens the texts of a file that came with its wrapped key. */
  cipher(practiceId: string, clientId: string, wrappedKey: Buffer): FileCipher {
    return this.installationKey.unwrap(practiceId, clientId, wrappedKey);
  }

  /** @throws BrokenSignature */
  open(file: FileCipher, note: SealedNote): OpenedText {
    const { id, textVersion, body, signature, clientId } = note;
    if (note.status === 'draft') return { body: file.open(bodyPlace(id, textVersion), body) };
    return whole(clientId, id, () => {
      const text = file.open(bodyPlace(id, textVersion), body);
      const signed = signature && file.open(signaturePlace(id, textVersion), signature);
      return { body: text, sha256: hashOfNote(note, text), signed };
    });
  }

  /** @throws BrokenSignature */
  openAddendum(file: FileCipher, addendum: SealedAddendum): OpenedText {
    const { id, noteId, clientId, body, signature } = addendum;
    return whole(clientId, noteId, () => {
      const text = file.open(addendumPlace(id), body);
      const signed = file.open(addendumSignaturePlace(id), signature);
      return { body: text, sha256: hashOfAddendum(addendum, text), signed };
    });
  }

  openReason(file: FileCipher, noteId: string, reason: Buffer): string {
    return file.open(errorReasonPlace(noteId), reason);
  }

  /** Opens several texts of one file. */
  async openAll(tx: Tx, clientId: string, bodies: readonly NoteBody[]): Promise<string[]> {
    const file = await this.keys.open(tx, clientId);
    return bodies.map(({ noteId, version, body }) => file.open(bodyPlace(noteId, version), body));
  }
}

interface Reopened extends Required<OpenedText> {
  /** The hash that was kept when it was signed. */
  readonly signed: string | null;
}

/** What was signed and does not open has been changed as much as what opens to something else. */
function whole(clientId: string, noteId: string, open: () => Reopened): OpenedText {
  try {
    const { body, sha256, signed } = open();
    if (signed === sha256) return { body, sha256 };
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
  }
  throw new BrokenSignature(clientId, noteId);
}
