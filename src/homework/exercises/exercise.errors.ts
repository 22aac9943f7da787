import { Problem } from '../../common/problem.js';
import type { ExerciseStatus } from './exercise.entity.js';

const STATUS_NL: Readonly<Record<ExerciseStatus, string>> = {
  draft: 'een concept',
  published: 'gepubliceerd',
  retired: 'uit de catalogus',
};

export const wrongExerciseState = (is: ExerciseStatus, from: readonly ExerciseStatus[]): Problem =>
  new Problem({
    type: 'wrong-state',
    status: 409,
    title: { nl: 'Dat kan in deze stand niet', en: 'Not possible in this state' },
    detail: {
      nl: `De oefening is ${STATUS_NL[is]}; dit kan alleen als zij ${from.map((one) => STATUS_NL[one]).join(' of ')} is.`,
      en: `The exercise is ${is}; this is possible only when it is ${from.join(' or ')}.`,
    },
    facts: { state: is },
  });

export const nothingToPublish = (): Problem =>
  new Problem({
    type: 'nothing-to-publish',
    status: 409,
    title: { nl: 'Er is niets te publiceren', en: 'There is nothing to publish' },
    detail: {
      nl: 'De oefening staat al zo in de catalogus. Wijzig haar eerst: dat maakt een nieuwe versie.',
      en: 'The exercise is in the catalogue as it stands. Change it first: that makes a next version.',
    },
  });
