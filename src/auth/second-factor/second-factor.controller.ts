import { Throttled } from '../../throttling/throttled.decorator.js';
import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { BeforeSecondFactor, Roles, StepUp } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import {
  ConfirmSecondFactor,
  ProveBoth,
  RecoveryCodeList,
  SecondFactorEnrolment,
  SecondFactorView,
} from './second-factor.dto.js';
import { SecondFactorService } from './second-factor.service.js';

@ApiTags('Second factor')
@Controller('v1/me/second-factor')
@Roles('coach', 'client', 'admin')
@BeforeSecondFactor()
export class SecondFactorController {
  constructor(private readonly factor: SecondFactorService) {}

  /** What I sign in with beside my password. */
  @Get()
  read(@CurrentPerson() person: Person): Promise<SecondFactorView> {
    return this.factor.read(person);
  }

  /** Begins with an authenticator app; it counts once a code of it was confirmed. */
  @Put()
  @StepUp()
  begin(@CurrentPerson() person: Person): Promise<SecondFactorEnrolment> {
    return this.factor.begin(person);
  }

  /** Confirms the app with its first code, and gives ten recovery codes, once. */
  @Post('confirmation')
  @HttpCode(200)
  @StepUp()
  @Throttled('code', 'person')
  async confirm(
    @CurrentPerson() person: Person,
    @Body() { code }: ConfirmSecondFactor,
  ): Promise<RecoveryCodeList> {
    return { codes: await this.factor.confirm(person, code) };
  }

  /** Ten new recovery codes, once; the earlier ones work no more. */
  @Post('recovery-codes')
  @HttpCode(200)
  @StepUp()
  @Throttled('code', 'person')
  async renew(@CurrentPerson() person: Person, @Body() proof: ProveBoth): Promise<RecoveryCodeList> {
    return { codes: await this.factor.renewRecoveryCodes(person, proof) };
  }

  /** Takes my authenticator app away, and my recovery codes where no passkey is left for them to stand in for. */
  @Delete()
  @HttpCode(204)
  @StepUp()
  @Throttled('code', 'person')
  remove(@CurrentPerson() person: Person, @Body() proof: ProveBoth): Promise<void> {
    return this.factor.remove(person, proof);
  }
}

@ApiTags('Users')
@Controller('v1/users/:id/second-factor')
@Roles('admin')
export class LostSecondFactorController {
  constructor(private readonly factor: SecondFactorService) {}

  /** Takes away every second factor of a user who lost theirs; they sign in with the password and set up a new one. */
  @Delete()
  @HttpCode(204)
  @StepUp()
  remove(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.factor.removeLost(person, id);
  }
}
