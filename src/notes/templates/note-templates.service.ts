import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import type { Bilingual, Language } from '../../common/language.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import type { SessionKind } from '../../sessions/session.entity.js';
import { SessionFiles } from '../../sessions/session-files.js';
import { newestReadable } from '../note.queries.js';
import type { FoundNote } from '../note.view.js';
import { NoteReader } from '../note-reader.js';
import type { Subject } from '../notes.service.js';
import { NoteTemplate } from './note-template.entity.js';
import type { WriteTemplate } from './note-template.dto.js';
import { SHIPPED_TEMPLATES, TEMPLATE_KINDS, type TemplateKind } from './shipped-templates.js';

/** What a kind of note begins with: the practice's own words, or else those that come with the product. */
export interface StandingTemplate {
  readonly kind: TemplateKind;
  readonly texts: Bilingual;
  readonly own?: NoteTemplate;
}

/** What one new note may begin with. */
export interface StartingPoint {
  readonly kind: TemplateKind;
  readonly body: string;
  readonly last?: Pick<FoundNote, 'id' | 'sessionId' | 'createdAt'> & { readonly body: string };
}

const KIND_FOR: Readonly<Record<SessionKind, TemplateKind>> = {
  intake: 'intake',
  energizing: 'energizing',
  follow_up: 'energizing',
  evaluation: 'evaluation',
};

/** The beginnings of notes. A template holds nothing about a person. */
@Injectable()
export class NoteTemplatesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly clients: ClientFiles,
    private readonly sessions: SessionFiles,
    private readonly reader: NoteReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(person: Person): Promise<StandingTemplate[]> {
    return this.tenant.read(person, async (tx) => {
      const own = await tx.manager.findBy(NoteTemplate, { practiceId: tx.practiceId });
      return TEMPLATE_KINDS.map((kind) =>
        standing(
          kind,
          own.find((one) => one.kind === kind),
        ),
      );
    });
  }

  /** From now on notes of this kind begin with the practice's own words. */
  write(
    person: Person,
    kind: TemplateKind,
    { nl, en = nl }: WriteTemplate,
    version?: number,
  ): Promise<StandingTemplate> {
    return this.tenant.change(person, async (tx) => {
      const stands = await this.own(tx, kind, 'for update');
      if (version !== undefined) expectVersion(stands ?? { version: 0 }, version);
      const written = { textNl: nl, textEn: en, writtenBy: person.userId, writtenAt: this.clock.now() };
      const template = stands ?? tx.manager.create(NoteTemplate, { practiceId: tx.practiceId, kind });
      await tx.manager.save(Object.assign(template, written));
      this.audit.record(tx, { event: 'note_template.changed', objectType: 'note_template', ground: kind });
      return standing(kind, template);
    });
  }

  /** Back to the words that come with the product. */
  reset(person: Person, kind: TemplateKind, version?: number): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const stands = await this.own(tx, kind, 'for update');
      if (version !== undefined) expectVersion(stands ?? { version: 0 }, version);
      await tx.manager.delete(NoteTemplate, { practiceId: tx.practiceId, kind });
      this.audit.record(tx, { event: 'note_template.reset', objectType: 'note_template', ground: kind });
    });
  }

  /** What a note about this client, or this session of theirs, may begin with. */
  async startingPoint(person: Person, subject: Subject, language: Language): Promise<StartingPoint> {
    const { clientId, point } = await this.tenant.read(person, async (tx) => {
      const { clientId, kind } = await this.about(tx, person, subject);
      const { texts } = standing(kind, await this.own(tx, kind));
      const last = await this.last(tx, person, clientId);
      return { clientId, point: { kind, body: texts[language], ...(last && { last }) } };
    });
    await this.audit.witness(person, {
      event: 'note.read',
      clientId,
      objectType: 'note',
      ...(point.last && { objectId: point.last.id }),
      ground: 'starting-point',
      rowCount: point.last ? 1 : 0,
    });
    return point;
  }

  private async about(
    tx: Tx,
    person: Person,
    subject: Subject,
  ): Promise<{ clientId: string; kind: TemplateKind }> {
    if ('clientId' in subject) {
      return { clientId: (await this.clients.ofCoach(tx, person, subject.clientId)).id, kind: 'free' };
    }
    const { clientId, kind } = await this.sessions.ofCoach(tx, person, subject.sessionId);
    return { clientId, kind: KIND_FOR[kind] };
  }

  private async last(tx: Tx, person: Person, clientId: string): Promise<StartingPoint['last']> {
    const id = await newestReadable(tx, person, clientId);
    if (!id) return undefined;
    const [note] = await this.reader.find(tx, person, { id, limit: 1 });
    return note?.body === undefined ? undefined : { ...note, body: note.body };
  }

  private own(tx: Tx, kind: TemplateKind, lock?: 'for update'): Promise<NoteTemplate | null> {
    return tx.manager.findOne(NoteTemplate, {
      where: { practiceId: tx.practiceId, kind },
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
  }
}

function standing(kind: TemplateKind, own: NoteTemplate | null | undefined): StandingTemplate {
  return own
    ? { kind, texts: { nl: own.textNl, en: own.textEn }, own }
    : { kind, texts: SHIPPED_TEMPLATES[kind] };
}
