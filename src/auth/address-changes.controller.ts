import { Throttled } from '../throttling/throttled.decorator.js';
import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Origin, Person } from '../common/actor.js';
import { Public, Roles, StepUp } from '../common/http/access.decorators.js';
import { CurrentOrigin, CurrentPerson } from '../common/http/request.decorators.js';
import { AddressChangesService } from './address-changes.service.js';
import { ChangeAddress } from './one-time-links.dto.js';

@ApiTags('Sign in')
@Controller('v1')
export class AddressChangesController {
  constructor(private readonly changes: AddressChangesService) {}

  /** Asks to sign in with another address: mails a code there, and a notice to the address of now. */
  @Post('me/address-changes')
  @HttpCode(202)
  @StepUp()
  @Throttled('mail', 'person')
  @Roles('coach', 'client', 'admin')
  ask(@CurrentPerson() person: Person, @Body() input: ChangeAddress): Promise<void> {
    return this.changes.ask(person, input);
  }

  /** Confirms the new address with the code that was mailed there. */
  @Put('auth/address-changes/:code')
  @HttpCode(204)
  @Throttled('code', 'code')
  @Public()
  confirm(@Param('code') code: string, @CurrentOrigin() origin: Origin): Promise<void> {
    return this.changes.confirm(code, origin);
  }

  /** "This was not me", said at the old address: takes the change back, ends every login, and asks for a new password. */
  @Delete('auth/address-changes/:code')
  @HttpCode(204)
  @Throttled('code', 'code')
  @Public()
  cancel(@Param('code') code: string, @CurrentOrigin() origin: Origin): Promise<void> {
    return this.changes.cancel(code, origin);
  }
}
