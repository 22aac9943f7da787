import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientKeys } from '../../clients/client-keys.js';
import type { Person } from '../../common/actor.js';
import type { Place } from '../../common/cipher/file-cipher.js';
import { Clock } from '../../common/clock.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import type { Note } from '../note.entity.js';
import { sharedIsRead } from '../note.errors.js';
import { NoteFiles } from '../note-files.js';
import type { NoteWithholdingView, WithholdNote } from './note-withholding.dto.js';
import { NoteWithholding } from './note-withholding.entity.js';

/** The grounds on which a coach keeps a private note out of a copy for its client; they are on record, and told. */
@Injectable()
export class NoteWithholdingsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: NoteFiles,
    private readonly keys: ClientKeys,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 where there is none, 403 `only-its-reader` */
  async read(person: Person, id: string): Promise<NoteWithholdingView> {
    const { view, clientId } = await this.tenant.read(person, async (tx) => {
      const note = await this.files.ofCoach(tx, person, id);
      await this.files.expectReader(tx, person, note);
      return { view: await this.tell(tx, note), clientId: note.clientId };
    });
    await this.audit.witness(person, { event: 'note.withholding_read', clientId, ...about(id) });
    return view;
  }

  /** @throws Problem 404, 403 `only-its-reader`, 409 `note-shared` */
  async withhold(person: Person, id: string, { ground, reason }: WithholdNote): Promise<NoteWithholdingView> {
    return this.tenant.change(person, async (tx) => {
      const note = await this.files.ofCoach(tx, person, id, 'for update');
      await this.files.expectReader(tx, person, note);
      if (note.visibility === 'shared') throw sharedIsRead();
      const { practiceId, clientId, coachId } = note;
      const stood = await tx.manager.findOneBy(NoteWithholding, { practiceId, noteId: id });
      const version = (stood?.version ?? 0) + 1;
      const sealed = (await this.keys.open(tx, clientId)).seal(placeOf(id, version), reason);
      const said = { ground, reason: sealed, recordedBy: person.userId, recordedAt: this.clock.now() };
      if (stood) await tx.manager.save(Object.assign(stood, said));
      else await tx.manager.insert(NoteWithholding, { practiceId, noteId: id, clientId, coachId, ...said });
      this.audit.record(tx, { event: 'note.withheld', ground, clientId, ...about(id) });
      return this.tell(tx, note);
    });
  }

  /** @throws Problem 404, 403 `only-its-reader` */
  async end(person: Person, id: string): Promise<void> {
    await this.tenant.change(person, async (tx) => {
      const note = await this.files.ofCoach(tx, person, id, 'for update');
      await this.files.expectReader(tx, person, note);
      const { practiceId, clientId } = note;
      const { affected } = await tx.manager.delete(NoteWithholding, { practiceId, noteId: id });
      if (affected === 0) return;
      this.audit.record(tx, { event: 'note.withholding_ended', clientId, ...about(id) });
    });
  }

  private async tell(tx: Tx, { practiceId, id: noteId, clientId }: Note): Promise<NoteWithholdingView> {
    const found = await tx.manager.findOneBy(NoteWithholding, { practiceId, noteId });
    if (!found) throw notFound();
    const { ground, recordedBy, recordedAt, version } = found;
    const reason = (await this.keys.open(tx, clientId)).open(placeOf(noteId, version), found.reason);
    return { ground, reason, recordedBy, recordedAt: recordedAt.toISOString(), version };
  }
}

const about = (id: string) => ({ objectType: 'note', objectId: id });

const placeOf = (noteId: string, version: number): Place => ({
  column: 'note_withholdings.reason',
  row: noteId,
  version,
});
