import { Problem } from '../../common/problem.js';
import { invalidInput } from '../../common/problems.js';

/** @param places from 0, in the set as it was sent */
export const notPublished = (places: readonly number[]): Problem =>
  invalidInput(
    places.map((place) => ({
      pointer: `/items/${place}/exerciseId`,
      detail: {
        nl: 'Dit is geen gepubliceerde oefening van deze praktijk.',
        en: 'This is not a published exercise of this practice.',
      },
    })),
  );

export const unknownSet = (): Problem =>
  invalidInput([
    {
      pointer: '/setId',
      detail: { nl: 'Deze set is er niet in deze praktijk.', en: 'There is no such set in this practice.' },
    },
  ]);

/** Half a set is not what its maker meant: somebody looks at it first. */
export const setNotWhole = (exerciseIds: readonly string[]): Problem =>
  new Problem({
    type: 'set-not-whole',
    status: 409,
    title: { nl: 'Deze set is niet meer heel', en: 'This set is no longer whole' },
    detail: {
      nl: 'Een of meer oefeningen van deze set zijn uit de catalogus. Pas de set aan, en geef haar dan.',
      en: 'One or more exercises of this set are no longer in the catalogue. Change the set, and then give it.',
    },
    facts: { exerciseIds },
  });
