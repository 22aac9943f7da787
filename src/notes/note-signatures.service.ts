import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Client } from '../clients/client.entity.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { notFound } from '../common/problems.js';
import { saveAsNewVersion } from '../database/new-version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { type AddToNote, type EnterInError, MOST_ADDENDA } from './note.dto.js';
import type { Note } from './note.entity.js';
import { tooManyAddenda } from './note.errors.js';
import type { FoundNote } from './note.view.js';
import { NoteAddendum } from './note-addendum.entity.js';
import { NoteFiles } from './note-files.js';
import { NoteReader } from './note-reader.js';
import { NoteSharing } from './note-sharing.js';
import { NoteTexts } from './note-texts.js';

/** What a coach puts their name to: a note, what is added to it later, and that it was a mistake. */
@Injectable()
export class NoteSignaturesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: NoteFiles,
    private readonly reader: NoteReader,
    private readonly texts: NoteTexts,
    private readonly sharing: NoteSharing,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The text, the signer and the time stand from here on; and if the note is shared, its client reads it. */
  sign(person: Person, id: string, version?: number): Promise<FoundNote> {
    return this.once(person, id, version, async (tx, note) => {
      note.sign(person.userId, this.clock.now());
      await this.texts.sign(tx, note);
      await this.sharing.save(tx, person, note, false);
      return 'note.signed';
    });
  }

  /** @throws Problem 409 `note-not-signed`, `note-in-error`, `too-many-addenda`, `file-closed`, `consent-required` */
  addTo(person: Person, id: string, { body }: AddToNote, version?: number): Promise<FoundNote> {
    return this.once(person, id, version, async (tx, note, client) => {
      const now = this.clock.now();
      note.addTo(now);
      client.expectWritable();
      const { practiceId } = tx;
      if ((await tx.manager.countBy(NoteAddendum, { practiceId, noteId: id })) >= MOST_ADDENDA) {
        throw tooManyAddenda(MOST_ADDENDA);
      }
      await this.texts.addAddendum(tx, note, body, person.userId, now);
      await saveAsNewVersion(tx, note);
      return 'note.added_to';
    });
  }

  /** The note stays as it was, struck through. @throws Problem 409 `note-not-signed`, `note-in-error` */
  enterInError(person: Person, id: string, { reason }: EnterInError, version?: number): Promise<FoundNote> {
    return this.once(person, id, version, async (tx, note) => {
      note.enterInError(person.userId, this.clock.now());
      await this.texts.explainError(tx, note, reason, person.userId);
      await tx.manager.save(note);
      return 'note.entered_in_error';
    });
  }

  /** @param change what is done to the note, by who may read it; says what event that is */
  private once(
    person: Person,
    id: string,
    version: number | undefined,
    change: (tx: Tx, note: Note, client: Client) => Promise<string>,
  ): Promise<FoundNote> {
    return this.tenant.once(
      person,
      async (tx) => {
        const { note, client } = await this.files.toChange(tx, person, id, version);
        await this.files.expectReader(tx, person, note);
        const event = await change(tx, note, client);
        this.audit.record(tx, { event, clientId: note.clientId, objectType: 'note', objectId: id });
        return this.find(tx, person, id);
      },
      (tx) => this.find(tx, person, id),
    );
  }

  private async find(tx: Tx, person: Person, id: string): Promise<FoundNote> {
    const [note] = await this.reader.find(tx, person, { id, limit: 1 });
    if (!note) throw notFound();
    return note;
  }
}
