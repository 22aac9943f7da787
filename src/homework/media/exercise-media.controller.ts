import { Controller, Get, Headers, Post, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CreatedAt } from '../../common/http/created.interceptor.js';
import { IdParam } from '../../common/http/id-param.js';
import { MEDIA_ROUTE, mediumIn } from '../../common/http/media-body.js';
import { CurrentPerson } from '../../common/http/request.decorators.js';
import { ExerciseMediaService } from './exercise-media.service.js';
import { ExerciseMediumView } from './exercise-medium.dto.js';
import { exerciseMediumView, played } from './exercise-medium.view.js';
import { PlaysMedium, TakesMedium } from './media-responses.js';

@ApiTags('Exercises')
@Controller(MEDIA_ROUTE)
@Roles('coach', 'admin')
export class ExerciseMediaController {
  constructor(private readonly media: ExerciseMediaService) {}

  /** Takes in audio or film, to be named by an exercise afterwards; what no exercise names is gone after a day. */
  @Post()
  @TakesMedium()
  @CreatedAt(`/${MEDIA_ROUTE}`)
  async upload(@CurrentPerson() person: Person, @Req() request: FastifyRequest): Promise<ExerciseMediumView> {
    const { content, announced } = mediumIn(request);
    return exerciseMediumView(await this.media.upload(person, content, announced));
  }

  /** What is known of a recording. */
  @Get(':id')
  async read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ExerciseMediumView> {
    return exerciseMediumView(await this.media.read(person, id));
  }

  /** Plays a recording, or with `Range` a part of it. */
  @Get(':id/file')
  @PlaysMedium()
  async play(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Headers('range') range: string | undefined,
    @Headers('if-range') ifRange: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return played(await this.media.play(person, id, { range, 'if-range': ifRange }), reply);
  }
}
