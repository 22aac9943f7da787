import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiPreconditionRequiredResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson, IfMatch, IfNoneMatch } from '../common/http/request.decorators.js';
import { ObservationView, WriteObservation } from './observation.dto.js';
import { observationView } from './observation.view.js';
import { ObservationsService } from './observations.service.js';

@ApiTags('Observations')
@Controller('v1/sessions/:id/observation')
@Roles('coach')
export class ObservationsController {
  constructor(private readonly observations: ObservationsService) {}

  /** What the coach observed in this session. */
  @Get()
  async read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ObservationView> {
    return observationView(await this.observations.read(person, id));
  }

  /**
   * Writes the observation whole: the first with `If-None-Match: *`, each later one with the `If-Match` of the
   * version it replaces. It stands once a note of the session is signed.
   */
  @Put()
  @ApiOkResponse({ type: ObservationView })
  @ApiCreatedResponse({ type: ObservationView })
  @ApiPreconditionRequiredResponse()
  async put(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: WriteObservation,
    @IfNoneMatch() nothingYet: boolean,
    @IfMatch() version: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ObservationView> {
    const observed = await this.observations.put(person, id, input, { version, nothingYet });
    void reply.status(nothingYet ? 201 : 200);
    return observationView(observed);
  }
}
