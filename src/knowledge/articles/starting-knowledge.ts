import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/id.js';
import type { Tx } from '../../database/tx.js';
import { Article } from './article.entity.js';
import { columnsOf } from './article-content.js';
import { ArticleVersion } from './article-version.entity.js';
import { STARTING_ARTICLES } from './starting-articles.js';

/** Gives a new practice something to read on its website, published; a practice edits and extends it. */
@Injectable()
export class StartingKnowledge {
  constructor(private readonly clock: Clock) {}

  async plant(tx: Tx): Promise<void> {
    const now = this.clock.now();
    const { practiceId } = tx;
    // A millisecond apart, so that they stand in the order they are written in.
    const planted = STARTING_ARTICLES.map(({ slug, ...content }, i) => ({
      id: newId(new Date(now.getTime() + i)),
      slug,
      content,
    }));
    await tx.manager.insert(
      Article,
      planted.map(({ id, slug }) => ({
        practiceId,
        id,
        slug,
        status: 'published' as const,
        publishedVersion: 1,
        draftVersion: null,
        createdAt: now,
      })),
    );
    await tx.manager.insert(
      ArticleVersion,
      planted.map(({ id, content }) => ({
        practiceId,
        articleId: id,
        version: 1,
        ...columnsOf(content),
        writtenBy: null,
        writtenAt: now,
        publishedAt: now,
      })),
    );
  }
}
