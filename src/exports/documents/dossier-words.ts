import { CONDITIONS, type Vocabulary } from '../../common/vocabulary.js';

const WORDS: Readonly<Record<string, string>> = {
  active: 'actief',
  prospect: 'aangemeld',
  paused: 'gepauzeerd',
  closed: 'gesloten',
  planned: 'gepland',
  completed: 'afgerond',
  cancelled: 'afgezegd',
  no_show: 'niet gekomen',
  stopped: 'gestopt',
  intake: 'Intake',
  energizing: 'Energizing-sessie',
  follow_up: 'Vervolgsessie',
  evaluation: 'Evaluatie',
  in_person: 'in de praktijk',
  video: 'via video',
  phone: 'telefonisch',
  paper: 'op papier',
  portal: 'in het portaal',
  private: 'alleen voor de coach',
  shared: 'gedeeld met de cliënt',
  draft: 'concept',
  signed: 'ondertekend',
  entered_in_error: 'doorgestreept: een vergissing',
  acute: 'acuut',
  chronic: 'langdurig',
  done: 'gedaan',
  partly: 'deels gedaan',
  skipped: 'overgeslagen',
  nl: 'Nederlands',
  en: 'Engels',
};

/** How a person says a code. */
export const word = (code: string): string => WORDS[code] ?? code;
export const words = (vocabulary: Vocabulary, codes: readonly string[] | null): string | undefined =>
  codes && codes.length > 0 ? codes.map((code) => vocabulary[code]?.nl ?? code).join(', ') : undefined;
export const fromTo = (before: number | null, after: number | null): string | undefined =>
  before === null && after === null ? undefined : `${before ?? '–'} voor, ${after ?? '–'} na (0–10)`;

/** Those of which something was said. */
export const conditions = (all: Readonly<Record<string, number | null>>): string =>
  Object.entries(all)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${CONDITIONS[name as 'rest'].nl} ${value}`)
    .join(', ');
