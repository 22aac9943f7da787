import type { Bilingual } from '../common/language.js';
import type { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';

const notTheseDays = (parameter: string, detail: Bilingual): Problem => invalidInput([{ parameter, detail }]);

export const endsBeforeItBegins = (): Problem =>
  notTheseDays('to', {
    nl: 'De laatste dag ligt voor de eerste.',
    en: 'The last day lies before the first.',
  });

export const tooManyDays = (years: number): Problem =>
  notTheseDays('from', {
    nl: `Kijk over ten hoogste ${years} jaar tegelijk.`,
    en: `Look at ${years} years at most at a time.`,
  });
