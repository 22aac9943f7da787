import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountMails } from './account-mails.js';
import { DataRequestMails } from './data-request-mails.js';
import { IntakeMails } from './intake-mails.js';
import { InvitationSender } from './invitation-sender.js';
import { MailRequestAnswers } from './mail-request-answers.js';
import { MailSender } from './mail-sender.js';
import { Mailer } from './mailer.js';
import { ReminderRound } from './reminders/reminder-round.js';
import { RemindersController } from './reminders/reminders.controller.js';
import { RemindersService } from './reminders/reminders.service.js';
import { UnsubscriptionsController } from './reminders/unsubscriptions.controller.js';
import { UnsubscriptionsService } from './reminders/unsubscriptions.service.js';

@Module({
  imports: [PracticesModule, UsersModule, ClientsModule],
  controllers: [RemindersController, UnsubscriptionsController],
  providers: [
    AccountMails,
    DataRequestMails,
    IntakeMails,
    InvitationSender,
    MailRequestAnswers,
    MailSender,
    Mailer,
    ReminderRound,
    RemindersService,
    UnsubscriptionsService,
  ],
})
export class NotificationsModule {}
