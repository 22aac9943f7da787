import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { ownFile } from '../clients/client-files.js';
import type { Person } from '../common/actor.js';
import { jsonPageOf, type JsonText } from '../common/json-text.js';
import type { PageQuery } from '../common/page.dto.js';
import { DAY, fromCursor, UUID } from '../common/page.js';
import { Tenant } from '../database/tenant.js';
import type { DataRequestPage, DataRequestQuery } from './data-request.dto.js';
import { requestsByDueDate, requestsOfFile } from './data-request.queries.js';

/** What clients asked of the practice about their data. */
@Injectable()
export class DataRequestsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
  ) {}

  /** All of the practice, what is due first first. */
  async list(
    person: Person,
    { status, limit, cursor }: DataRequestQuery,
  ): Promise<JsonText<DataRequestPage>> {
    const [dueOn, id] = cursor ? (fromCursor(cursor, [DAY, UUID]) as [string, string]) : [];
    const after = dueOn && id ? { dueOn, id } : undefined;
    const requests = await this.tenant.read(person, (tx) =>
      requestsByDueDate(tx, { status, after, limit: limit + 1 }),
    );
    const rowCount = Math.min(requests.length, limit);
    await this.audit.witness(person, { event: 'data_requests.listed', rowCount });
    return jsonPageOf(requests, limit, (request) => [request.dueOn, request.id]);
  }

  /** The client's own, newest first. */
  async listOwn(person: Person, { limit, cursor }: PageQuery): Promise<JsonText<DataRequestPage>> {
    const { clientId } = ownFile(person);
    const after = cursor ? fromCursor(cursor, [UUID])[0] : undefined;
    const requests = await this.tenant.read(person, (tx) =>
      requestsOfFile(tx, clientId, { after, limit: limit + 1 }),
    );
    const rowCount = Math.min(requests.length, limit);
    await this.audit.witness(person, { event: 'data_requests.listed', clientId, rowCount });
    return jsonPageOf(requests, limit, ({ id }) => [id]);
  }
}
