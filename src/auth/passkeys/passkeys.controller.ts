import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { BeforeSecondFactor, Roles, StepUp } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import {
  AddedPasskeyView,
  AddPasskey,
  PasskeyCreationOptions,
  PasskeyList,
  PasskeyView,
  RenamePasskey,
} from './passkey.dto.js';
import { addedPasskeyView, passkeyView } from './passkey.view.js';
import { PasskeysService } from './passkeys.service.js';

@ApiTags('Second factor')
@Controller('v1/me/passkeys')
@Roles('coach', 'client', 'admin')
@BeforeSecondFactor()
export class PasskeysController {
  constructor(private readonly passkeys: PasskeysService) {}

  /** What a device needs to make a passkey; it is answered once, within five minutes. */
  @Post('options')
  @HttpCode(200)
  @StepUp()
  options(@CurrentPerson() person: Person): Promise<PasskeyCreationOptions> {
    return this.passkeys.options(person);
  }

  /** Adds the passkey that the device made; as a first second factor it brings ten recovery codes, shown this once. */
  @Post()
  @StepUp()
  async add(@CurrentPerson() person: Person, @Body() input: AddPasskey): Promise<AddedPasskeyView> {
    return addedPasskeyView(await this.passkeys.add(person, input));
  }

  /** My passkeys, oldest first. */
  @Get()
  async list(@CurrentPerson() person: Person): Promise<PasskeyList> {
    return { items: (await this.passkeys.list(person)).map(passkeyView) };
  }

  /** Calls a passkey something else. */
  @Patch(':id')
  async rename(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() { name }: RenamePasskey,
  ): Promise<PasskeyView> {
    return passkeyView(await this.passkeys.rename(person, id, name));
  }

  /** Takes a passkey away; it signs in no more. */
  @Delete(':id')
  @HttpCode(204)
  @StepUp()
  remove(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.passkeys.remove(person, id);
  }
}
