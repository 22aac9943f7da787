import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CreatedAt } from '../../common/http/created.interceptor.js';
import { IdParam } from '../../common/http/id-param.js';
import { CurrentPerson, IfMatch } from '../../common/http/request.decorators.js';
import type { JsonText } from '../../common/json-text.js';
import { PageQuery } from '../../common/page.dto.js';
import {
  ArticlePage,
  ArticleQuery,
  ArticleVersionPage,
  ArticleView,
  ChangeArticle,
  DraftArticle,
} from './article.dto.js';
import { articleVersionView, articleView } from './article.view.js';
import { ArticlesService } from './articles.service.js';

@ApiTags('Knowledge')
@Controller('v1/articles')
@Roles('coach', 'admin')
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  /** The knowledge base, drafts too, in the order it was made. */
  @Get()
  @ApiOkResponse({ type: ArticlePage })
  list(@CurrentPerson() person: Person, @Query() query: ArticleQuery): Promise<JsonText<ArticlePage>> {
    return this.articles.list(person, query);
  }

  /** Begins an article, as a draft. */
  @Post()
  @CreatedAt('/v1/articles')
  async draft(@CurrentPerson() person: Person, @Body() input: DraftArticle): Promise<ArticleView> {
    return articleView(await this.articles.draft(person, input));
  }

  /** One article, in Markdown. */
  @Get(':id')
  async read(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ArticleView> {
    return articleView(await this.articles.read(person, id));
  }

  /** Changes the draft; of a published article it makes the next version, and the website tells the former until then. */
  @Patch(':id')
  async change(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: ChangeArticle,
    @IfMatch() version?: number,
  ): Promise<ArticleView> {
    return articleView(await this.articles.change(person, id, input, version));
  }

  /** Publishes the draft: from now on anybody may read it. */
  @Post(':id/publication')
  @HttpCode(200)
  async publish(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ArticleView> {
    return articleView(await this.articles.publish(person, id));
  }

  /** Takes a published article off the website; who was given it to read keeps it. */
  @Post(':id/retirement')
  @HttpCode(200)
  async retire(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ArticleView> {
    return articleView(await this.articles.retire(person, id));
  }

  /** Every version that there was, newest first. */
  @Get(':id/versions')
  async versions(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Query() query: PageQuery,
  ): Promise<ArticleVersionPage> {
    const page = await this.articles.versions(person, id, query);
    return { ...page, items: page.items.map(articleVersionView) };
  }
}
