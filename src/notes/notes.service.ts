import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { Client } from '../clients/client.entity.js';
import { ClientFiles } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import type { PageQuery } from '../common/page.dto.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import type { Session } from '../sessions/session.entity.js';
import { SessionFiles } from '../sessions/session-files.js';
import type { ChangeNote, WriteNote } from './note.dto.js';
import { Note } from './note.entity.js';
import type { FoundNote, NoteVersion } from './note.view.js';
import { NoteBody } from './note-body.entity.js';
import { NoteFiles, readBy } from './note-files.js';
import { NoteReader } from './note-reader.js';
import { NoteSharing } from './note-sharing.js';
import { NoteTexts } from './note-texts.js';
import { NoteWriter } from './note-writer.js';

/** What a note is about: a client, or one session of theirs. */
export type Subject = { readonly clientId: string } | { readonly sessionId: string };

const TEXT_VERSION = /^\d{1,9}$/;

/** Notes, as a coach writes them and an admin sees that they are there. */
@Injectable()
export class NotesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly clients: ClientFiles,
    private readonly sessions: SessionFiles,
    private readonly files: NoteFiles,
    private readonly reader: NoteReader,
    private readonly writer: NoteWriter,
    private readonly texts: NoteTexts,
    private readonly sharing: NoteSharing,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(person: Person, subject: Subject, { limit, cursor }: PageQuery): Promise<Page<FoundNote>> {
    const before = cursor ? String(fromCursor(cursor, [UUID])[0]) : undefined;
    const { clientId, notes } = await this.tenant.read(person, async (tx) => ({
      clientId: await this.visibleFile(tx, person, subject),
      notes: await this.reader.find(tx, person, { ...subject, before, limit: limit + 1 }),
    }));
    await this.audit.witness(person, {
      event: 'notes.listed',
      clientId,
      rowCount: Math.min(notes.length, limit),
    });
    return pageOf(
      notes,
      limit,
      ({ id }) => [id],
      (note) => note,
    );
  }

  draft(person: Person, subject: Subject, input: WriteNote): Promise<FoundNote> {
    return this.tenant.once(
      person,
      async (tx) => {
        const { client, session } = await this.ownFile(tx, person, subject);
        const { id } = await this.writer.draft(tx, person, client, session, input);
        return this.find(tx, person, id);
      },
      (tx, id) => this.find(tx, person, id),
    );
  }

  async read(person: Person, id: string): Promise<FoundNote> {
    const note = await this.tenant.read(person, (tx) => this.find(tx, person, id));
    await this.audit.witness(person, { event: 'note.read', ...about(note) });
    return note;
  }

  /** Each saved text, newest first; for who may read the note. */
  async versions(person: Person, id: string, { limit, cursor }: PageQuery): Promise<Page<NoteVersion>> {
    const before = cursor ? Number(fromCursor(cursor, [TEXT_VERSION])[0]) : undefined;
    const { note, page } = await this.tenant.read(person, async (tx) => {
      const note = await this.files.ofCoach(tx, person, id);
      await this.files.expectReader(tx, person, note);
      const bodies = await tx.manager.find(NoteBody, {
        where: { ...readBy(person, note), ...(before !== undefined && { version: LessThan(before) }) },
        order: { version: 'desc' },
        take: limit + 1,
      });
      const texts = await this.texts.openAll(tx, note.clientId, bodies);
      const versions = bodies.map(({ version, writtenAt, writtenBy }, i) => ({
        version,
        writtenAt,
        writtenBy,
        body: texts[i]!,
      }));
      const page = pageOf(
        versions,
        limit,
        ({ version }) => [String(version)],
        (one) => one,
      );
      return { note, page };
    });
    await this.audit.witness(person, {
      event: 'note.versions_read',
      ...about(note),
      rowCount: page.items.length,
    });
    return page;
  }

  /** A new text, of a draft; or a note made private or shared, also after its signature. */
  change(person: Person, id: string, { body, visibility }: ChangeNote, version?: number): Promise<FoundNote> {
    return this.tenant.change(person, async (tx) => {
      const { client, note } = await this.files.toChange(tx, person, id, version);
      await this.files.expectReader(tx, person, note);
      const wasForClient = note.isForClient;
      if (body !== undefined) await this.writer.rewrite(tx, person, client, note, body);
      if (visibility !== undefined && visibility !== note.visibility) note.show(visibility, this.clock.now());
      await this.sharing.save(tx, person, note, wasForClient);
      this.audit.record(tx, { event: 'note.changed', ...about(note) });
      return this.find(tx, person, id);
    });
  }

  /** Throws a draft away, by its author. */
  discard(person: Person, id: string, version?: number): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const { note } = await this.files.toChange(tx, person, id, version);
      note.expectDraftOf(person.userId);
      await tx.manager.delete(Note, { practiceId: tx.practiceId, id });
      this.audit.record(tx, { event: 'note.deleted', ...about(note) });
    });
  }

  /** The newest notes of one session, as this person may know them. */
  async ofSession(tx: Tx, person: Person, sessionId: string, limit: number): Promise<FoundNote[]> {
    return this.reader.find(tx, person, { sessionId, limit });
  }

  /** The id of the file that a list is about. */
  private async visibleFile(tx: Tx, person: Person, subject: Subject): Promise<string> {
    if ('sessionId' in subject) return (await this.sessions.visible(tx, person, subject.sessionId)).clientId;
    return (await this.clients.visible(tx, person, subject.clientId)).id;
  }

  /** The file that a note goes into, held so that consent and state stay as they are meanwhile. */
  private async ownFile(
    tx: Tx,
    person: Person,
    subject: Subject,
  ): Promise<{ client: Client; session?: Session }> {
    if ('clientId' in subject)
      return { client: await this.clients.ofCoach(tx, person, subject.clientId, 'for update') };
    const session = await this.sessions.ofCoach(tx, person, subject.sessionId);
    return { session, client: await this.clients.ofCoach(tx, person, session.clientId, 'for update') };
  }

  private async find(tx: Tx, person: Person, id: string): Promise<FoundNote> {
    const [note] = await this.reader.find(tx, person, { id, limit: 1 });
    if (!note) throw notFound();
    return note;
  }
}

const about = ({ clientId, id }: { clientId: string; id: string }) => ({
  clientId,
  objectType: 'note',
  objectId: id,
});
