import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles, StepUp } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { CopyPassphrase } from '../data-request.dto.js';
import { RequestedCopies } from './requested-copies.js';

@ApiTags('Data requests')
@Controller('v1/clients/:id/copy-passphrase')
export class CopyPassphrasesController {
  constructor(private readonly copies: RequestedCopies) {}

  /**
   * What opens the newest copy for a client of yours without a login, to tell them yourself; an admin hands over the archive.
   * 404 where there is none.
   */
  @Get()
  @Roles('coach')
  @StepUp()
  read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<CopyPassphrase> {
    return this.copies.passphrase(person, id);
  }
}
