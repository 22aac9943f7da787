import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ClientSummary } from '../clients/client.dto.js';
import { clientSummary } from '../clients/client.view.js';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CreatedAt } from '../common/http/created.interceptor.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import {
  AcceptIntakeRequest,
  IntakeRequestPage,
  IntakeRequestQuery,
  IntakeRequestView,
} from './intake-request.dto.js';
import { intakeRequestView } from './intake-request.view.js';
import { IntakeRequestsService } from './intake-requests.service.js';

@ApiTags('Intake requests')
@Controller('v1/intake-requests')
@Roles('coach', 'admin')
export class IntakeRequestsController {
  constructor(private readonly requests: IntakeRequestsService) {}

  /** What came in by the form on the website, newest first. */
  @Get()
  async list(
    @CurrentPerson() person: Person,
    @Query() query: IntakeRequestQuery,
  ): Promise<IntakeRequestPage> {
    const page = await this.requests.list(person, query);
    return { ...page, items: page.items.map(intakeRequestView) };
  }

  /** Makes who asked a prospect of a coach, with the consent that they gave. */
  @Post(':id/acceptance')
  @CreatedAt('/v1/clients')
  async accept(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: AcceptIntakeRequest,
    @IfMatch() version?: number,
  ): Promise<ClientSummary> {
    const { client } = await this.requests.accept(person, id, input, version);
    return clientSummary(client);
  }

  /** Refuses it; nothing is kept of what it said. */
  @Post(':id/refusal')
  @HttpCode(200)
  async refuse(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IfMatch() version?: number,
  ): Promise<IntakeRequestView> {
    return intakeRequestView(await this.requests.refuse(person, id, version));
  }
}
