import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Origin } from '../../common/actor.js';
import { Public } from '../../common/http/access.decorators.js';
import { publicly } from '../../common/http/public-answer.js';
import { CurrentLanguage, CurrentOrigin } from '../../common/http/request.decorators.js';
import { SlugParam } from '../../common/http/slug-param.js';
import type { Language } from '../../common/language.js';
import {
  WebsiteArticle,
  WebsiteArticlePage,
  WebsiteArticleQuery,
  WebsiteArticlesQuery,
} from './website.dto.js';
import { WebsiteService } from './website.service.js';

const UNCHANGED = { status: 304, description: 'As the `ETag` says that you have it already.' };

@ApiTags('Website')
@Controller('v1/practices/:slug/articles')
@Public()
export class WebsiteController {
  constructor(private readonly website: WebsiteService) {}

  /** The published articles of a practice, for anybody. May be kept for five minutes. */
  @Get()
  @ApiOkResponse({ type: WebsiteArticlePage })
  @ApiResponse(UNCHANGED)
  async list(
    @SlugParam() practice: string,
    @Query() query: WebsiteArticlesQuery,
    @CurrentLanguage() preferred: Language,
    @CurrentOrigin() origin: Origin,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebsiteArticlePage | undefined> {
    const language = query.language ?? preferred;
    return publicly(request, reply, language, await this.website.list(practice, query, language, origin));
  }

  /** One published article, with all that a page of a website shows of it. May be kept for five minutes. */
  @Get(':article')
  @ApiOkResponse({ type: WebsiteArticle })
  @ApiResponse(UNCHANGED)
  async read(
    @SlugParam() practice: string,
    @SlugParam('article') article: string,
    @Query() query: WebsiteArticleQuery,
    @CurrentLanguage() preferred: Language,
    @CurrentOrigin() origin: Origin,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebsiteArticle | undefined> {
    const language = query.language ?? preferred;
    return publicly(request, reply, language, await this.website.read(practice, article, language, origin));
  }
}
