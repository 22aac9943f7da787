import type { Bilingual } from '../common/language.js';

/** What may be wrong with a row, and what to do about it. No word of the row itself is in it. */
export const IMPORT_PROBLEMS = {
  unreadable: {
    nl: 'Dit bestand is niet te lezen als wat het zegt te zijn. Bewaar het opnieuw als csv (of json) en probeer het dan.',
    en: 'This file cannot be read as what it says it is. Save it as csv (or json) anew, and try again.',
  },
  empty: {
    nl: 'Er staan geen rijen in dit bestand.',
    en: 'There are no rows in this file.',
  },
  too_many_rows: {
    nl: 'Er gaan hoogstens tienduizend rijen in een bestand. Knip het in stukken.',
    en: 'A file holds ten thousand rows at most. Cut it into pieces.',
  },
  too_many_cells: {
    nl: 'Deze rij heeft meer cellen dan er kolommen zijn. Staat er een scheidingsteken in een cel zonder aanhalingstekens?',
    en: 'This row has more cells than there are columns. Does a cell hold a separator without quotes around it?',
  },
  column_unknown: {
    nl: 'Deze kolom is hier niet bekend, of staat er twee keer. Haal haar weg of geef haar een andere naam.',
    en: 'This column is not known here, or it is there twice. Leave it out or give it another name.',
  },
  column_missing: {
    nl: 'Deze kolom hoort erbij en staat er niet.',
    en: 'This column belongs here and is not there.',
  },
  missing: { nl: 'Hier moet iets staan.', en: 'Something must stand here.' },
  invalid: {
    nl: 'Dit is geen geldige waarde voor deze kolom.',
    en: 'This is not a valid value for this column.',
  },
  unknown_coach: {
    nl: 'Deze coach is hier niet bekend. Nodig de coach eerst uit, of zeg wie het hier is.',
    en: 'This coach is not known here. Invite the coach first, or say who it is here.',
  },
  coach_left: {
    nl: 'Deze coach werkt hier niet meer. Geef de cliënt een andere coach.',
    en: 'This coach no longer works here. Give the client another coach.',
  },
  unknown_client: {
    nl: 'Deze cliënt is hier niet bekend. Lees de cliënten eerst in.',
    en: 'This client is not known here. Bring the clients in first.',
  },
  ambiguous_client: {
    nl: 'Er zijn meer cliënten die dit kunnen zijn. Noem het mailadres of het id.',
    en: 'More than one client may be meant. Give the mail address or the id.',
  },
  erased_client: {
    nl: 'De gegevens van deze cliënt zijn gewist (AVG art. 17). Ze komen niet terug.',
    en: 'The data of this client were erased (GDPR art. 17). They do not come back.',
  },
  data_held: {
    nl: 'De cliënt vroeg om de gegevens met rust te laten (AVG art. 18 of 21). Rond dat verzoek eerst af.',
    en: 'The client asked to leave their data alone (GDPR art. 18 or 21). Settle that request first.',
  },
  file_closed: {
    nl: 'Dit dossier is gesloten: er wordt niets meer in gepland.',
    en: 'This file is closed: nothing more is planned in it.',
  },
  twice_in_file: {
    nl: 'Dit staat al eerder in hetzelfde bestand.',
    en: 'This stands earlier in the same file.',
  },
  id_in_use: {
    nl: 'Dit id hoort hier al bij iets anders.',
    en: 'This id belongs to something else here.',
  },
  consent_required: {
    nl: 'Zonder toestemming van de cliënt komt hier niets over diens gezondheid in. Vul de toestemming in, of laat dit weg.',
    en: 'Without the consent of the client nothing about their health comes in here. Fill in the consent, or leave this out.',
  },
  consent_without_day: {
    nl: 'Er staat dat er toestemming is, maar niet van welke dag.',
    en: 'It says that there is consent, but not of which day.',
  },
  unknown_consent_text: {
    nl: 'Deze versie van de toestemmingstekst is er hier niet. Publiceer haar eerst.',
    en: 'This version of the consent text is not here. Publish it first.',
  },
  in_the_future: { nl: 'Dit ligt in de toekomst.', en: 'This lies in the future.' },
  out_of_range: {
    nl: 'Deze dag kan niet kloppen: hij ligt te lang geleden of te ver weg.',
    en: 'This day cannot be right: it lies too long ago or too far away.',
  },
  not_yet_held: {
    nl: 'Deze sessie moet nog komen, en kan dus niet afgerond of gemist zijn.',
    en: 'This session is still to come, and so cannot have been completed or missed.',
  },
  closed_since: {
    nl: 'Een gesloten dossier heeft een dag van sluiten, en een ander dossier niet.',
    en: 'A closed file has a day on which it was closed, and any other has not.',
  },
  ends_before_it_starts: {
    nl: 'Een sessie duurt vijf minuten tot acht uur.',
    en: 'A session takes five minutes to eight hours.',
  },
  coach_occupied: {
    nl: 'De coach heeft op dat moment al een geplande sessie.',
    en: 'The coach has a planned session at that time already.',
  },
  client_occupied: {
    nl: 'De cliënt heeft op dat moment al een geplande sessie.',
    en: 'The client has a planned session at that time already.',
  },
  unknown_session: {
    nl: 'Deze sessie van deze cliënt is hier niet bekend. Lees de sessies eerst in.',
    en: 'This session of this client is not known here. Bring the sessions in first.',
  },
  draft_of_another: {
    nl: 'Een concept is van de coach van het dossier: wie het schreef, moet het kunnen ondertekenen.',
    en: "A draft is of the file's coach: who wrote it must be able to sign it.",
  },
  signed_only_in_json: {
    nl: 'Uit csv komen notities binnen als concept. Ondertekende notities komen uit een export in JSON.',
    en: 'From CSV notes come in as drafts. Signed notes come from an export in JSON.',
  },
  signature_not_whole: {
    nl: 'Een ondertekende notitie zegt wie er tekende en wanneer, een concept geen van beide.',
    en: 'A signed note says who signed it and when, a draft neither.',
  },
} satisfies Readonly<Record<string, Bilingual>>;

export type ImportProblemCode = keyof typeof IMPORT_PROBLEMS;

/** One thing that is wrong with one row; what stood there is not in it. */
export interface ImportProblem {
  /** As a spreadsheet numbers them: the header of a CSV is row 1. */
  readonly row: number;
  readonly column?: string;
  readonly code: ImportProblemCode;
}

/** Why an import that was started came to nothing. */
export const IMPORT_FAILURES = {
  rows_refused: {
    nl: 'Sinds de controle is er iets veranderd, en nu kloppen niet alle rijen meer. Er is niets ingelezen; zie hieronder wat er is.',
    en: 'Since it was checked something changed, and now not every row is right. Nothing was brought in; see below what it is.',
  },
  requester_left: {
    nl: 'Wie dit wilde inlezen, is geen beheerder meer. Er is niets ingelezen.',
    en: 'Who wanted to bring this in is no longer an admin. Nothing was brought in.',
  },
  conflict: {
    nl: 'De database weigerde een rij, en dus is er niets ingelezen. Lees het bestand nog eens in, dan wordt het opnieuw gecontroleerd.',
    en: 'The database refused a row, and so nothing was brought in. Bring the file again, and it is checked anew.',
  },
  content_broken: {
    nl: 'Het bestand dat hier klaarlag, is niet meer wat je stuurde. Stuur het nog eens.',
    en: 'The file that lay ready here is no longer what you sent. Send it again.',
  },
} satisfies Readonly<Record<string, Bilingual>>;

export type ImportFailure = keyof typeof IMPORT_FAILURES;

/** Everything that is found in one file, row by row. */
export class Findings {
  readonly problems: ImportProblem[] = [];
  /** The rows of what stands on file by now; they are passed over. */
  readonly alreadyThere: number[] = [];
  private readonly wrong = new Set<number>();

  add(row: number, code: ImportProblemCode, column?: string): void {
    this.problems.push({ row, ...(column && { column }), code });
    this.wrong.add(row);
  }

  isRight(row: number): boolean {
    return !this.wrong.has(row);
  }
}
