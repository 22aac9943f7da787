import type { FileScope } from '../../clients/client-files.js';
import type { Tx } from '../../database/tx.js';
import type { Medium } from './exercise-medium.dto.js';
import { canBe, ExerciseMedium } from './exercise-medium.entity.js';
import { nothingToSee, unknownMedium } from './exercise-medium.errors.js';

/** SQL for the recording that comes with the version `e` of the assignment `a`, as its client plays it. */
export const PLAYABLE = `case when e.media_kind is not null then json_build_object(
  'by', case when e.media_id is null then 'link' else 'upload' end, 'kind', e.media_kind,
  'url', coalesce(e.media_url, '/v1/me/assignments/' || a.id || '/medium')) end`;

/** The upload that one assignment of a client gives, in the version that they were given. */
export function mediumGivenBy(
  tx: Tx,
  { practiceId, clientId }: FileScope & { clientId: string },
  assignmentId: string,
): Promise<ExerciseMedium | null> {
  return tx.manager
    .createQueryBuilder(ExerciseMedium, 'm')
    .innerJoin('exercise_versions', 'e', 'e.practice_id = m.practice_id and e.media_id = m.id')
    .innerJoin(
      'assignments',
      'a',
      'a.practice_id = e.practice_id and a.exercise_id = e.exercise_id and a.exercise_version = e.version',
    )
    .where('a.practice_id = :practiceId and a.client_id = :clientId and a.id = :assignmentId', {
      practiceId,
      clientId,
      assignmentId,
    })
    .getOne();
}

/** @throws Problem 422 where an exercise names an upload that is not there, or one that cannot be what it says */
export async function expectMedium(tx: Tx, media: Medium | undefined): Promise<void> {
  if (media?.by !== 'upload') return;
  const { practiceId } = tx;
  const medium = await tx.manager.findOneBy(ExerciseMedium, { practiceId, id: media.mediumId });
  if (!medium) throw unknownMedium();
  if (!canBe(media.kind, medium)) throw nothingToSee();
}

/** Forgets uploads since before a moment that no version of an exercise refers to. @returns how many */
export async function dropUnused(tx: Tx, before: Date): Promise<number> {
  const dropped = await tx.query(
    `delete from exercise_media m
      where m.practice_id = $1 and m.uploaded_at < $2
        and not exists (select from exercise_versions e where e.practice_id = m.practice_id and e.media_id = m.id)
      returning m.id`,
    [tx.practiceId, before],
  );
  return dropped.length;
}
