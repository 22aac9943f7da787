import { wordsIn } from '../../common/fold.js';
import { JsonText } from '../../common/json-text.js';
import type { Language } from '../../common/language.js';
import { Conditions } from '../../database/conditions.js';
import { instant, object } from '../../database/json.js';
import type { Tx } from '../../database/tx.js';
import type { ArticleListed, ArticleQuery } from './article.dto.js';
import { Article } from './article.entity.js';
import { ArticleVersion } from './article-version.entity.js';

/** An article with its newest version. */
export interface ArticleEntry {
  readonly id: string;
  readonly article: Article;
  readonly newest: ArticleVersion;
}

/** From where on, and how many. */
export interface Place {
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function findArticle(
  tx: Tx,
  id: string,
  lock?: 'for update',
): Promise<ArticleEntry | undefined> {
  const found = tx.manager
    .createQueryBuilder(Article, 'a')
    .innerJoinAndMapOne(
      'a.newest',
      ArticleVersion,
      'v',
      'v.practiceId = a.practiceId and v.articleId = a.id and v.version = coalesce(a.draftVersion, a.publishedVersion)',
    )
    .where('a.practiceId = :practiceId and a.id = :id', { practiceId: tx.practiceId, id });
  if (lock) found.setLock('for_no_key_update', undefined, ['a']);
  const article = (await found.getOne()) as (Article & { newest: ArticleVersion }) | null;
  return article ? { id, article, newest: article.newest } : undefined;
}

const LISTED = object({
  id: 'a.id',
  slug: 'a.slug',
  status: 'a.status',
  title: { nl: 'v.title_nl', en: 'v.title_en' },
  summary: { nl: 'v.summary_nl', en: 'v.summary_en' },
  draftVersion: 'a.draft_version',
  publishedVersion: 'a.published_version',
  createdAt: instant('a.created_at'),
  version: 'a.version',
});

/** The knowledge base as the practice sees it, in the order it was made; searched in the newest version of each. */
export async function articleRows(
  tx: Tx,
  { status, q }: Pick<ArticleQuery, 'status' | 'q'>,
  { after, limit }: Place,
): Promise<JsonText<ArticleListed>[]> {
  const where = new Conditions()
    .and('a.practice_id = ?', tx.practiceId)
    .and('a.status = ?', status)
    .and('a.id > ?', after);
  holding(where, 'v.words_nl || v.words_en', q);
  const rows = await tx.query<{ view: string }>(
    `select ${LISTED} as view
       from articles a
       join article_versions v on v.practice_id = a.practice_id and v.article_id = a.id
        and v.version = coalesce(a.draft_version, a.published_version)
      where ${where.sql}
      order by a.id
      limit ${where.value(limit)}`,
    where.values,
  );
  return rows.map(({ view }) => new JsonText(view));
}

/** What anybody may read, one language of it. */
export interface PublishedRow {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly publishedAt: Date;
}

export interface PublishedText extends PublishedRow {
  readonly practiceName: string;
  readonly body: string;
  readonly questions: string[];
  readonly answers: string[];
}

const row = (language: Language): string =>
  `a.id, a.slug, v.title_${language} as title, v.summary_${language} as summary, v.published_at as "publishedAt"`;
const text = (language: Language): string =>
  `v.body_${language} as body, v.questions_${language} as questions, v.answers_${language} as answers,
   p.name as "practiceName"`;
const PUBLISHED = `articles a
  join practices p on p.id = a.practice_id
  join article_versions v
    on v.practice_id = a.practice_id and v.article_id = a.id and v.version = a.published_version`;

/** What is on the website, in the order it was made. */
export async function publishedRows(
  tx: Tx,
  { language, q }: { language: Language; q?: string | undefined },
  { after, limit }: Place,
): Promise<PublishedRow[]> {
  const where = new Conditions()
    .and('a.practice_id = ?', tx.practiceId)
    .and('a.status = ?', 'published')
    .and('a.id > ?', after);
  holding(where, `v.words_${language}`, q);
  return tx.query<PublishedRow>(
    `select ${row(language)} from ${PUBLISHED} where ${where.sql} order by a.id limit ${where.value(limit)}`,
    where.values,
  );
}

/** One article that is on the website. */
export async function publishedText(
  tx: Tx,
  slug: string,
  language: Language,
): Promise<PublishedText | undefined> {
  const [found] = await tx.query<PublishedText>(
    `select ${row(language)}, ${text(language)} from ${PUBLISHED}
      where a.practice_id = $1 and a.slug = $2 and a.status = 'published'`,
    [tx.practiceId, slug],
  );
  return found;
}

/** What was given to read, also when it has left the website since. */
export async function readingText(
  tx: Tx,
  { readingId, clientId, language }: { readingId: string; clientId: string; language: Language },
): Promise<PublishedText | undefined> {
  const [found] = await tx.query<PublishedText>(
    `select ${row(language)}, ${text(language)} from ${PUBLISHED}
       join readings r on r.practice_id = a.practice_id and r.article_id = a.id
      where r.practice_id = $1 and r.id = $2 and r.client_id = $3`,
    [tx.practiceId, readingId, clientId],
  );
  return found;
}

/** Every word that is looked for must be there, as the beginning of a word. What is no word is nowhere. */
function holding(where: Conditions, words: string, q: string | undefined): void {
  if (q === undefined) return;
  const wanted = wordsIn(q);
  if (wanted.length === 0) where.and('false');
  for (const word of wanted) where.and(`strpos(${words}, ?) > 0`, ` ${word}`);
}
