import { Module } from '@nestjs/common';
import { Invitations } from './invitations.js';
import { MailRequests } from './mail-requests.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController, MeController],
  providers: [UsersService, MeService, Invitations, OneTimeTokens, MailRequests],
  exports: [MeService, Invitations, OneTimeTokens, MailRequests],
})
export class UsersModule {}
