import { Throttled } from '../throttling/throttled.decorator.js';
import { DeliversLogin } from './login-delivery.js';
import { Body, Controller, Headers, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Origin } from '../common/actor.js';
import { Public } from '../common/http/access.decorators.js';
import { CurrentOrigin } from '../common/http/request.decorators.js';
import { LoginTokens } from './auth.dto.js';
import { MailSignInsService } from './mail-sign-ins.service.js';
import { AskForMail, MailSignInAsked, TakeMailSignIn } from './one-time-links.dto.js';

@ApiTags('Sign in')
@Controller('v1/auth/mail-sign-ins')
@Public()
@DeliversLogin()
export class MailSignInsController {
  constructor(private readonly signIns: MailSignInsService) {}

  /** Mails a client a link to sign in with, where the practice allows it; the answer is the same where it does not. */
  @Post()
  @HttpCode(202)
  @Throttled('mail', 'email')
  ask(@Body() input: AskForMail, @CurrentOrigin() origin: Origin): Promise<MailSignInAsked> {
    return this.signIns.ask(input, origin);
  }

  /** Signs in with the code of the mail, in the browser that asked for it. */
  @Put(':code')
  @Throttled('code', 'code')
  take(
    @Param('code') code: string,
    @Body() input: TakeMailSignIn,
    @CurrentOrigin() origin: Origin,
    @Headers('user-agent') device?: string,
  ): Promise<LoginTokens> {
    return this.signIns.take(code, input, origin, device);
  }
}
