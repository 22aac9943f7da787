import { Problem } from '../common/problem.js';

export const unknownCondition = (): Problem =>
  new Problem({
    type: 'unknown-condition',
    status: 409,
    title: { nl: 'Deze voorwaarde kennen we niet', en: 'This is not one of the conditions' },
    detail: {
      nl: 'De voorwaarden voor herstel liggen vast; hun namen pas je aan.',
      en: 'The conditions for recovery are fixed; their names are yours to change.',
    },
  });

export const vocabularyFull = (): Problem =>
  new Problem({
    type: 'vocabulary-full',
    status: 409,
    title: { nl: 'Meer woorden passen er niet bij', en: 'No more words fit' },
    detail: {
      nl: 'Een lange lijst vraagt veel van wie hem invult. Geef een woord dat je niet meer gebruikt een andere naam.',
      en: 'A long list asks much of whoever fills it in. Give a word that you no longer use another name.',
    },
  });
