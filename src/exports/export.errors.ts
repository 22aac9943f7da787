import { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';
import type { ExportStatus } from './export.entity.js';

const wrong = (field: string, nl: string, en: string): Problem =>
  invalidInput([{ pointer: `/${field}`, detail: { nl, en } }]);

export const unknownClient = (): Problem =>
  wrong('clientId', 'Deze cliënt is niet van deze praktijk.', 'This is not a client of this practice.');

export const unknownCoach = (): Problem =>
  wrong('coachId', 'Dit is geen coach van deze praktijk.', 'This is not a coach of this practice.');

/** @throws Problem 422 for a period that ends before it begins */
export function expectPeriod({ from, to }: { from?: string; to?: string }): void {
  if (!from || !to || from <= to) return;
  throw wrong('to', 'Dit ligt voor het begin van de periode.', 'This lies before the start of the period.');
}

/** That the export exists is no secret to another admin; the file is for who stated its purpose. */
export const somebodyElses = (): Problem =>
  new Problem({
    type: 'export-of-somebody-else',
    status: 404,
    title: { nl: 'Dit bestand is niet voor jou', en: 'This file is not for you' },
    detail: {
      nl: 'Alleen wie een export aanvroeg, haalt het bestand op. Vraag met een eigen doel een eigen export aan.',
      en: 'Only who asked for an export fetches its file. Ask for one of your own, with a purpose of your own.',
    },
  });

export const notYetReady = (status: ExportStatus): Problem =>
  new Problem({
    type: 'export-not-ready',
    status: 409,
    title: { nl: 'Deze export is nog niet klaar', en: 'This export is not ready yet' },
    detail: {
      nl: 'Kijk bij de export zelf hoe ver hij is, en haal het bestand dan op.',
      en: 'See at the export itself how far it is, and fetch the file then.',
    },
    facts: { state: status },
  });

export const fileIsGone = (status: ExportStatus): Problem =>
  new Problem({
    type: 'export-without-file',
    status: 409,
    title: { nl: 'Er is geen bestand (meer)', en: 'There is no file (any more)' },
    detail: {
      nl: 'Een bestand blijft zeven dagen staan, en alleen als de export geslaagd is. Vraag een nieuwe export aan.',
      en: 'A file is kept for seven days, and only where the export succeeded. Ask for a new export.',
    },
    facts: { state: status },
  });
