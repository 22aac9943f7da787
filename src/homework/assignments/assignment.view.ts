import type { Language } from '../../common/language.js';
import type { ExerciseVersion } from '../exercises/exercise-version.entity.js';
import type { AssignmentView, OwnAssignmentView, OwnExercise } from './assignment.dto.js';
import type { ToldAssignment } from './assignments.service.js';

/** For coach and admin; the message is there where the service found the reader to be the file's coach. */
export function assignmentView({ assignment, exercise, openPause, message }: ToldAssignment): AssignmentView {
  const { id, clientId, exerciseId, exerciseVersion, sessionId, createdAt, version } = assignment;
  return {
    id,
    clientId,
    exerciseId,
    exerciseVersion,
    title: { nl: exercise.titleNl, en: exercise.titleEn },
    ...(sessionId && { sessionId }),
    ...(message && { message }),
    status: assignment.status,
    moment: assignment.moment,
    rhythm: assignment.rhythm,
    startOn: assignment.startOn,
    endOn: assignment.endOn,
    ...(openPause && { pausedAt: openPause.pausedAt.toISOString() }),
    ...(assignment.endedAt && { endedAt: assignment.endedAt.toISOString() }),
    createdAt: createdAt.toISOString(),
    version,
  };
}

/** For the client whose homework it is, in their language. */
export function ownAssignmentView(
  { assignment, exercise, openPause, message }: ToldAssignment,
  language: Language,
): OwnAssignmentView {
  const { id, sessionId, version } = assignment;
  return {
    id,
    exercise: ownExercise(exercise, language),
    ...(message && { message }),
    ...(sessionId && { sessionId }),
    status: assignment.status,
    moment: assignment.moment,
    rhythm: assignment.rhythm,
    startOn: assignment.startOn,
    endOn: assignment.endOn,
    ...(openPause && { pausedAt: openPause.pausedAt.toISOString() }),
    ...(assignment.endedAt && { endedAt: assignment.endedAt.toISOString() }),
    version,
  };
}

function ownExercise(exercise: ExerciseVersion, language: Language): OwnExercise {
  const { technique, approach, minutes } = exercise;
  const [title, purpose, steps, cautions] =
    language === 'nl'
      ? [exercise.titleNl, exercise.purposeNl, exercise.stepsNl, exercise.cautionsNl]
      : [exercise.titleEn, exercise.purposeEn, exercise.stepsEn, exercise.cautionsEn];
  return { title, purpose, steps, ...(cautions && { cautions }), technique, approach, minutes };
}
