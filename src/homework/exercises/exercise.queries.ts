import type { SelectQueryBuilder } from 'typeorm';
import { wordsIn } from '../../common/fold.js';
import type { Position } from '../../common/page.js';
import type { Tx } from '../../database/tx.js';
import type { ExerciseQuery, TagInUse } from './exercise.dto.js';
import { Exercise } from './exercise.entity.js';
import { ExerciseVersion } from './exercise-version.entity.js';

/** An exercise with its newest version, and with the published one where a draft is newer. */
export interface CatalogueEntry {
  readonly id: string;
  readonly exercise: Exercise;
  readonly newest: ExerciseVersion;
  readonly published?: ExerciseVersion;
}

type Filter = Omit<ExerciseQuery, 'limit' | 'cursor'>;
type Joined = Exercise & { newest: ExerciseVersion; published: ExerciseVersion | null };

export async function findEntry(
  tx: Tx,
  id: string,
  lock?: 'for update',
): Promise<CatalogueEntry | undefined> {
  const found = entries(tx).andWhere('e.id = :id', { id });
  if (lock) found.setLock('for_no_key_update', undefined, ['e']);
  const exercise = await found.getOne();
  return exercise ? entryOf(exercise as Joined) : undefined;
}

const HAS_TAG =
  'exists (select from unnest(e.tags) as tag (word) where folded_words(tag.word) = folded_words(:tag))';

const WORDS = `folded_words(concat_ws(' ', n.titleNl, n.titleEn, n.purposeNl, n.purposeEn, n.cautionsNl, n.cautionsEn,
  array_to_string(n.stepsNl, ' '), array_to_string(n.stepsEn, ' '), array_to_string(e.tags, ' ')))`;

/** The catalogue in the order it was made; what an exercise is about is looked up in its newest version. */
export async function cataloguePage(
  tx: Tx,
  { status, technique, approach, moment, rhythm, maxMinutes, tag, q }: Filter,
  { after, limit }: { after?: Position; limit: number },
): Promise<CatalogueEntry[]> {
  const page = entries(tx).orderBy('e.id').limit(limit);
  if (status) page.andWhere('e.status = :status', { status });
  if (technique) page.andWhere('n.technique = :technique', { technique });
  if (approach) page.andWhere('n.approach = :approach', { approach });
  if (moment) page.andWhere('n.moment = :moment', { moment });
  if (rhythm) page.andWhere('n.rhythm = :rhythm', { rhythm });
  if (maxMinutes) page.andWhere('n.minutes <= :maxMinutes', { maxMinutes });
  if (tag) page.andWhere(HAS_TAG, { tag });
  if (q !== undefined) holding(page, q);
  if (after) page.andWhere('e.id > :after', { after: after[0] });
  return ((await page.getMany()) as Joined[]).map(entryOf);
}

/** The published version of each of these exercises that is in the catalogue; they stay so until this is done. */
export async function publishedVersions(
  tx: Tx,
  exerciseIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = await tx.query<{ id: string; version: number }>(
    `select id, published_version as version from exercises
      where practice_id = $1 and id = any($2::uuid[]) and status = 'published' for share`,
    [tx.practiceId, exerciseIds],
  );
  return new Map(found.map(({ id, version }) => [id, version]));
}

/** The tags of what is in use, each once, however it is written. */
export function tagsInUse(tx: Tx): Promise<TagInUse[]> {
  return tx.query<TagInUse>(
    `select min(tag) as tag, count(distinct id)::int as exercises
       from exercises, unnest(tags) as tag
      where practice_id = $1 and status <> 'retired'
      group by folded_words(tag)
      order by folded_words(tag)
      limit 1000`,
    [tx.practiceId],
  );
}

/** The catalogue of one practice is small enough to be read through, so no index of its words is kept. */
function holding(page: SelectQueryBuilder<Exercise>, q: string): void {
  const words = wordsIn(q);
  if (words.length === 0) page.andWhere('false');
  for (const [i, word] of words.entries()) {
    page.andWhere(`strpos(${WORDS}, :word${i}) > 0`, { [`word${i}`]: ` ${word}` });
  }
}

function entries(tx: Tx): SelectQueryBuilder<Exercise> {
  return tx.manager
    .createQueryBuilder(Exercise, 'e')
    .innerJoinAndMapOne(
      'e.newest',
      ExerciseVersion,
      'n',
      'n.practiceId = e.practiceId and n.exerciseId = e.id and n.version = coalesce(e.draftVersion, e.publishedVersion)',
    )
    .leftJoinAndMapOne(
      'e.published',
      ExerciseVersion,
      'p',
      'p.practiceId = e.practiceId and p.exerciseId = e.id and p.version = e.publishedVersion and e.draftVersion is not null',
    )
    .where('e.practiceId = :practiceId', { practiceId: tx.practiceId });
}

function entryOf(exercise: Joined): CatalogueEntry {
  const { id, newest, published } = exercise;
  return { id, exercise, newest, ...(published && { published }) };
}
