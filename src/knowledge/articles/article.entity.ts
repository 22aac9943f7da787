import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';
import { nothingToPublish, wrongArticleState } from './article.errors.js';

export const ARTICLE_STATUSES = ['draft', 'published', 'retired'] as const;
export type ArticleStatus = (typeof ARTICLE_STATUSES)[number];

/** An article of the practice's knowledge base; what it says stands in its versions. */
@Entity('articles')
export class Article {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  /** Its name in addresses; fixed, since others link to it. */
  @Column('text')
  slug: string;

  @Column('text')
  status: ArticleStatus;

  /** What anybody may read. */
  @Column('integer', { nullable: true })
  publishedVersion: number | null;

  /** What is being written, and may still change. */
  @Column('integer', { nullable: true })
  draftVersion: number | null;

  @InstantColumn()
  createdAt: Date;

  @VersionColumn()
  version: number;

  get isPublished(): boolean {
    return this.status === 'published';
  }

  /** The version to write in: a published one is told as it was, so a change of it begins the next. */
  draft(): number {
    if (this.status === 'retired') throw wrongArticleState(this.status, ['draft', 'published']);
    this.draftVersion ??= (this.publishedVersion ?? 0) + 1;
    return this.draftVersion;
  }

  publish(): void {
    if (this.status === 'retired') throw wrongArticleState(this.status, ['draft', 'published']);
    if (this.draftVersion === null) throw nothingToPublish();
    this.publishedVersion = this.draftVersion;
    this.draftVersion = null;
    this.status = 'published';
  }

  /** It leaves the website; who was given it to read keeps it. A draft of a next version goes no further. */
  retire(): void {
    if (!this.isPublished) throw wrongArticleState(this.status, ['published']);
    this.draftVersion = null;
    this.status = 'retired';
  }
}
