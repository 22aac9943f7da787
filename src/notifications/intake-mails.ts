import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, type Queues, taskOfJob } from '../jobs/jobs.js';
import { User } from '../users/user.entity.js';
import { MailSender } from './mail-sender.js';
import type { Mail } from './mailer.js';
import { intakeRequest } from './texts/intake-request.js';

/** Tells the admins of a practice that somebody asks for an intake. */
@Injectable()
export class IntakeMails implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly tenant: Tenant,
    private readonly sender: MailSender,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('mail-intake-request', async ({ practiceId, userId }, jobId) => {
      const mail = await this.tenant.change(taskOfJob(practiceId, 'mail'), (tx) =>
        userId ? this.write(tx, userId) : this.sendToEach(tx),
      );
      await this.sender.send(mail, jobId);
    });
  }

  /** A job for each admin: a mailbox that refuses makes nobody else get a second one. */
  private async sendToEach(tx: Tx): Promise<undefined> {
    const { practiceId } = tx;
    for (const { id: userId } of (await this.users(tx)).filter(isTold)) {
      const job: Queues['mail-intake-request'] = { practiceId, userId };
      await this.jobs.enqueue(tx, 'mail-intake-request', job);
    }
  }

  /** Who is no admin any more is told nothing. */
  private async write(tx: Tx, userId: string): Promise<Mail | undefined> {
    const to = (await this.users(tx, userId)).find(isTold);
    return to && this.sender.write(tx, { texts: intakeRequest, to, path: '/intake-requests' });
  }

  private users(tx: Tx, id?: string): Promise<User[]> {
    return tx.manager.findBy(User, { practiceId: tx.practiceId, ...(id && { id }) });
  }
}

const isTold = ({ roles, isDisabled }: User): boolean => roles.includes('admin') && !isDisabled;
