import { Throttled } from '../../throttling/throttled.decorator.js';
import { DeliversLogin } from '../login-delivery.js';
import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Origin } from '../../common/actor.js';
import { Public } from '../../common/http/access.decorators.js';
import { CurrentOrigin } from '../../common/http/request.decorators.js';
import { LoginTokens } from '../auth.dto.js';
import { PasskeyRequestOptions, SignInWithPasskey } from './passkey.dto.js';
import { PasskeySignInService } from './passkey-sign-in.service.js';

@ApiTags('Sign in')
@Controller('v1/auth/passkey')
@DeliversLogin()
export class PasskeySignInController {
  constructor(private readonly passkeys: PasskeySignInService) {}

  /** A challenge for a passkey, alone or behind a password; it is answered once, within five minutes. */
  @Post('options')
  @HttpCode(200)
  @Public()
  options(): PasskeyRequestOptions {
    return this.passkeys.options();
  }

  /** Signs in with a passkey alone. */
  @Post()
  @HttpCode(200)
  @Public()
  @Throttled('sign_in')
  signIn(
    @Body() { credential }: SignInWithPasskey,
    @CurrentOrigin() origin: Origin,
    @Headers('user-agent') device?: string,
  ): Promise<LoginTokens> {
    return this.passkeys.signIn(credential, origin, device);
  }
}
