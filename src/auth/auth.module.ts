import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/clients.module.js';
import { PracticesModule } from '../practices/practices.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessTokens } from './access-tokens.js';
import { AddressChangesController } from './address-changes.controller.js';
import { AddressChangesService } from './address-changes.service.js';
import { AuthController } from './auth.controller.js';
import { ExpiredTokens } from './expired-tokens.js';
import { PasswordGuard } from './guards.js';
import { NewPasswords } from './new-passwords.js';
import { OwnPasswordController } from './own-password.controller.js';
import { OwnPasswordService } from './own-password.service.js';
import { PassphrasesController } from './passphrases.controller.js';
import { Reauthentication } from './reauthentication.js';
import { ScriptKeys } from './script-keys.js';
import { ScriptKeysController } from './script-keys.controller.js';
import { StepUpController } from './step-up.controller.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LocalStrategy } from './local.strategy.js';
import { LoginDelivery } from './login-delivery.js';
import { Logins } from './logins.js';
import { MailSignInsController } from './mail-sign-ins.controller.js';
import { MailSignInsService } from './mail-sign-ins.service.js';
import { PasswordResetsController } from './password-resets.controller.js';
import { PasswordResetsService } from './password-resets.service.js';
import { Passwords } from './passwords.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [
    PassportModule,
    // Without a key of its own: which one signs, and which one verifies, is said with each token.
    JwtModule.register({}),
    ClientsModule,
    PracticesModule,
    UsersModule,
  ],
  controllers: [
    AuthController,
    StepUpController,
    PassphrasesController,
    OwnPasswordController,
    ScriptKeysController,
    PasswordResetsController,
    MailSignInsController,
    AddressChangesController,
  ],
  providers: [
    AccessTokens,
    AddressChangesService,
    ExpiredTokens,
    InvitationAcceptanceService,
    JwtStrategy,
    LocalStrategy,
    LoginDelivery,
    Logins,
    NewPasswords,
    OwnPasswordService,
    PasswordGuard,
    MailSignInsService,
    PasswordResetsService,
    Passwords,
    Reauthentication,
    ScriptKeys,
    SignInService,
  ],
  exports: [Logins, Reauthentication, ScriptKeys],
})
export class AuthModule {}
