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
import { FactorKeys } from './factor-keys.js';
import { KeyRotation } from './key-rotation.js';
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
import { PasskeyAssertions } from './passkeys/passkey-assertions.js';
import { PasskeyChallenges } from './passkeys/passkey-challenges.js';
import { PasskeySignInController } from './passkeys/passkey-sign-in.controller.js';
import { PasskeySignInService } from './passkeys/passkey-sign-in.service.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { PasskeysService } from './passkeys/passkeys.service.js';
import { RelyingParty } from './passkeys/relying-party.js';
import { Passwords } from './passwords.js';
import { FactorSecrets } from './second-factor/factor-secrets.js';
import { RecoveryCodes } from './second-factor/recovery-codes.js';
import { SecondFactorAtSignIn } from './second-factor/second-factor-at-sign-in.js';
import {
  LostSecondFactorController,
  SecondFactorController,
} from './second-factor/second-factor.controller.js';
import { SecondFactorService } from './second-factor/second-factor.service.js';
import { SecondFactors } from './second-factor/second-factors.js';
import { SignInService } from './sign-in.service.js';
import { VerifiedTokens } from './verified-tokens.js';

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
    SecondFactorController,
    LostSecondFactorController,
    PasskeysController,
    PasskeySignInController,
  ],
  providers: [
    AccessTokens,
    AddressChangesService,
    ExpiredTokens,
    FactorKeys,
    FactorSecrets,
    KeyRotation,
    InvitationAcceptanceService,
    JwtStrategy,
    LocalStrategy,
    LoginDelivery,
    Logins,
    NewPasswords,
    OwnPasswordService,
    PasskeyAssertions,
    PasskeyChallenges,
    PasskeySignInService,
    PasskeysService,
    PasswordGuard,
    MailSignInsService,
    PasswordResetsService,
    Passwords,
    Reauthentication,
    ScriptKeys,
    RecoveryCodes,
    RelyingParty,
    SecondFactorAtSignIn,
    SecondFactorService,
    SecondFactors,
    SignInService,
    VerifiedTokens,
  ],
  exports: [JwtStrategy, Logins, Reauthentication, ScriptKeys, SecondFactors, VerifiedTokens],
})
export class AuthModule {}
