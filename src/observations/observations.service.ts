import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { notFound, preconditionRequired, stale } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import { SessionFiles } from '../sessions/session-files.js';
import type { WriteObservation } from './observation.dto.js';
import { type Observed, ObservationWriter } from './observation-writer.js';

/** What a writer says they know: the version they saw, or that there was nothing yet. */
export interface Precondition {
  readonly version?: number;
  readonly nothingYet: boolean;
}

/** What coaches observe in sessions. */
@Injectable()
export class ObservationsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly sessions: SessionFiles,
    private readonly writer: ObservationWriter,
    private readonly audit: Audit,
  ) {}

  async read(person: Person, sessionId: string): Promise<Observed> {
    const observed = await this.tenant.read(person, async (tx) =>
      this.writer.find(tx, await this.sessions.ofCoach(tx, person, sessionId)),
    );
    if (!observed) throw notFound();
    const { clientId } = observed.observation;
    await this.audit.witness(person, {
      event: 'observation.read',
      clientId,
      objectType: 'observation',
      objectId: sessionId,
    });
    return observed;
  }

  /**
   * Writes the observation whole. No text is ever lost to a second editor: the first says that there is nothing
   * yet, each later one which version they saw.
   * @throws Problem 428 `precondition-required`, 412 `stale`, and what the writer throws
   */
  put(
    person: Person,
    sessionId: string,
    input: WriteObservation,
    { version, nothingYet }: Precondition,
  ): Promise<Observed> {
    return this.tenant.change(person, async (tx) => {
      const { session, client } = await this.sessions.toChange(tx, person, sessionId);
      const stands = await this.writer.find(tx, session);
      if (version === undefined && !nothingYet) {
        throw preconditionRequired(stands ? 'If-Match' : 'If-None-Match');
      }
      if (!stands) {
        if (version !== undefined) throw stale();
        return this.writer.write(tx, session, client, person, input);
      }
      if (nothingYet) throw stale();
      expectVersion(stands.observation, version);
      return this.writer.replace(tx, session, client, person, input, stands.observation);
    });
  }
}
