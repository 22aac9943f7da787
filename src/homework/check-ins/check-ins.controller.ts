import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { PageQuery } from '../../common/page.dto.js';
import { CheckInPage } from './check-in.dto.js';
import { checkInView } from './check-in.view.js';
import { CheckInsService } from './check-ins.service.js';

@ApiTags('Check-ins')
@Controller('v1/clients/:id/check-ins')
@Roles('coach')
export class CheckInsController {
  constructor(private readonly checkIns: CheckInsService) {}

  /** How it went by the client's own account, newest day first: only what the client shares, so not all there may be. */
  @Get()
  async list(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: PageQuery,
  ): Promise<CheckInPage> {
    const page = await this.checkIns.list(person, id, query);
    return { ...page, items: page.items.map(checkInView) };
  }
}
