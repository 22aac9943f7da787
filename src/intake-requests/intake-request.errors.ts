import { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';

const STATUS_NL = { accepted: 'al een dossier geworden', refused: 'al afgewezen' } as const;
const STATUS_EN = { accepted: 'made into a file', refused: 'refused' } as const;

export const requestClosed = (is: keyof typeof STATUS_NL): Problem =>
  new Problem({
    type: 'wrong-state',
    status: 409,
    title: { nl: 'Dat kan in deze stand niet', en: 'Not possible in this state' },
    detail: { nl: `Deze aanvraag is ${STATUS_NL[is]}.`, en: `This request was ${STATUS_EN[is]} already.` },
    facts: { state: is },
  });

/** What somebody consents to is the text as it reads now. */
export const notTheCurrentText = (): Problem =>
  invalidInput([
    {
      pointer: '/consent/textVersion',
      detail: {
        nl: 'Dit is niet de tekst zoals hij nu luidt. Toon de nieuwe en vraag opnieuw.',
        en: 'This is not the text as it reads now. Show the new one, and ask again.',
      },
    },
  ]);
