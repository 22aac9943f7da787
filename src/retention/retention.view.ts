import type { Bilingual, Language } from '../common/language.js';
import { fileYearsOf } from '../practices/file-term.js';
import type { Practice } from '../practices/practice.entity.js';
import { FISCAL_YEARS } from './fiscal-years.js';
import type { HoldView, KeepingReason, RetainedFile, RetentionTerm } from './retention.dto.js';
import type { FileInTerm } from './retention.queries.js';

const KEPT: Readonly<Record<KeepingReason, Bilingual>> = {
  hold: {
    nl: 'Het dossier wordt vastgehouden; de reden staat erbij.',
    en: 'The file is held; the reason stands beside it.',
  },
  restriction: {
    nl: 'De cliënt vroeg om beperking van de verwerking of maakte bezwaar (AVG art. 18 en 21).',
    en: 'The client asked for restriction of processing, or objected (GDPR art. 18 and 21).',
  },
  request: {
    nl: 'Het verzoek om het te wissen ligt er al.',
    en: 'The request to erase it is on file already.',
  },
  refused: {
    nl: 'Wissen is na het einde van de termijn geweigerd of ingetrokken; over een jaar wordt het opnieuw gevraagd.',
    en: 'Erasing it was refused or called off after the term ended; it is asked again in a year.',
  },
  open: {
    nl: 'Het dossier is nog niet gesloten.',
    en: 'The file has not been closed yet.',
  },
  term: {
    nl: 'De bewaartermijn loopt nog, of het dossier is nog geen dertig dagen dicht.',
    en: 'The term still runs, or the file was closed less than thirty days ago.',
  },
};
const GOES: Bilingual = {
  nl: 'Niets houdt het dossier meer vast: vannacht komt het verzoek om het te wissen op de lijst.',
  en: 'Nothing keeps the file any more: tonight the request to erase it is put on the list.',
};

export const WHAT_GOES: readonly Bilingual[] = [
  {
    nl: 'De sleutel van de cliënt, en daarmee elke tekst: vragen, waarnemingen, notities, opmerkingen.',
    en: "The client's key, and with it every text: questions, observations, notes, remarks.",
  },
  {
    nl: 'Cijfers over hoe het gaat: spanning, signalen, voorwaarden, logboek en terugblikken.',
    en: 'Numbers of how it goes: tension, signals, conditions, logs and check-ins.',
  },
  {
    nl: 'Wie het is: naam, adres, telefoon, en de inlog voor het portaal.',
    en: 'Who it is: name, address, phone, and the login to the portal.',
  },
];

export const WHAT_STAYS: readonly Bilingual[] = [
  {
    nl: `Data, duur en prijs van sessies, zonder inhoud, ${FISCAL_YEARS} hele kalenderjaren voor de Belastingdienst.`,
    en: `Dates, durations and prices of sessions, without content, ${FISCAL_YEARS} whole calendar years for the tax office.`,
  },
  {
    nl: 'Het logboek van wie keek, zonder namen of inhoud, vijf jaar.',
    en: 'The log of who looked, without names or content, for five years.',
  },
];

export function termView(practice: Practice): RetentionTerm {
  const { regime, fileYears, fileYearsReason } = practice;
  return {
    regime,
    fileYears: fileYearsOf(practice),
    isChosen: fileYears !== null,
    ...(fileYearsReason !== null && { reason: fileYearsReason }),
    fiscalYears: FISCAL_YEARS,
  };
}

export function retainedFileView(file: FileInTerm, language: Language, hold?: HoldView): RetainedFile {
  const { clientId, name, coachId, status, lastSessionOn, termEndsOn, goesOn, keptBecause } = file;
  return {
    clientId,
    name,
    coachId,
    status,
    ...(lastSessionOn !== null && { lastSessionOn }),
    termEndsOn,
    ...(goesOn !== null && { goesOn }),
    ...(keptBecause !== null && { keptBecause }),
    explanation: (keptBecause === null ? GOES : KEPT[keptBecause])[language],
    ...(hold && { hold }),
  };
}
