import { Injectable } from '@nestjs/common';
import { ClientFiles } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { DAY, fromCursor, type Page } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { Tenant } from '../../database/tenant.js';
import { CheckInReader } from './check-in-reader.js';
import { type CheckInRecord, checkInsPage } from './check-in.queries.js';

/** What the file's coach sees of how it goes: what the client shares, a remark only where all is shared. */
@Injectable()
export class CheckInsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly reader: CheckInReader,
  ) {}

  async list(person: Person, clientId: string, { limit, cursor }: PageQuery): Promise<Page<CheckInRecord>> {
    const after = cursor && fromCursor(cursor, [DAY])[0];
    const [, rows] = await this.tenant.read(person, (tx) =>
      Promise.all([
        this.files.ofCoach(tx, person, clientId),
        checkInsPage(tx, { clientId, isShared: true }, { after, limit: limit + 1 }),
      ]),
    );
    return this.reader.page(person, clientId, rows, limit);
  }
}
