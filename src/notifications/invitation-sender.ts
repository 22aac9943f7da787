import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Client } from '../clients/client.entity.js';
import type { Language } from '../common/language.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, type Queues, taskOfJob } from '../jobs/jobs.js';
import { Invitations } from '../users/invitations.js';
import { User } from '../users/user.entity.js';
import { MailSender } from './mail-sender.js';
import { invitation } from './texts/invitation.js';

interface Invited {
  readonly email: string | null;
  readonly name: string;
  readonly language: Language;
}

/** Mints and mails invitations: the code exists in the mail only, the queue knows no more than an id. */
@Injectable()
export class InvitationSender implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly tenant: Tenant,
    private readonly invitations: Invitations,
    private readonly sender: MailSender,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('mail-invitation', (payload, jobId) => this.send(payload, jobId));
  }

  private async send(payload: Queues['mail-invitation'], jobId: string): Promise<void> {
    const mail = await this.tenant.change(taskOfJob(payload.practiceId, 'invitation'), async (tx) => {
      const to = await this.find(tx, payload);
      // The address may be gone since, the file closed, the user disabled: then there is nobody to invite.
      if (!to?.email) return undefined;
      const { email, name, language } = to;
      const code = await this.invitations.mintFor(jobId, tx, idsOf(payload), email);
      if (!code) return undefined;
      const path = `/invitations/${code}`;
      return this.sender.write(tx, { texts: invitation, to: { email, name, language }, path });
    });
    await this.sender.send(mail, jobId);
  }

  private async find(
    tx: Tx,
    { userId, clientId }: Queues['mail-invitation'],
  ): Promise<Invited | null | undefined> {
    const { practiceId } = tx;
    const lock = { mode: 'pessimistic_write' } as const;
    if (userId) {
      const user = await tx.manager.findOne(User, { where: { practiceId, id: userId }, lock });
      return user?.isDisabled ? undefined : user;
    }
    const client = await tx.manager.findOne(Client, { where: { practiceId, id: clientId! }, lock });
    return client?.isClosed || client?.userId ? undefined : client;
  }
}

function idsOf({ userId, clientId }: Queues['mail-invitation']): { userId: string } | { clientId: string } {
  return userId ? { userId } : { clientId: clientId! };
}
