import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { SecurityLog } from '../audit/security-log.js';
import { Tenant } from '../database/tenant.js';
import { Jobs } from '../jobs/jobs.js';
import { type Addressee, type MailRequest, MailRequests } from '../users/mail-requests.js';

const EVENTS = { password_reset: 'password_reset.asked', mail_sign_in: 'mail_sign_in.asked' } as const;

/** Finds out whose address it was that a mail was asked for with, out of sight of who asked. */
@Injectable()
export class MailRequestAnswers implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly tenant: Tenant,
    private readonly requests: MailRequests,
    private readonly audit: Audit,
    private readonly securityLog: SecurityLog,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('answer-mail-request', ({ requestId }) => this.answer(requestId));
  }

  private async answer(requestId: string): Promise<void> {
    const request = await this.requests.read(requestId);
    if (!request) return;
    const addressees = await this.requests.addressees(request);
    for (const addressee of addressees) await this.send(request, requestId, addressee);
    if (addressees.length > 0) return;
    await this.securityLog.write(request.origin, EVENTS[request.purpose], request.email);
  }

  /** In the log it is the request of who asked, from where they did. */
  private async send(
    { purpose, origin }: MailRequest,
    requestId: string,
    { practiceId, userId }: Addressee,
  ): Promise<void> {
    await this.tenant.change({ practiceId, task: 'mail', origin }, async (tx) => {
      if (purpose === 'password_reset')
        await this.jobs.enqueue(tx, 'mail-password-reset', { practiceId, userId });
      else await this.jobs.enqueue(tx, 'mail-sign-in', { practiceId, userId, requestId });
      this.audit.record(tx, { event: EVENTS[purpose], objectType: 'user', objectId: userId });
    });
  }
}
