import type { SelectQueryBuilder } from 'typeorm';
import type { Position } from '../../common/page.js';
import type { Tx } from '../../database/tx.js';
import type { ExerciseQuery } from './exercise.dto.js';
import { Exercise } from './exercise.entity.js';
import { ExerciseVersion } from './exercise-version.entity.js';

/** An exercise with its newest version, and with the published one where a draft is newer. */
export interface CatalogueEntry {
  readonly id: string;
  readonly exercise: Exercise;
  readonly newest: ExerciseVersion;
  readonly published?: ExerciseVersion;
}

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

/** The catalogue in the order it was made; what an exercise is about is looked up in its newest version. */
export async function cataloguePage(
  tx: Tx,
  {
    status,
    technique,
    approach,
    moment,
  }: Pick<ExerciseQuery, 'status' | 'technique' | 'approach' | 'moment'>,
  { after, limit }: { after?: Position; limit: number },
): Promise<CatalogueEntry[]> {
  const page = entries(tx).orderBy('e.id').limit(limit);
  if (status) page.andWhere('e.status = :status', { status });
  if (technique) page.andWhere('n.technique = :technique', { technique });
  if (approach) page.andWhere('n.approach = :approach', { approach });
  if (moment) page.andWhere('n.moment = :moment', { moment });
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
