import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Person } from '../common/actor.js';
import { UUID } from '../common/page.js';
import type { Problem } from '../common/problem.js';
import { Refusals } from '../common/http/refusals.js';
import { isRefusedRow } from '../database/violation.js';
import { Audit } from './audit.js';
import { SecurityLog } from './security-log.js';

const REFUSED = [401, 403, 404];

/** Somebody who is signed in asked for what they may not have, or what is not there: both look alike, both are kept. */
@Injectable()
export class AuditedRefusals extends Refusals {
  constructor(
    private readonly audit: Audit,
    private readonly securityLog: SecurityLog,
  ) {
    super();
  }

  async witness({ status }: Problem, request: FastifyRequest): Promise<void> {
    const { user, params } = request;
    if (!user || !REFUSED.includes(status)) return;
    const { id } = (params ?? {}) as { id?: string };
    await this.audit
      .witness(user, {
        event: 'request.refused',
        outcome: 'refused',
        ground: `${request.method} ${request.routeOptions.url ?? 'unknown'}`,
        ...(id && UUID.test(id) && { objectId: id }),
      })
      .catch((error: unknown) => this.witnessOutsider(error, user));
  }

  /** A token may name a practice that is not there (any more): then there is no audit log of its own to write to. */
  private async witnessOutsider(error: unknown, { practiceId, origin }: Person): Promise<void> {
    if (!isRefusedRow(error)) throw error;
    await this.securityLog.write(origin, 'request.refused', practiceId);
  }
}
