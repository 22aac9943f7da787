import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/clients.module.js';
import { Settings } from '../config/settings.js';
import { UsersModule } from '../users/users.module.js';
import { AccessTokens } from './access-tokens.js';
import { AuthController } from './auth.controller.js';
import { FactorKeys } from './factor-keys.js';
import { ExpiredTokens } from './expired-tokens.js';
import { PasswordGuard } from './guards.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LocalStrategy } from './local.strategy.js';
import { Logins } from './logins.js';
import { PasskeyAssertions } from './passkeys/passkey-assertions.js';
import { PasskeyChallenges } from './passkeys/passkey-challenges.js';
import { PasskeySignInController } from './passkeys/passkey-sign-in.controller.js';
import { PasskeySignInService } from './passkeys/passkey-sign-in.service.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { PasskeysService } from './passkeys/passkeys.service.js';
import { RelyingParty } from './passkeys/relying-party.js';
import { Passwords } from './passwords.js';
import { RecoveryCodes } from './second-factor/recovery-codes.js';
import { SecondFactorAtSignIn } from './second-factor/second-factor-at-sign-in.js';
import {
  LostSecondFactorController,
  SecondFactorController,
} from './second-factor/second-factor.controller.js';
import { SecondFactorService } from './second-factor/second-factor.service.js';
import { SecondFactors } from './second-factor/second-factors.js';
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
    UsersModule,
  ],
  controllers: [
    AuthController,
    SecondFactorController,
    LostSecondFactorController,
    PasskeysController,
    PasskeySignInController,
  ],
  providers: [
    AccessTokens,
    ExpiredTokens,
    FactorKeys,
    InvitationAcceptanceService,
    JwtStrategy,
    LocalStrategy,
    Logins,
    PasskeyAssertions,
    PasskeyChallenges,
    PasskeySignInService,
    PasskeysService,
    PasswordGuard,
    Passwords,
    RecoveryCodes,
    RelyingParty,
    SecondFactorAtSignIn,
    SecondFactorService,
    SecondFactors,
    SignInService,
  ],
  exports: [Logins, SecondFactors],
})
export class AuthModule {}
