import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountMails } from './account-mails.js';
import { IntakeMails } from './intake-mails.js';
import { InvitationSender } from './invitation-sender.js';
import { MailRequestAnswers } from './mail-request-answers.js';
import { MailSender } from './mail-sender.js';
import { Mailer } from './mailer.js';

@Module({
  imports: [PracticesModule, UsersModule],
  providers: [AccountMails, IntakeMails, InvitationSender, MailRequestAnswers, MailSender, Mailer],
})
export class NotificationsModule {}
