import { Injectable } from '@nestjs/common';
import type { Origin, SystemTask } from '../../common/actor.js';
import type { Language } from '../../common/language.js';
import { fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import { PracticeSlugs } from '../../practices/practice-slugs.js';
import { articleHtml } from '../articles/article-html.js';
import { publishedRows, publishedText } from '../articles/article.queries.js';
import { faqPage } from './structured-data.js';
import type { WebsiteArticle, WebsiteArticleListed, WebsiteArticlesQuery } from './website.dto.js';

/**
 * The knowledge base as anybody may read it. The system task `knowledge` does the reading: it sees what is published in
 * one practice, and nothing else.
 */
@Injectable()
export class WebsiteService {
  constructor(
    private readonly tenant: Tenant,
    private readonly practices: PracticeSlugs,
  ) {}

  async list(
    practice: string,
    { q, limit, cursor }: WebsiteArticlesQuery,
    language: Language,
    origin: Origin,
  ): Promise<Page<WebsiteArticleListed>> {
    const after = cursor && fromCursor(cursor, [UUID])[0];
    const reader = await this.readerOf(practice, origin);
    const rows = await this.tenant.read(reader, (tx) =>
      publishedRows(tx, { language, q }, { after, limit: limit + 1 }),
    );
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      ({ slug, title, summary, publishedAt }) => ({
        slug,
        title,
        description: summary,
        publishedAt: publishedAt.toISOString(),
      }),
    );
  }

  /** @throws Problem 404 for what is not on the website, or not any more */
  async read(practice: string, slug: string, language: Language, origin: Origin): Promise<WebsiteArticle> {
    const reader = await this.readerOf(practice, origin);
    const found = await this.tenant.read(reader, (tx) => publishedText(tx, slug, language));
    if (!found) throw notFound();
    const html = articleHtml(found);
    const structuredData = faqPage(html, language);
    return {
      slug,
      language,
      ...html,
      pageTitle: `${found.title} | ${found.practiceName}`,
      publishedAt: found.publishedAt.toISOString(),
      ...(structuredData && { structuredData }),
    };
  }

  private async readerOf(practice: string, origin: Origin): Promise<SystemTask> {
    return { practiceId: await this.practices.find(practice), task: 'knowledge', origin };
  }
}
