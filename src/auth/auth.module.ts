import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/clients.module.js';
import { Settings } from '../config/settings.js';
import { PracticesModule } from '../practices/practices.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessTokens } from './access-tokens.js';
import { AddressChangesController } from './address-changes.controller.js';
import { AddressChangesService } from './address-changes.service.js';
import { AuthController } from './auth.controller.js';
import { ExpiredTokens } from './expired-tokens.js';
import { PasswordGuard } from './guards.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LocalStrategy } from './local.strategy.js';
import { Logins } from './logins.js';
import { MailSignInsController } from './mail-sign-ins.controller.js';
import { MailSignInsService } from './mail-sign-ins.service.js';
import { NewDevices } from './new-devices.js';
import { PasswordResetsController } from './password-resets.controller.js';
import { PasswordResetsService } from './password-resets.service.js';
import { Passwords } from './passwords.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [
    PassportModule,
    JwtModule.registerAsync({
      inject: [Settings],
      // A KeyObject is parsed once; from a text the key would be made anew for every token.
      useFactory: ({ tokenKey }: Settings) => ({ secret: tokenKey as never }),
    }),
    ClientsModule,
    PracticesModule,
    UsersModule,
  ],
  controllers: [AuthController, PasswordResetsController, MailSignInsController, AddressChangesController],
  providers: [
    AccessTokens,
    AddressChangesService,
    ExpiredTokens,
    InvitationAcceptanceService,
    JwtStrategy,
    LocalStrategy,
    Logins,
    PasswordGuard,
    MailSignInsService,
    NewDevices,
    PasswordResetsService,
    Passwords,
    SignInService,
  ],
  exports: [Logins],
})
export class AuthModule {}
