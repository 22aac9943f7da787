import type { FileScope } from '../../clients/client-files.js';
import { JsonText } from '../../common/json-text.js';
import type { Language } from '../../common/language.js';
import { Conditions } from '../../database/conditions.js';
import { instant, object } from '../../database/json.js';
import type { Tx } from '../../database/tx.js';
import type { Place } from '../articles/article.queries.js';
import type { LinkedArticle } from './reading.dto.js';

/** For coach and admin. */
export const READING_VIEW = object({
  id: 'r.id',
  clientId: 'r.client_id',
  articleId: 'r.article_id',
  title: { nl: 'v.title_nl', en: 'v.title_en' },
  createdAt: instant('r.created_at'),
});

/** For the client, in their language. */
export const ownReadingView = (language: Language): string =>
  object({
    id: 'r.id',
    title: `v.title_${language}`,
    description: `v.summary_${language}`,
    givenAt: instant('r.created_at'),
  });

/** What was given to read, newest first. */
export async function readingRows<View>(
  tx: Tx,
  { practiceId, coachId, clientId }: FileScope,
  view: string,
  { id, after, limit }: Place & { id?: string },
): Promise<JsonText<View>[]> {
  const where = new Conditions()
    .and('r.practice_id = ?', practiceId)
    .and('r.client_id = ?', clientId)
    .and('r.coach_id = ?', coachId)
    .and('r.id = ?', id)
    .and('r.id < ?', after);
  const rows = await tx.query<{ view: string }>(
    `select ${view} as view
       from readings r
       join articles a on a.practice_id = r.practice_id and a.id = r.article_id
       join article_versions v
         on v.practice_id = a.practice_id and v.article_id = a.id and v.version = a.published_version
      where ${where.sql}
      order by r.id desc
      limit ${where.value(limit)}`,
    where.values,
  );
  return rows.map((row) => new JsonText<View>(row.view));
}

interface LinkedRow {
  readonly id: string;
  readonly titleNl: string;
  readonly titleEn: string;
  readonly summaryNl: string;
  readonly summaryEn: string;
  readonly address: string | null;
}

/** What stands beside an exercise, in its order. */
export async function linkedArticles(tx: Tx, exerciseId: string): Promise<LinkedArticle[]> {
  return linked(tx, 'x.exercise_id = $2', [exerciseId]);
}

/** What stands beside the exercise that a client was given. */
export async function articlesOfAssignment(
  tx: Tx,
  { assignmentId, clientId }: { assignmentId: string; clientId: string },
): Promise<LinkedArticle[]> {
  const exercise = `x.exercise_id = (
    select s.exercise_id from assignments s where s.practice_id = $1 and s.id = $2 and s.client_id = $3)`;
  return linked(tx, exercise, [assignmentId, clientId]);
}

async function linked(tx: Tx, exercise: string, values: readonly unknown[]): Promise<LinkedArticle[]> {
  const rows = await tx.query<LinkedRow>(
    `select a.id, v.title_nl as "titleNl", v.title_en as "titleEn", v.summary_nl as "summaryNl",
            v.summary_en as "summaryEn",
            case when a.status = 'published' then '/v1/practices/' || p.slug || '/articles/' || a.slug end as address
       from exercise_articles x
       join practices p on p.id = x.practice_id
       join articles a on a.practice_id = x.practice_id and a.id = x.article_id
       join article_versions v
         on v.practice_id = a.practice_id and v.article_id = a.id and v.version = a.published_version
      where x.practice_id = $1 and ${exercise}
      order by x.place`,
    [tx.practiceId, ...values],
  );
  return rows.map(({ id, titleNl, titleEn, summaryNl, summaryEn, address }) => ({
    id,
    title: { nl: titleNl, en: titleEn },
    summary: { nl: summaryNl, en: summaryEn },
    ...(address && { address }),
  }));
}
