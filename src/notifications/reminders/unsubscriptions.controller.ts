import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Origin } from '../../common/actor.js';
import { Public } from '../../common/http/access.decorators.js';
import { ONE_CLICK_ROUTE } from '../../common/http/one-click.js';
import { CurrentOrigin } from '../../common/http/request.decorators.js';
import { Throttled } from '../../throttling/throttled.decorator.js';
import { UnsubscriptionView } from './reminder.dto.js';
import { UnsubscriptionsService } from './unsubscriptions.service.js';

@ApiTags('Reminders')
@Controller(ONE_CLICK_ROUTE)
@Public()
export class UnsubscriptionsController {
  constructor(private readonly unsubscriptions: UnsubscriptionsService) {}

  /** Whether reminders are sent; this changes nothing, for mail scanners open every link. */
  @Get()
  @Throttled('code', 'code')
  read(@Param('code') code: string, @CurrentOrigin() origin: Origin): Promise<UnsubscriptionView> {
    return this.unsubscriptions.read(code, origin);
  }

  /** Switches reminders off, with the code of any of them and without signing in (RFC 8058); a second time too. */
  @Post()
  @HttpCode(200)
  @Throttled('code', 'code')
  end(@Param('code') code: string, @CurrentOrigin() origin: Origin): Promise<UnsubscriptionView> {
    return this.unsubscriptions.end(code, origin);
  }
}
