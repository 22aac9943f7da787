import { Body, Controller, Delete, Get, HttpCode, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { BeforeSecondFactor, Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import { MeService } from './me.service.js';
import { ChangeMe, LoginList, MeView } from './user.dto.js';
import { loginView, meView } from './user.view.js';

@ApiTags('Me')
@Controller('v1/me')
@Roles('coach', 'client', 'admin')
@BeforeSecondFactor()
export class MeController {
  constructor(private readonly me: MeService) {}

  /** Who I am, here. */
  @Get()
  async read(@CurrentPerson() person: Person): Promise<MeView> {
    return meView(await this.me.read(person), person);
  }

  /** Changes my name or language. */
  @Patch()
  async change(
    @CurrentPerson() person: Person,
    @Body() input: ChangeMe,
    @IfMatch() version?: number,
  ): Promise<MeView> {
    return meView(await this.me.change(person, input, version), person);
  }

  /** Where I am signed in. */
  @Get('logins')
  async logins(@CurrentPerson() person: Person): Promise<LoginList> {
    const logins = await this.me.logins(person);
    return { items: logins.map((login) => loginView(login, person)) };
  }

  /** Ends all my logins but this one; the keys of my scripts stay. */
  @Delete('logins')
  @HttpCode(204)
  endOtherLogins(@CurrentPerson() person: Person): Promise<void> {
    return this.me.endOtherLogins(person);
  }

  /** Ends one of my logins, on whatever device. */
  @Delete('logins/:id')
  @HttpCode(204)
  endLogin(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.me.endLogin(person, id, 'revoked');
  }
}
