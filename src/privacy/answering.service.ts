import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { dayIn } from '../common/day.js';
import { notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { type DataRequestNews, Jobs } from '../jobs/jobs.js';
import { PracticesService } from '../practices/practices.service.js';
import type {
  CompleteDataRequest,
  DataRequestDetail,
  ExtendDataRequest,
  RefuseDataRequest,
} from './data-request.dto.js';
import { RequestedCopies } from './copies/requested-copies.js';
import { DataRequest } from './data-request.entity.js';
import { fileHeld } from './data-request.errors.js';
import { isKeptBack } from './data-request.queries.js';
import { DataRequestsService } from './data-requests.service.js';
import { RequestWordsCipher } from './request-words.js';

/** What became of a step: which event it is, and what the client is told. */
interface Step {
  readonly event: string;
  readonly ground?: string;
  readonly news?: DataRequestNews;
}

/** How an admin answers what clients ask, and that in time. The system task `data_requests` writes it down. */
@Injectable()
export class AnsweringService {
  constructor(
    private readonly tenant: Tenant,
    private readonly practices: PracticesService,
    private readonly requests: DataRequestsService,
    private readonly words: RequestWordsCipher,
    private readonly copies: RequestedCopies,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  confirm(person: Person, id: string, version?: number): Promise<DataRequestDetail> {
    return this.step(person, id, version, (_, request) => {
      request.confirm();
      return { event: 'data_request.confirmed' };
    });
  }

  /** @throws Problem 409 `file-held` for an erasure of what is to be left alone */
  approve(person: Person, id: string, version?: number): Promise<DataRequestDetail> {
    return this.step(person, id, version, async (tx, request) => {
      if (request.kind === 'erasure' && (await isKeptBack(tx, request.clientId))) throw fileHeld();
      request.approve(person.userId, this.clock.now(), await this.today(tx));
      if (request.isForCopy) await this.copies.order(tx, person, request);
      return { event: 'data_request.approved', news: 'approved' };
    });
  }

  refuse(
    person: Person,
    id: string,
    { ground, answer }: RefuseDataRequest,
    version?: number,
  ): Promise<DataRequestDetail> {
    return this.step(person, id, version, async (tx, request) => {
      request.refuse(person.userId, this.clock.now(), ground);
      request.answer = await this.words.seal(tx, request, 'answer', answer);
      return { event: 'data_request.refused', ground, news: 'refused' };
    });
  }

  extend(
    person: Person,
    id: string,
    { reason }: ExtendDataRequest,
    version?: number,
  ): Promise<DataRequestDetail> {
    return this.step(person, id, version, async (tx, request) => {
      request.extend(await this.today(tx));
      request.extensionReason = await this.words.seal(tx, request, 'extension_reason', reason);
      return { event: 'data_request.extended', news: 'extended' };
    });
  }

  complete(
    person: Person,
    id: string,
    { answer }: CompleteDataRequest,
    version?: number,
  ): Promise<DataRequestDetail> {
    return this.step(person, id, version, async (tx, request) => {
      request.complete(this.clock.now());
      request.answer = await this.words.seal(tx, request, 'answer', answer);
      return { event: 'data_request.completed', news: 'completed' };
    });
  }

  cancel(person: Person, id: string, version?: number): Promise<DataRequestDetail> {
    return this.step(person, id, version, (_, request) => {
      request.cancel(this.clock.now(), 'called_off');
      return { event: 'data_request.cancelled', ground: 'called_off', news: 'cancelled' };
    });
  }

  private async step(
    person: Person,
    id: string,
    version: number | undefined,
    take: (tx: Tx, request: DataRequest) => Promise<Step> | Step,
  ): Promise<DataRequestDetail> {
    const found = await this.tenant.read(person, (tx) =>
      tx.manager.countBy(DataRequest, { practiceId: tx.practiceId, id }),
    );
    if (found === 0) throw notFound();
    await this.tenant.once(
      taskFor(person, 'data_requests'),
      async (tx) => {
        const request = await tx.manager.findOneOrFail(DataRequest, {
          where: { practiceId: tx.practiceId, id },
          lock: { mode: 'pessimistic_write' },
        });
        expectVersion(request, version);
        const { news, ...done } = await take(tx, request);
        const { practiceId, clientId } = request;
        await tx.manager.save(request);
        if (news) await this.jobs.enqueue(tx, 'mail-data-request', { practiceId, requestId: id, news });
        this.audit.record(tx, { ...done, clientId, objectType: 'data_request', objectId: id });
        return request;
      },
      (tx) => tx.manager.findOneByOrFail(DataRequest, { practiceId: tx.practiceId, id }),
    );
    return this.requests.read(person, id);
  }

  private async today(tx: Tx): Promise<string> {
    return dayIn((await this.practices.own(tx)).timeZone, this.clock.now());
  }
}
