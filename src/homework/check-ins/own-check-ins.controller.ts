import { Body, Controller, Get, HttpStatus, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../../common/http/request.decorators.js';
import { PageQuery } from '../../common/page.dto.js';
import { CheckInPage, CheckInView, WriteCheckIn } from './check-in.dto.js';
import { checkInView } from './check-in.view.js';
import { OwnCheckInsService } from './own-check-ins.service.js';

@ApiTags('Check-ins')
@Controller('v1/me/check-ins')
@Roles('client')
export class OwnCheckInsController {
  constructor(private readonly checkIns: OwnCheckInsService) {}

  /** How it went, by my own account, newest day first. */
  @Get()
  async list(@CurrentPerson() person: Person, @Query() query: PageQuery): Promise<CheckInPage> {
    const page = await this.checkIns.list(person, query);
    return { ...page, items: page.items.map(checkInView) };
  }

  /**
   * I look at how it goes, on whichever day suits me, by an id of my own choice. Sent again it stays as it is; sent
   * otherwise it is a correction, which keeps what stood.
   */
  @Put(':id')
  @ApiCreatedResponse({ type: CheckInView, description: 'Kept for the first time.' })
  @ApiOkResponse({ type: CheckInView, description: 'Kept as it was, or corrected.' })
  async write(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: WriteCheckIn,
    @Res({ passthrough: true }) reply: FastifyReply,
    @IfMatch() version?: number,
  ): Promise<CheckInView> {
    const { checkIn, isNew } = await this.checkIns.write(person, id, input, version);
    if (isNew) void reply.status(HttpStatus.CREATED);
    return checkInView(checkIn);
  }
}
