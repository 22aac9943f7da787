import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { ownFile } from '../clients/client-files.js';
import { type Person, taskFor } from '../common/actor.js';
import { jsonPageOf, type JsonText } from '../common/json-text.js';
import type { PageQuery } from '../common/page.dto.js';
import { DAY, fromCursor, UUID } from '../common/page.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import type { DataRequestDetail, DataRequestPage, DataRequestQuery } from './data-request.dto.js';
import { DataRequest } from './data-request.entity.js';
import { requestsByDueDate, requestsOfFile } from './data-request.queries.js';
import { dataRequestDetail } from './data-request.view.js';
import { RequestWordsCipher } from './request-words.js';

/** What clients asked of the practice about their data. */
@Injectable()
export class DataRequestsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly words: RequestWordsCipher,
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

  /** One of the practice, with what was said in it: for an admin, who answers it. @throws Problem 404 */
  read(person: Person, id: string): Promise<DataRequestDetail> {
    return this.tell(person, { practiceId: person.practiceId, id });
  }

  /** One of the client's own. @throws Problem 404 */
  readOwn(person: Person, id: string): Promise<DataRequestDetail> {
    return this.tell(person, { ...ownFile(person), id });
  }

  /** The person finds the row; the task, which has the key, opens what is written in it. */
  private async tell(
    person: Person,
    where: { practiceId: string; id: string; clientId?: string },
  ): Promise<DataRequestDetail> {
    const request = await this.tenant.read(person, (tx) => tx.manager.findOneBy(DataRequest, where));
    if (!request) throw notFound();
    const words = await this.tenant.read(taskFor(person, 'data_requests'), (tx) =>
      this.words.open(tx, request),
    );
    const { id, clientId } = request;
    await this.audit.witness(person, {
      event: 'data_request.read',
      clientId,
      objectType: 'data_request',
      objectId: id,
    });
    return dataRequestDetail(request, words);
  }
}
