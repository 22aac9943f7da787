import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UUID } from '../common/page.js';
import type { Problem } from '../common/problem.js';
import { Refusals } from '../common/http/refusals.js';
import { Audit } from './audit.js';

const REFUSED = [401, 403, 404];

/** Somebody who is signed in asked for what they may not have, or what is not there: both look alike, both are kept. */
@Injectable()
export class AuditedRefusals extends Refusals {
  constructor(private readonly audit: Audit) {
    super();
  }

  async witness({ status }: Problem, request: FastifyRequest): Promise<void> {
    const { user, params } = request;
    if (!user || !REFUSED.includes(status)) return;
    const { id } = (params ?? {}) as { id?: string };
    await this.audit.witness(user, {
      event: 'request.refused',
      outcome: 'refused',
      ground: `${request.method} ${request.routeOptions.url ?? 'unknown'}`,
      ...(id && UUID.test(id) && { objectId: id }),
    });
  }
}
