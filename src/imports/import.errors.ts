import { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';
import type { ImportStatus } from './import.entity.js';

export const importTooLarge = (bytes: number): Problem =>
  new Problem({
    type: 'import-too-large',
    status: 413,
    title: { nl: 'Dit bestand is te groot', en: 'This file is too large' },
    detail: {
      nl: `Een bestand om in te lezen is hoogstens ${bytes / 1_048_576} MB. Knip het in stukken.`,
      en: `A file to bring in is ${bytes / 1_048_576} MB at most. Cut it into pieces.`,
    },
  });

export const unreadImportType = (): Problem =>
  new Problem({
    type: 'unsupported-media-type',
    status: 415,
    title: { nl: 'Dit soort bestand wordt niet ingelezen', en: 'This kind of file is not brought in' },
    detail: {
      nl: 'Stuur text/csv, application/json of application/x-ndjson.',
      en: 'Send text/csv, application/json or application/x-ndjson.',
    },
  });

export const unknownMapping = (): Problem =>
  invalidInput([
    {
      parameter: 'coaches',
      detail: {
        nl: 'Schrijf per coach het id uit het bestand, een dubbele punt en het id hier, gescheiden door komma’s.',
        en: 'Write for each coach the id in the file, a colon and the id here, parted by commas.',
      },
    },
  ]);

export const importUnderWay = (): Problem =>
  new Problem({
    type: 'import-under-way',
    status: 409,
    title: { nl: 'Dit bestand ligt hier al klaar', en: 'This file lies ready here already' },
    detail: {
      nl: 'Precies ditzelfde bestand is al gecontroleerd. Start dat, of annuleer het eerst.',
      en: 'This very file was checked already. Start that one, or cancel it first.',
    },
  });

export const importHasProblems = (count: number): Problem =>
  new Problem({
    type: 'import-has-problems',
    status: 409,
    title: { nl: 'Niet alle rijen kloppen', en: 'Not every row is right' },
    detail: {
      nl: 'Er wordt niets ingelezen zolang er iets niet klopt. Verbeter het bestand en stuur het opnieuw.',
      en: 'Nothing is brought in while something is wrong. Correct the file and send it anew.',
    },
    facts: { problems: count },
  });

export const wrongImportState = (status: ImportStatus): Problem =>
  new Problem({
    type: 'wrong-state',
    status: 409,
    title: { nl: 'Dat kan nu niet', en: 'Not possible now' },
    detail: {
      nl: 'Dit bestand is al ingelezen, mislukt of geannuleerd.',
      en: 'This file was brought in already, or it failed, or was cancelled.',
    },
    facts: { state: status },
  });
