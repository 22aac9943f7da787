import { Throttled } from '../throttling/throttled.decorator.js';
import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Origin } from '../common/actor.js';
import { Public } from '../common/http/access.decorators.js';
import { CurrentOrigin } from '../common/http/request.decorators.js';
import { AskForMail, ResetPassword } from './one-time-links.dto.js';
import { PasswordResetsService } from './password-resets.service.js';

@ApiTags('Sign in')
@Controller('v1/auth/password-resets')
@Public()
export class PasswordResetsController {
  constructor(private readonly resets: PasswordResetsService) {}

  /** Mails a link to choose a new password, if the address is known; the answer is the same if it is not. */
  @Post()
  @HttpCode(202)
  @Throttled('mail', 'email')
  ask(@Body() input: AskForMail, @CurrentOrigin() origin: Origin): Promise<void> {
    return this.resets.ask(input, origin);
  }

  /** Sets the new password, ends every login, and tells so by mail. A second factor stays in force. */
  @Put(':code')
  @HttpCode(204)
  @Throttled('code', 'code')
  reset(
    @Param('code') code: string,
    @Body() { password }: ResetPassword,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.resets.reset(code, password, origin);
  }
}
