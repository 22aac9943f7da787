import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { ownFile } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import type { PageQuery } from '../common/page.dto.js';
import { Tenant } from '../database/tenant.js';
import { markRead } from './note.queries.js';
import type { OwnNote } from './note.view.js';
import { NoteReader } from './note-reader.js';

/** What a client reads of what their coach wrote. */
@Injectable()
export class OwnNotesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly reader: NoteReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Newest first. What is shown here has been read: from now on the coach cannot take it back. */
  list(person: Person, { limit, cursor }: PageQuery): Promise<Page<OwnNote>> {
    const before = cursor ? String(fromCursor(cursor, [UUID])[0]) : undefined;
    return this.tenant.change(person, async (tx) => {
      const { clientId } = ownFile(person);
      const notes = await this.reader.findOwn(tx, person, clientId, { before, limit: limit + 1 });
      const page = pageOf(
        notes,
        limit,
        ({ id }) => [id],
        (note) => note,
      );
      const ids = page.items.map(({ id }) => id);
      const shared = await markRead(tx, clientId, ids, person.userId, this.clock.now());
      const items = page.items.filter(({ id }) => shared.has(id));
      this.audit.record(tx, { event: 'note.read', clientId, objectType: 'note', rowCount: items.length });
      return { ...page, items };
    });
  }
}
