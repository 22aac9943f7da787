import { Throttled } from '../throttling/throttled.decorator.js';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { BeforeSecondFactor, Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { Reauthentication } from './reauthentication.js';
import { ProveAgain, Proven } from './step-up.dto.js';

@ApiTags('Sign in')
@Controller('v1/auth/step-up')
@Roles('coach', 'client', 'admin')
export class StepUpController {
  constructor(private readonly reauthentication: Reauthentication) {}

  /** Proves once more who calls; for ten minutes this login may then do what answers `step-up-required`. */
  @Post()
  @HttpCode(200)
  @BeforeSecondFactor()
  @Throttled('step_up', 'person')
  prove(@CurrentPerson() person: Person, @Body() input: ProveAgain): Promise<Proven> {
    return this.reauthentication.stepUp(person, input);
  }
}
