import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/clients.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessTokens } from './access-tokens.js';
import { AuthController } from './auth.controller.js';
import { ExpiredTokens } from './expired-tokens.js';
import { PasswordGuard } from './guards.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LocalStrategy } from './local.strategy.js';
import { LoginDelivery } from './login-delivery.js';
import { Logins } from './logins.js';
import { Passwords } from './passwords.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [
    PassportModule,
    // Without a key of its own: which one signs, and which one verifies, is said with each token.
    JwtModule.register({}),
    ClientsModule,
    UsersModule,
  ],
  controllers: [AuthController],
  providers: [
    AccessTokens,
    ExpiredTokens,
    InvitationAcceptanceService,
    JwtStrategy,
    LocalStrategy,
    LoginDelivery,
    Logins,
    PasswordGuard,
    Passwords,
    SignInService,
  ],
  exports: [Logins],
})
export class AuthModule {}
