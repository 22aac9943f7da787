import type { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';

export const emptyPeriod = (): Problem =>
  invalidInput([
    {
      pointer: '/until',
      detail: {
        nl: 'Het einde van de periode ligt na het begin.',
        en: 'The end of the period comes after its beginning.',
      },
    },
  ]);
