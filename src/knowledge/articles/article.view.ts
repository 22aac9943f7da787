import type { ArticleVersionView, ArticleView } from './article.dto.js';
import { contentOf } from './article-content.js';
import type { ArticleEntry } from './article.queries.js';
import type { ArticleVersion } from './article-version.entity.js';

export function articleView({ article, newest }: ArticleEntry): ArticleView {
  const { id, slug, status, draftVersion, publishedVersion, createdAt, version } = article;
  return {
    id,
    slug,
    status,
    ...contentOf(newest),
    ...(draftVersion !== null && { draftVersion }),
    ...(publishedVersion !== null && { publishedVersion }),
    createdAt: createdAt.toISOString(),
    version,
  };
}

export function articleVersionView(written: ArticleVersion): ArticleVersionView {
  const { version, writtenBy, writtenAt, publishedAt } = written;
  return {
    articleVersion: version,
    ...contentOf(written),
    ...(writtenBy && { writtenBy }),
    writtenAt: writtenAt.toISOString(),
    ...(publishedAt && { publishedAt: publishedAt.toISOString() }),
  };
}
