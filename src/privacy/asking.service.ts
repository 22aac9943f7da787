import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Client } from '../clients/client.entity.js';
import { ClientFiles } from '../clients/client-files.js';
import { isAdmin, type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { dayIn } from '../common/day.js';
import { newId } from '../common/id.js';
import { notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { whenViolated } from '../database/violation.js';
import { Jobs } from '../jobs/jobs.js';
import { PracticesService } from '../practices/practices.service.js';
import type {
  AskDataRequest,
  DataRequestDetail,
  RegisterDataRequest,
  RegisteredDataRequest,
} from './data-request.dto.js';
import { DataRequest, type RequestChannel } from './data-request.entity.js';
import {
  askedAlready,
  coachesProposeErasureOnly,
  detailsNeeded,
  receivedInTheFuture,
} from './data-request.errors.js';
import { DataRequestsService } from './data-requests.service.js';
import { RequestWordsCipher } from './request-words.js';

const ALREADY = whenViolated({
  data_requests_one_open_of_a_kind: askedAlready,
  data_requests_one_open_erasure: askedAlready,
});

/** How a request comes in: from the client, from an admin for one who wrote or has no login, or as a coach's proposal. */
@Injectable()
export class AskingService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly practices: PracticesService,
    private readonly requests: DataRequestsService,
    private readonly words: RequestWordsCipher,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The client asks, for themselves. @throws Problem 409 `asked-already` */
  async ask(person: Person, input: AskDataRequest): Promise<DataRequestDetail> {
    const client = await this.tenant.read(person, (tx) => this.files.own(tx, person));
    const { id } = await this.take(person, client, input, 'portal');
    return this.requests.readOwn(person, id);
  }

  /**
   * An admin takes what a client asked on paper or by word of mouth; a coach proposes to erase the file of a client of theirs.
   * @throws Problem 404, 409 `asked-already`, 422
   */
  async register(person: Person, input: RegisterDataRequest): Promise<RegisteredDataRequest> {
    const channel = isAdmin(person) ? 'paper' : 'coach';
    const client = await this.tenant.read(person, (tx) => this.files.visible(tx, person, input.clientId));
    if (channel === 'coach' && input.kind !== 'erasure') throw coachesProposeErasureOnly();
    const { id, status, receivedOn, dueOn } = await this.take(person, client, input, channel);
    return { id, status, receivedOn, dueOn };
  }

  /** The client takes back what they asked. @throws Problem 404, 409 `wrong-state` */
  async takeBack(person: Person, id: string, version?: number): Promise<DataRequestDetail> {
    const { id: clientId } = await this.tenant.read(person, (tx) => this.files.own(tx, person));
    await this.tenant.once(
      taskFor(person, 'data_requests'),
      async (tx) => {
        const { practiceId } = tx;
        const request = await tx.manager.findOne(DataRequest, {
          where: { practiceId, id, clientId },
          lock: { mode: 'pessimistic_write' },
        });
        // What a coach or a term brought is not the client's to take back; they can object to it.
        if (!request?.isOwn) throw notFound();
        expectVersion(request, version);
        request.cancel(this.clock.now(), 'taken_back');
        await tx.manager.save(request);
        const cancelled = { event: 'data_request.cancelled', ground: 'taken_back', clientId };
        this.audit.record(tx, { ...cancelled, ...about(request) });
        return request;
      },
      async (tx) => tx.manager.findOneByOrFail(DataRequest, { practiceId: tx.practiceId, id }),
    );
    return this.requests.readOwn(person, id);
  }

  private take(
    person: Person,
    client: Client,
    input: AskDataRequest & { receivedOn?: string },
    channel: RequestChannel,
  ): Promise<DataRequest> {
    if (input.kind === 'rectification' && input.details === undefined) throw detailsNeeded();
    return this.tenant
      .once(
        taskFor(person, 'data_requests'),
        async (tx) => {
          const request = await this.write(tx, client, input, channel);
          await this.tell(tx, request);
          const received = { event: 'data_request.received', ground: channel, clientId: client.id };
          this.audit.record(tx, { ...received, ...about(request) });
          return request;
        },
        (tx, id) => tx.manager.findOneByOrFail(DataRequest, { practiceId: tx.practiceId, id }),
      )
      .catch(ALREADY);
  }

  private async write(
    tx: Tx,
    { id: clientId, coachId }: Client,
    { kind, details, receivedOn }: AskDataRequest & { receivedOn?: string },
    channel: RequestChannel,
  ): Promise<DataRequest> {
    const at = this.clock.now();
    const today = dayIn((await this.practices.own(tx)).timeZone, at);
    if (receivedOn !== undefined && receivedOn > today) throw receivedInTheFuture();
    const id = newId(at);
    const sealed = await this.words.seal(tx, { id, clientId }, 'details', details);
    const request = DataRequest.asked({
      id,
      practiceId: tx.practiceId,
      clientId,
      coachId,
      kind,
      channel,
      details: sealed,
      receivedOn: receivedOn ?? today,
      at,
    });
    await tx.manager.insert(DataRequest, request);
    return request;
  }

  /** A proposal is first looked at: its client hears of it once it is approved. */
  private async tell(tx: Tx, { practiceId, id: requestId, channel }: DataRequest): Promise<void> {
    const about = { practiceId, requestId };
    if (channel !== 'coach') await this.jobs.enqueue(tx, 'mail-data-request', { ...about, news: 'received' });
    if (channel !== 'paper') await this.jobs.enqueue(tx, 'mail-data-request', { ...about, news: 'asked' });
  }
}

const about = ({ id }: DataRequest) => ({ objectType: 'data_request', objectId: id });
