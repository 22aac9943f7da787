import { Throttled } from '../throttling/throttled.decorator.js';
import { Body, Controller, HttpCode, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { ChangePassword } from './own-password.dto.js';
import { OwnPasswordService } from './own-password.service.js';

@ApiTags('Me')
@Controller('v1/me/password')
@Roles('coach', 'client', 'admin')
export class OwnPasswordController {
  constructor(private readonly password: OwnPasswordService) {}

  /** Changes my password; it ends my logins elsewhere, and the keys that I made. Nobody ever has to. */
  @Put()
  @HttpCode(204)
  @Throttled('step_up', 'person')
  change(@CurrentPerson() person: Person, @Body() input: ChangePassword): Promise<void> {
    return this.password.change(person, input);
  }
}
