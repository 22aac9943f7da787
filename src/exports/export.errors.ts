import { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';
import type { RequestExport } from './export.dto.js';
import type { ExportStatus } from './export.entity.js';
import type { Dialect, ExportFormat } from './formats/export-format.js';
import { columnsOf, type RecordKind } from './records/record-kinds.js';

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

/** @throws Problem 422 for a dialect of what is not CSV */
export function expectDialect({ format, dialect }: { format: ExportFormat; dialect?: Dialect }): void {
  if (dialect === undefined || format === 'csv') return;
  throw wrong('dialect', 'Een dialect is er alleen voor csv.', 'Only csv has a dialect.');
}

/** @throws Problem 422 for columns that these records do not have, or that are asked for twice */
export function expectColumns(records: RecordKind, columns: readonly string[] | undefined): void {
  if (columns === undefined) return;
  if (columns.length === 0)
    throw wrong('columns', 'Kies ten minste één kolom.', 'Choose one column at least.');
  const known = Object.keys(columnsOf(records));
  const errors = columns.flatMap((name, i) => {
    if (known.includes(name) && columns.indexOf(name) === i) return [];
    return [
      {
        pointer: `/columns/${i}`,
        detail: {
          nl: `Deze kolom is er niet, of staat er al. Kies uit: ${known.join(', ')}.`,
          en: `There is no such column, or it is there already. Choose from: ${known.join(', ')}.`,
        },
      },
    ];
  });
  if (errors.length > 0) throw invalidInput(errors);
}

/** @throws Problem 422 for the texts of what has none */
export function expectBodies({ records, bodies }: { records: RecordKind; bodies?: boolean }): void {
  if (!bodies || records === 'notes' || records === 'dossier') return;
  throw wrong('bodies', 'Alleen notities en dossiers hebben teksten.', 'Only notes and dossiers have texts.');
}

/** @throws Problem 422 for a dossier of nobody, or of a part; and for rows in the form of one */
export function expectDossier({
  records,
  format,
  clientId,
  from,
  to,
  coachId,
  columns,
}: RequestExport): void {
  if (records !== 'dossier') {
    if (format !== 'zip') return;
    throw wrong('format', 'Een zip is er alleen van een dossier.', 'Only a dossier comes as a zip.');
  }
  if (!clientId) throw wrong('clientId', 'Van wie is het dossier?', 'Whose dossier is it?');
  if (format !== 'pdf' && format !== 'zip')
    throw wrong('format', 'Een dossier is er als pdf of zip.', 'A dossier comes as pdf or zip.');
  const chosen = Object.entries({ from, to, coachId, columns }).find(([, value]) => value !== undefined);
  if (chosen) throw wrong(chosen[0], 'Een dossier is altijd heel.', 'A dossier is always whole.');
}

/** It was cancelled, refused or approved before this coach said anything, or they said something else before. */
export const alreadyDecided = (status: ExportStatus): Problem =>
  new Problem({
    type: 'export-already-decided',
    status: 409,
    title: { nl: 'Hierover is al beslist', en: 'This has been decided already' },
    detail: {
      nl: 'Deze export wacht niet meer op jouw goedkeuring.',
      en: 'This export no longer waits for your approval.',
    },
    facts: { state: status },
  });

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

/** It is the answer to a client, and goes with their request. */
export const forTheClient = (): Problem =>
  new Problem({
    type: 'export-for-the-client',
    status: 409,
    title: { nl: 'Deze kopie is voor de cliënt', en: 'This copy is for the client' },
    detail: {
      nl: 'De cliënt vroeg om deze kopie. Ze hoort bij het verzoek, en verloopt vanzelf.',
      en: 'The client asked for this copy. It belongs to the request, and expires by itself.',
    },
  });

export const nothingToTell = (status: ExportStatus): Problem =>
  new Problem({
    type: 'export-without-manifest',
    status: 409,
    title: {
      nl: 'Van deze export is (nog) geen bestand gemaakt',
      en: 'No file was made of this export (yet)',
    },
    detail: {
      nl: 'Een manifest beschrijft een bestand dat af is.',
      en: 'A manifest describes a file that is done.',
    },
    facts: { state: status },
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
