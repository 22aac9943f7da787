import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Person } from '../../common/actor.js';
import { InstallationKey } from '../../common/cipher/installation-key.js';
import { type Page, pageOf } from '../../common/page.js';
import { type CheckInRecord, type ListedCheckIn, recordOf } from './check-in.queries.js';

/** Tells a page of check-ins to whoever may read it, and keeps that it was read. */
@Injectable()
export class CheckInReader {
  constructor(
    private readonly installationKey: InstallationKey,
    private readonly audit: Audit,
  ) {}

  async page(
    person: Person,
    clientId: string,
    rows: readonly ListedCheckIn[],
    limit: number,
  ): Promise<Page<CheckInRecord>> {
    const page = pageOf(
      rows,
      limit,
      ({ checkIn }) => [checkIn.on],
      (row) => this.opened(person.practiceId, clientId, row),
    );
    await this.audit.witness(person, {
      event: 'check_ins.listed',
      clientId,
      rowCount: page.items.length,
    });
    return page;
  }

  private opened(
    practiceId: string,
    clientId: string,
    { checkIn, wrappedKey }: ListedCheckIn,
  ): CheckInRecord {
    if (!wrappedKey) return recordOf(checkIn);
    return recordOf(checkIn, this.installationKey.unwrap(practiceId, clientId, wrappedKey));
  }
}
