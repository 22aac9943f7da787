import type { ExerciseVersionView, ExerciseView } from './exercise.dto.js';
import { contentOf } from './exercise-content.js';
import type { CatalogueEntry } from './exercise.queries.js';
import type { ExerciseVersion } from './exercise-version.entity.js';

export function exerciseView({ exercise, newest, published }: CatalogueEntry): ExerciseView {
  const { id, status, tags, draftVersion, publishedVersion, createdAt, version } = exercise;
  return {
    id,
    status,
    tags,
    ...contentOf(newest),
    ...(draftVersion !== null && { draftVersion }),
    ...(publishedVersion !== null && { publishedVersion }),
    ...(published && { published: contentOf(published) }),
    createdAt: createdAt.toISOString(),
    version,
  };
}

export function exerciseVersionView(written: ExerciseVersion): ExerciseVersionView {
  const { version, writtenBy, writtenAt, publishedAt } = written;
  return {
    exerciseVersion: version,
    ...contentOf(written),
    ...(writtenBy && { writtenBy }),
    writtenAt: writtenAt.toISOString(),
    ...(publishedAt && { publishedAt: publishedAt.toISOString() }),
  };
}
