import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Clock } from '../common/clock.js';
import { addMonth } from '../common/day.js';
import { newId } from '../common/id.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, type Queues, taskOfJob } from '../jobs/jobs.js';
import {
  cancelUntouchedErasures,
  type FollowedConsent,
  followedConsent,
  openErasureRequest,
} from './data-request.queries.js';

/**
 * What a consent that was given or withdrawn sets going (AVG art. 17(1)(b)). It looks at how things stand when the job
 * runs, so that it bears being run twice, late, or in another order than the client clicked.
 */
@Injectable()
export class ErasureRequests implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly tenant: Tenant,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('follow-consent', (payload) => this.follow(payload));
  }

  private follow({ practiceId, consentId }: Queues['follow-consent']): Promise<void> {
    return this.tenant.change(taskOfJob(practiceId, 'erasure'), async (tx) => {
      const consent = await followedConsent(tx, consentId);
      // The file may be erased by now: then there is nothing left to ask for.
      if (!consent) return;
      if (consent.withdrawnOn !== null) await this.open(tx, consent, consent.withdrawnOn);
      else if (consent.inForce) await this.cancel(tx, consent);
    });
  }

  /** A care provider is bound to keep the file (WGBO); what a client asks for there is looked at by a person. */
  private async open(tx: Tx, consent: FollowedConsent, receivedOn: string): Promise<void> {
    if (consent.regime !== 'coach' || consent.givenAgain) return;
    const createdAt = this.clock.now();
    const request = { id: newId(createdAt), receivedOn, dueOn: addMonth(receivedOn), createdAt };
    if (await openErasureRequest(tx, consent, request)) {
      const received = { event: 'data_request.received', ground: 'consent_withdrawn' };
      this.record(tx, received, consent, request.id);
      const about = { practiceId: tx.practiceId, requestId: request.id };
      for (const news of ['received', 'asked'] as const) {
        await this.jobs.enqueue(tx, 'mail-data-request', { ...about, news });
      }
    }
  }

  private async cancel(tx: Tx, consent: FollowedConsent): Promise<void> {
    for (const id of await cancelUntouchedErasures(tx, consent.clientId, this.clock.now())) {
      const cancelled = { event: 'data_request.cancelled', ground: 'consent_given_again' };
      this.record(tx, cancelled, consent, id);
    }
  }

  private record(
    tx: Tx,
    what: { event: string; ground: string },
    { clientId }: FollowedConsent,
    id: string,
  ): void {
    this.audit.record(tx, { ...what, clientId, objectType: 'data_request', objectId: id });
  }
}
