import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Origin } from '../common/actor.js';
import { Public } from '../common/http/access.decorators.js';
import { publicly } from '../common/http/public-answer.js';
import { CurrentLanguage, CurrentOrigin } from '../common/http/request.decorators.js';
import { SlugParam } from '../common/http/slug-param.js';
import type { Language } from '../common/language.js';
import { Throttled } from '../throttling/throttled.decorator.js';
import { IntakeFormService } from './intake-form.service.js';
import { IntakeForm, IntakeFormQuery, SendIntakeRequest } from './intake-request.dto.js';

@ApiTags('Website')
@Controller('v1/practices/:slug')
@Public()
export class IntakeFormController {
  constructor(private readonly form: IntakeFormService) {}

  /** What a form asks consent to, as it reads now. May be kept for five minutes. */
  @Get('intake-form')
  @ApiOkResponse({ type: IntakeForm })
  @ApiResponse({ status: 304, description: 'As the `ETag` says that you have it already.' })
  async read(
    @SlugParam() slug: string,
    @Query() query: IntakeFormQuery,
    @CurrentLanguage() preferred: Language,
    @CurrentOrigin() origin: Origin,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IntakeForm | undefined> {
    const language = query.language ?? preferred;
    return publicly(request, reply, language, await this.form.read(slug, language, origin));
  }

  /** Asks a practice for an intake, with consent to its text. */
  @Post('intake-requests')
  @HttpCode(202)
  @Throttled('intake', 'slug')
  send(
    @SlugParam() slug: string,
    @Body() input: SendIntakeRequest,
    @CurrentLanguage() preferred: Language,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.form.send(slug, input, preferred, origin);
  }
}
