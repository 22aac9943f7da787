import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles, StepUp } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { KeyList, MadeKeyView, MakeKey } from './script-key.dto.js';
import { keyView, madeKeyView } from './script-key.view.js';
import { ScriptKeys } from './script-keys.js';

@ApiTags('Me')
@Controller('v1/me/keys')
@Roles('admin')
export class ScriptKeysController {
  constructor(private readonly keys: ScriptKeys) {}

  /** The keys of my scripts that work. */
  @Get()
  async list(@CurrentPerson() person: Person): Promise<KeyList> {
    return { items: (await this.keys.list(person)).map(keyView) };
  }

  /** Makes a key for a script. It is told this once, and opens no text about anybody. */
  @Post()
  @StepUp()
  @CreatedAt('/v1/me/keys')
  async make(@CurrentPerson() person: Person, @Body() input: MakeKey): Promise<MadeKeyView> {
    return madeKeyView(await this.keys.make(person, input));
  }

  /** Ends a key of mine. */
  @Delete(':id')
  @HttpCode(204)
  end(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.keys.end(person, id);
  }
}
