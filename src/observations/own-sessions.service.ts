import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { ownFile } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import type { PageQuery } from '../common/page.dto.js';
import { type Page, pageOf } from '../common/page.js';
import { Tenant } from '../database/tenant.js';
import { placeIn, placeOf } from '../sessions/session-place.js';
import { openLocation } from '../sessions/session-texts.js';
import { openTakeHome } from './observation-texts.js';
import { ownSessionsPage, type OwnSessionRow } from './own-sessions.queries.js';

/** A session of the client's own list, with its texts opened. */
export interface OpenedOwnSession {
  readonly session: OwnSessionRow;
  readonly location?: string;
  readonly takeHome?: string;
}

/** The client's own sessions. */
@Injectable()
export class OwnSessionsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly installationKey: InstallationKey,
    private readonly audit: Audit,
  ) {}

  async list(person: Person, { limit, cursor }: PageQuery): Promise<Page<OpenedOwnSession>> {
    const { practiceId, clientId } = ownFile(person);
    const after = cursor ? placeIn(cursor) : undefined;
    const rows = await this.tenant.read(person, (tx) =>
      ownSessionsPage(tx, { practiceId, clientId }, { after, limit: limit + 1 }),
    );
    const rowCount = Math.min(rows.length, limit);
    await this.audit.witness(person, { event: 'sessions.listed', clientId, rowCount });
    return pageOf(rows, limit, placeOf, (session) => this.opened(practiceId, clientId, session));
  }

  private opened(practiceId: string, clientId: string, session: OwnSessionRow): OpenedOwnSession {
    const { id, wrappedKey, location, detailsVersion, takeHome, observedVersion } = session;
    if (!wrappedKey) return { session };
    const file = this.installationKey.unwrap(practiceId, clientId, wrappedKey);
    return {
      session,
      ...(location && { location: openLocation(file, id, location, detailsVersion!) }),
      ...(takeHome && {
        takeHome: openTakeHome(file, { sessionId: id, version: observedVersion!, takeHome }),
      }),
    };
  }
}
