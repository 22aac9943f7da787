import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/practices.module.js';
import { UsersModule } from '../users/users.module.js';
import { InvitationSender } from './invitation-sender.js';
import { Mailer } from './mailer.js';

@Module({ imports: [PracticesModule, UsersModule], providers: [InvitationSender, Mailer] })
export class NotificationsModule {}
