import type { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';

export const termTooShort = (least: number): Problem =>
  invalidInput([
    {
      pointer: '/years',
      detail: {
        nl: `Een zorgverlener bewaart een dossier ten minste ${least} jaar (WGBO).`,
        en: `A care provider keeps a file for at least ${least} years (WGBO).`,
      },
    },
  ]);
