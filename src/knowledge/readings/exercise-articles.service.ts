import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Audit } from '../../audit/audit.js';
import { ownFile } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { Assignment } from '../../homework/assignments/assignment.entity.js';
import { Exercise } from '../../homework/exercises/exercise.entity.js';
import { Article } from '../articles/article.entity.js';
import { articleNotPublished } from '../articles/article.errors.js';
import { ExerciseArticle } from './exercise-article.entity.js';
import type { LinkArticles, LinkedArticle } from './reading.dto.js';
import { articlesOfAssignment, linkedArticles } from './reading.queries.js';

/** What there is to read beside an exercise. */
@Injectable()
export class ExerciseArticlesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
  ) {}

  async list(person: Person, exerciseId: string): Promise<LinkedArticle[]> {
    const [, articles] = await this.tenant.read(person, (tx) =>
      Promise.all([this.exercise(tx, exerciseId), linkedArticles(tx, exerciseId)]),
    );
    await this.audit.witness(person, { event: 'exercise.read', ...about(exerciseId) });
    return articles;
  }

  /** Puts these beside the exercise, in this order, instead of those that stood there. */
  link(person: Person, exerciseId: string, { articleIds }: LinkArticles): Promise<LinkedArticle[]> {
    const wanted = [...new Set(articleIds.map((id) => id.toLowerCase()))];
    return this.tenant.change(person, async (tx) => {
      await this.exercise(tx, exerciseId, 'for update');
      await this.expectPublished(tx, articleIds, wanted);
      const { practiceId } = tx;
      await tx.manager.delete(ExerciseArticle, { practiceId, exerciseId });
      if (wanted.length > 0)
        await tx.manager.insert(
          ExerciseArticle,
          wanted.map((articleId, i) => ({ practiceId, exerciseId, articleId, place: i + 1 })),
        );
      this.audit.record(tx, { event: 'exercise.articles_linked', ...about(exerciseId) });
      return linkedArticles(tx, exerciseId);
    });
  }

  /** For the client: what there is to read beside an exercise of theirs. */
  async listOwn(person: Person, assignmentId: string): Promise<LinkedArticle[]> {
    const { clientId, practiceId } = ownFile(person);
    const [assignment, articles] = await this.tenant.read(person, (tx) =>
      Promise.all([
        tx.manager.findOneBy(Assignment, { practiceId, clientId, id: assignmentId }),
        articlesOfAssignment(tx, { assignmentId, clientId }),
      ]),
    );
    if (!assignment) throw notFound();
    await this.audit.witness(person, {
      event: 'assignment.read',
      clientId,
      objectType: 'assignment',
      objectId: assignmentId,
    });
    return articles;
  }

  private async exercise(tx: Tx, id: string, lock?: 'for update'): Promise<void> {
    const exercise = await tx.manager.findOne(Exercise, {
      where: { practiceId: tx.practiceId, id },
      ...(lock && { lock: { mode: 'for_no_key_update' } }),
    });
    if (!exercise) throw notFound();
  }

  private async expectPublished(tx: Tx, asked: readonly string[], wanted: readonly string[]): Promise<void> {
    const { practiceId } = tx;
    const found = await tx.manager.findBy(Article, { practiceId, id: In([...wanted]), status: 'published' });
    const known = new Set(found.map(({ id }) => id));
    const missing = asked.findIndex((id) => !known.has(id.toLowerCase()));
    if (missing >= 0) throw articleNotPublished(`/articleIds/${missing}`);
  }
}

const about = (id: string) => ({ objectType: 'exercise', objectId: id });
