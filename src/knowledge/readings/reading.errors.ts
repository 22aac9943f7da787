import { Problem } from '../../common/problem.js';

export const alreadyGiven = (): Problem =>
  new Problem({
    type: 'already-given',
    status: 409,
    title: { nl: 'Dit artikel is al gegeven', en: 'This article was given already' },
    detail: {
      nl: 'De cliënt heeft dit artikel al om te lezen.',
      en: 'The client has this article to read already.',
    },
  });
