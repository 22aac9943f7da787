import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { Client } from '../../clients/client.entity.js';
import { ClientFiles, ownFile } from '../../clients/client-files.js';
import { type Person, taskFor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { Export } from '../../exports/export.entity.js';
import { type Download, ExportFiles, type PartWanted } from '../../exports/export-files.js';
import type { Handover } from '../../exports/wanted.js';
import { Jobs, type Queues, taskOfJob } from '../../jobs/jobs.js';
import type { CopyPassphrase } from '../data-request.dto.js';
import { DataRequest } from '../data-request.entity.js';
import { fetchedInPortal, noCopy } from '../data-request.errors.js';

/** What the practice says the copy was made for; it stands on every page of it. */
const PURPOSES = {
  access: 'Inzage, op verzoek van de cliënt (AVG art. 15)',
  portability: 'Meenemen van eigen gegevens, op verzoek van de cliënt (AVG art. 20)',
};

/** What a client told or logged themselves, with their consent (AVG art. 20(1)). */
const PROVIDED = ['client', 'consents', 'logs', 'checkIns'] as const;

/**
 * Copies of their data that clients ask for. Who has a login fetches theirs in the portal. Who has none is given an encrypted
 * archive by an admin, and its passphrase by their coach: nobody of the practice has both, unless they are both.
 */
@Injectable()
export class RequestedCopies implements OnModuleInit {
  constructor(
    private readonly tenant: Tenant,
    private readonly clients: ClientFiles,
    private readonly files: ExportFiles,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('follow-copy', (payload) => this.follow(payload));
  }

  /** Has the copy made of an approved request, in the transaction of the approval. */
  async order(tx: Tx, by: Person, request: DataRequest): Promise<void> {
    const { practiceId, id: dataRequestId, clientId } = request;
    const { userId } = await tx.manager.findOneByOrFail(Client, { practiceId, id: clientId });
    const handover: Handover = userId ? 'portal' : 'passphrase';
    const { kind } = request;
    if (kind !== 'access' && kind !== 'portability') throw new Error(`no copy answers a request of ${kind}`);
    const wanted = { dataRequestId, clientId, handover, purpose: PURPOSES[kind] };
    const parts = kind === 'portability' ? { parts: PROVIDED } : {};
    const copy = Export.requested(by, { ...wanted, ...parts }, this.clock.now());
    await tx.manager.insert(Export, copy);
    await this.jobs.enqueue(tx, 'run-export', { practiceId, exportId: copy.id });
    request.begin();
  }

  /** The client's own copy. @throws Problem 404, 409 `no-copy`, 416 */
  async fetchOwn(person: Person, id: string, wanted: PartWanted): Promise<Download> {
    const { practiceId, clientId } = ownFile(person);
    const request = await this.tenant.read(person, (tx) =>
      tx.manager.findOneBy(DataRequest, { practiceId, clientId, id }),
    );
    return this.handOut(person, request, 'portal', wanted);
  }

  /** The encrypted archive of a client without a login, for who hands it over. @throws Problem 404, 409, 416 */
  async fetchToHandOver(person: Person, id: string, wanted: PartWanted): Promise<Download> {
    const { practiceId } = person;
    const request = await this.tenant.read(person, (tx) =>
      tx.manager.findOneBy(DataRequest, { practiceId, id }),
    );
    return this.handOut(person, request, 'passphrase', wanted);
  }

  /**
   * What opens the archive of a client without a login, for their coach to tell them.
   * @throws Problem 404 for whose file it is not, and where no such copy is there
   */
  async passphrase(person: Person, clientId: string): Promise<CopyPassphrase> {
    await this.tenant.read(person, (tx) => this.clients.ofCoach(tx, person, clientId));
    const { practiceId } = person;
    const copy = await this.tenant.read(taskFor(person, 'data_requests'), (tx) =>
      tx.manager.findOne(Export, {
        where: { practiceId, clientId, handover: 'passphrase', status: 'ready' },
        order: { id: 'desc' },
      }),
    );
    if (!copy) throw notFound();
    await this.audit.witness(person, {
      event: 'data_request.passphrase_read',
      clientId,
      objectType: 'data_request',
      objectId: copy.dataRequestId!,
    });
    return { passphrase: this.files.passphraseOf(copy), requestId: copy.dataRequestId! };
  }

  private async handOut(
    person: Person,
    request: DataRequest | null,
    handover: Handover,
    wanted: PartWanted,
  ): Promise<Download> {
    if (!request?.isForCopy) throw notFound();
    const { id, clientId, status } = request;
    const copy = await this.tenant.read(taskFor(person, 'data_requests'), (tx) => latestCopy(tx, id));
    if (copy && copy.handover !== handover) throw fetchedInPortal();
    if (!copy?.hasFile || copy.expiresAt! <= this.clock.now()) throw noCopy(status);
    return this.files.handOut(copy, wanted, () =>
      this.audit.witness(person, {
        event: 'data_request.downloaded',
        clientId,
        objectType: 'data_request',
        objectId: id,
      }),
    );
  }

  /** The copy is done, or nothing came of it. It bears a repeat: a request that no longer waits is left as it is. */
  private follow({ practiceId, requestId }: Queues['follow-copy']): Promise<void> {
    return this.tenant.change(taskOfJob(practiceId, 'data_requests'), async (tx) => {
      const request = await tx.manager.findOne(DataRequest, {
        where: { practiceId, id: requestId },
        lock: { mode: 'pessimistic_write' },
      });
      const copy = request?.status === 'running' ? await latestCopy(tx, requestId) : null;
      if (!request || !copy?.isSettled) return;
      const { clientId } = request;
      const about = { clientId, objectType: 'data_request', objectId: requestId };
      if (copy.hasFile) {
        request.handOver(copy.expiresAt!, this.clock.now());
        const toCoach = copy.handover === 'passphrase' ? 'copy_to_hand_over' : 'copy_in_portal';
        for (const news of ['completed', toCoach] as const) {
          await this.jobs.enqueue(tx, 'mail-data-request', { practiceId, requestId, news });
        }
        this.audit.record(tx, { event: 'data_request.completed', ...about });
      } else {
        request.giveBack();
        await this.jobs.enqueue(tx, 'mail-data-request', { practiceId, requestId, news: 'asked' });
        this.audit.record(tx, { event: 'data_request.copy_failed', outcome: 'failed', ...about });
      }
      await tx.manager.save(request);
    });
  }
}

const latestCopy = (tx: Tx, dataRequestId: string): Promise<Export | null> =>
  tx.manager.findOne(Export, { where: { practiceId: tx.practiceId, dataRequestId }, order: { id: 'desc' } });
