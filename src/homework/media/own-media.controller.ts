import { Controller, Get, Headers, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { ExerciseMediaService } from './exercise-media.service.js';
import { played } from './exercise-medium.view.js';
import { PlaysMedium } from './media-responses.js';

@ApiTags('Homework')
@Controller('v1/me/assignments')
@Roles('client')
export class OwnMediaController {
  constructor(private readonly media: ExerciseMediaService) {}

  /** Plays what comes with an exercise that I was given, or with `Range` a part of it. */
  @Get(':id/medium')
  @PlaysMedium()
  async play(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Headers('range') range: string | undefined,
    @Headers('if-range') ifRange: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return played(await this.media.playOwn(person, id, { range, 'if-range': ifRange }), reply);
  }
}
