import type { FileCipher } from '../../common/cipher/file-cipher.js';
import { newId } from '../../common/id.js';
import type { Note, NoteStatus, Visibility } from '../../notes/note.entity.js';
import type { NoteAddendum } from '../../notes/note-addendum.entity.js';
import type { NoteBody } from '../../notes/note-body.entity.js';
import { addendumPlace, addendumSignaturePlace, bodyPlace, signaturePlace } from '../../notes/note-places.js';
import type { NoteShare } from '../../notes/note-share.entity.js';
import { hashOfAddendum, hashOfNote } from '../../notes/signed-hash.js';
import type { ClientOnFile } from '../on-file.queries.js';
import type { AddendumSaid } from './addenda.js';
import type { NoteRow } from './columns.js';

/** A note that can be brought in, with what it rests on here. */
export interface NewNote {
  readonly said: NoteRow;
  readonly id: string;
  readonly client: ClientOnFile;
  readonly authorId: string;
  readonly visibility: Visibility;
  readonly status: NoteStatus;
  readonly createdAt: Date;
  readonly signedBy: string | null;
  readonly enteredInErrorBy: string | null;
  readonly addenda: readonly (AddendumSaid & { readonly by: string })[];
}

/** The rows of one note: who reads what of it follows from what it is, as where it was written. */
export class MadeNote {
  readonly note: Omit<Note, KeysOfMethods>;
  private readonly readers: { coachReaderId: string; clientReaderId: string | null };

  constructor(
    private readonly practiceId: string,
    private readonly from: NewNote,
    private readonly file: FileCipher,
    importId: string,
    private readonly now: Date,
  ) {
    const { said, client, ...row } = from;
    this.note = {
      practiceId,
      id: row.id,
      clientId: client.id,
      coachId: client.coachId,
      sessionId: said.sessionId ?? null,
      authorId: row.authorId,
      visibility: row.visibility,
      status: row.status,
      textVersion: 1,
      createdAt: row.createdAt,
      updatedAt: said.updatedAt ?? row.createdAt,
      signedAt: said.signedAt ?? null,
      signedBy: row.signedBy,
      enteredInErrorAt: said.enteredInErrorAt ?? null,
      enteredInErrorBy: row.enteredInErrorBy,
      importId,
      version: 1,
    };
    this.readers = {
      coachReaderId: row.visibility === 'shared' ? client.coachId : row.authorId,
      clientReaderId: this.isForClient ? client.id : null,
    };
  }

  body(): Partial<NoteBody> {
    const { practiceId, note, file } = this;
    const { id: noteId, clientId, coachId, authorId: writtenBy, updatedAt: writtenAt } = note;
    const text = this.from.said.body!;
    return {
      practiceId,
      noteId,
      version: 1,
      clientId,
      coachId,
      ...this.readers,
      body: file.seal(bodyPlace(noteId, 1), text),
      signature:
        note.status === 'draft' ? null : file.seal(signaturePlace(noteId, 1), hashOfNote(note, text)),
      writtenBy,
      writtenAt,
    };
  }

  addenda(): Partial<NoteAddendum>[] {
    const { practiceId, note, file } = this;
    const { id: noteId, clientId, coachId } = note;
    return this.from.addenda.map(({ body, signedAt, by: signedBy }) => {
      const addendum = { practiceId, id: newId(signedAt), noteId, clientId, signedBy, signedAt };
      return {
        ...addendum,
        coachId,
        ...this.readers,
        body: file.seal(addendumPlace(addendum.id), body),
        signature: file.seal(addendumSignaturePlace(addendum.id), hashOfAddendum(addendum, body)),
      };
    });
  }

  /** That the client reads it from here on; whether they read it there, no file tells. */
  share(): Partial<NoteShare>[] {
    if (!this.isForClient) return [];
    const { practiceId, id: noteId, clientId, coachId, signedBy } = this.note;
    return [
      {
        practiceId,
        noteId,
        clientId,
        coachId,
        sharedBy: signedBy!,
        sharedAt: this.now,
        firstReadAt: null,
        firstReadBy: null,
      },
    ];
  }

  private get isForClient(): boolean {
    return this.note.visibility === 'shared' && this.note.status !== 'draft';
  }
}

type KeysOfMethods =
  'isDraft' | 'isForClient' | 'expectDraftOf' | 'rewrite' | 'show' | 'sign' | 'addTo' | 'enterInError';
