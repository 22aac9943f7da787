import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { fold } from '../../common/fold.js';
import { newId } from '../../common/id.js';
import { jsonPageOf, type JsonText } from '../../common/json-text.js';
import { fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { given } from '../../common/patch.js';
import { notFound } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { whenViolated } from '../../database/violation.js';
import type { ArticlePage, ArticleQuery, ChangeArticle, DraftArticle } from './article.dto.js';
import { Article } from './article.entity.js';
import { slugNotUsable, slugTaken } from './article.errors.js';
import { columnsOf, type Content, contentOf } from './article-content.js';
import { type ArticleEntry, articleRows, findArticle } from './article.queries.js';
import { ArticleVersion } from './article-version.entity.js';

/** The practice's knowledge base, as its coaches and admins write it. It holds nothing about a person. */
@Injectable()
export class ArticlesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(person: Person, { limit, cursor, ...filter }: ArticleQuery): Promise<JsonText<ArticlePage>> {
    const after = cursor && fromCursor(cursor, [UUID])[0];
    const rows = await this.tenant.read(person, (tx) => articleRows(tx, filter, { after, limit: limit + 1 }));
    await this.audit.witness(person, { event: 'articles.listed', rowCount: Math.min(rows.length, limit) });
    return jsonPageOf(rows, limit, ({ id }) => [id]);
  }

  async read(person: Person, id: string): Promise<ArticleEntry> {
    const entry = await this.tenant.read(person, (tx) => this.load(tx, id));
    await this.audit.witness(person, { event: 'article.read', ...about(entry) });
    return entry;
  }

  /** Its versions, newest first. */
  async versions(person: Person, id: string, { limit, cursor }: PageQuery): Promise<Page<ArticleVersion>> {
    const before = cursor && fromCursor(cursor, [/^\d{1,9}$/])[0];
    const versions = await this.tenant.read(person, async (tx) => {
      const found = tx.manager
        .createQueryBuilder(ArticleVersion, 'v')
        .where('v.practiceId = :practiceId and v.articleId = :id', { practiceId: tx.practiceId, id })
        .orderBy('v.version', 'DESC')
        .limit(limit + 1);
      if (before) found.andWhere('v.version < :before', { before });
      const [, rows] = await Promise.all([this.load(tx, id), found.getMany()]);
      return rows;
    });
    await this.audit.witness(person, { event: 'article.read', ...about({ id }) });
    return pageOf(
      versions,
      limit,
      ({ version }) => [String(version)],
      (version) => version,
    );
  }

  /** Begins an article, as a draft. @throws Problem 409 `slug-taken`, 422 */
  draft(person: Person, { slug, ...content }: DraftArticle): Promise<ArticleEntry> {
    return this.tenant
      .once(
        person,
        async (tx) => {
          const now = this.clock.now();
          const article = tx.manager.create(Article, {
            practiceId: tx.practiceId,
            id: newId(now),
            slug: slug ?? slugOf(content.title.nl),
            status: 'draft',
            publishedVersion: null,
            draftVersion: 1,
            createdAt: now,
          });
          await tx.manager.insert(Article, article);
          const newest = await this.insertVersion(tx, person, article.id, 1, content);
          this.audit.record(tx, { event: 'article.drafted', ...about(article) });
          return { id: article.id, article, newest };
        },
        (tx, id) => this.load(tx, id),
      )
      .catch(whenViolated({ articles_slug_key: slugTaken, articles_slug_shape: slugNotUsable }));
  }

  /** Writes in the draft; where there is none, begins the next version. */
  change(person: Person, id: string, input: ChangeArticle, version?: number): Promise<ArticleEntry> {
    return this.tenant.change(person, async (tx) => {
      const { article, newest } = await this.load(tx, id, 'for update');
      expectVersion(article, version);
      const hadDraft = article.draftVersion !== null;
      const draft = article.draft();
      const content = { ...contentOf(newest), ...given(input) };
      if (hadDraft) await this.rewrite(tx, person, newest, content);
      else await this.insertVersion(tx, person, id, draft, content);
      await this.save(tx, article);
      this.audit.record(tx, { event: 'article.changed', ...about(article) });
      return this.load(tx, id);
    });
  }

  /** From now on the draft is what the website tells. */
  publish(person: Person, id: string): Promise<ArticleEntry> {
    return this.tenant.once(
      person,
      async (tx) => {
        const { article, newest } = await this.load(tx, id, 'for update');
        article.publish();
        await tx.manager.update(ArticleVersion, keyOf(newest), { publishedAt: this.clock.now() });
        await this.save(tx, article);
        this.audit.record(tx, { event: 'article.published', ...about(article) });
        return this.load(tx, id);
      },
      (tx) => this.load(tx, id),
    );
  }

  retire(person: Person, id: string): Promise<ArticleEntry> {
    return this.tenant.once(
      person,
      async (tx) => {
        const { article } = await this.load(tx, id, 'for update');
        article.retire();
        await this.save(tx, article);
        this.audit.record(tx, { event: 'article.retired', ...about(article) });
        return this.load(tx, id);
      },
      (tx) => this.load(tx, id),
    );
  }

  private async load(tx: Tx, id: string, lock?: 'for update'): Promise<ArticleEntry> {
    const entry = await findArticle(tx, id, lock);
    if (!entry) throw notFound();
    return entry;
  }

  private async insertVersion(
    tx: Tx,
    { userId }: Person,
    articleId: string,
    version: number,
    content: Content,
  ): Promise<ArticleVersion> {
    const written = tx.manager.create(ArticleVersion, {
      practiceId: tx.practiceId,
      articleId,
      version,
      ...columnsOf(content),
      writtenBy: userId,
      writtenAt: this.clock.now(),
      publishedAt: null,
    });
    await tx.manager.insert(ArticleVersion, written);
    return written;
  }

  private async rewrite(tx: Tx, { userId }: Person, draft: ArticleVersion, content: Content): Promise<void> {
    const writtenAt = this.clock.now();
    await tx.manager.update(ArticleVersion, keyOf(draft), {
      ...columnsOf(content),
      writtenBy: userId,
      writtenAt,
    });
  }

  /** A new version of the entry, also where only the text of its draft changed. */
  private async save(
    tx: Tx,
    { practiceId, id, status, publishedVersion, draftVersion }: Article,
  ): Promise<void> {
    await tx.manager.update(Article, { practiceId, id }, { status, publishedVersion, draftVersion });
  }
}

/** `Spanning & loslaten` is `spanning-loslaten` in an address. */
const slugOf = (title: string): string =>
  fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

const keyOf = ({ practiceId, articleId, version }: ArticleVersion) => ({ practiceId, articleId, version });
const about = ({ id }: { id: string }) => ({ objectType: 'article', objectId: id });
