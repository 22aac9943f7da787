import { Module } from '@nestjs/common';
import { Invitations } from './invitations.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController, MeController],
  providers: [UsersService, MeService, Invitations],
  exports: [MeService, Invitations],
})
export class UsersModule {}
