import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import type { JsonText } from '../common/json-text.js';
import { PageQuery } from '../common/page.dto.js';
import { DataRequestPage, DataRequestQuery } from './data-request.dto.js';
import { DataRequestsService } from './data-requests.service.js';

@ApiTags('Data requests')
@Controller('v1/data-requests')
@Roles('admin')
export class DataRequestsController {
  constructor(private readonly requests: DataRequestsService) {}

  /** What clients asked of the practice about their data; what is due first comes first. */
  @Get()
  @ApiOkResponse({ type: DataRequestPage })
  list(
    @CurrentPerson() person: Person,
    @Query() query: DataRequestQuery,
  ): Promise<JsonText<DataRequestPage>> {
    return this.requests.list(person, query);
  }
}

@ApiTags('Data requests')
@Controller('v1/me/data-requests')
@Roles('client')
export class OwnDataRequestsController {
  constructor(private readonly requests: DataRequestsService) {}

  /** What I asked of the practice about my data, newest first, and by when it is answered. */
  @Get()
  @ApiOkResponse({ type: DataRequestPage })
  list(@CurrentPerson() person: Person, @Query() query: PageQuery): Promise<JsonText<DataRequestPage>> {
    return this.requests.listOwn(person, query);
  }
}
