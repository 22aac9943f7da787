import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Client } from '../clients/client.entity.js';
import type { Language } from '../common/language.js';
import { Settings } from '../config/settings.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, type Queues, taskOfJob } from '../jobs/jobs.js';
import { PracticesService } from '../practices/practices.service.js';
import { Invitations } from '../users/invitations.js';
import { User } from '../users/user.entity.js';
import { invitationMail } from './invitation-mail.js';
import { Mailer } from './mailer.js';

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
    private readonly practices: PracticesService,
    private readonly invitations: Invitations,
    private readonly mailer: Mailer,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('mail-invitation', (payload) => this.send(payload));
  }

  private async send(payload: Queues['mail-invitation']): Promise<void> {
    const mail = await this.tenant.change(taskOfJob(payload.practiceId, 'invitation'), async (tx) => {
      const invited = await this.find(tx, payload);
      // The address may be gone since, the file closed, the user disabled: then there is nobody to invite.
      if (!invited?.email) return undefined;
      const { name } = await this.practices.own(tx);
      const code = await this.invitations.mint(tx, idsOf(payload), invited.email);
      const link = `${this.settings.portalUrl}/invitations/${code}`;
      return invitationMail({
        to: invited.email,
        name: invited.name,
        language: invited.language,
        practice: name,
        link,
      });
    });
    if (mail) await this.mailer.send(mail);
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
