import type { Language } from '../common/language.js';

/** The words in a picture of progress: what is seen, and nothing that is expected. */
export interface ProgressWords {
  readonly title: string;
  readonly counted: { readonly shared: string; readonly all: string };
  readonly nothing: string;
  readonly tension: string;
  readonly checkIn: string;
  readonly before: string;
  readonly after: string;
  readonly sessionBefore: string;
  readonly sessionAfter: string;
  readonly conditions: string;
  readonly signals: string;
  readonly exercises: string;
  /** Over the column with where this client came from. */
  readonly begin: string;
  readonly times: (count: number) => string;
  readonly tooFew: (count: number) => string;
  readonly change: (change: string, count: number) => string;
  readonly others: (count: number) => string;
  readonly foot: string;
  readonly about: {
    readonly baseline: (from: string, to: string) => string;
    readonly tension: (first: string, last: string, weeks: number) => string;
    readonly tensionOnce: (value: string) => string;
    readonly tensionBegan: (value: string) => string;
    readonly condition: (name: string, first: string, last: string) => string;
    readonly signals: (first: string, last: string) => string;
    readonly exercise: (title: string, before: string, after: string, count: number) => string;
    readonly sessions: (count: number) => string;
  };
}

export const PROGRESS_WORDS: Readonly<Record<Language, ProgressWords>> = {
  nl: {
    title: 'Hoe het gaat',
    counted: {
      shared: 'Telt alleen wat de cliënt deelt',
      all: 'Telt alles wat je zelf bijhield',
    },
    nothing: 'Er is in deze dagen nog niets bijgehouden.',
    tension: 'Spanning, 0 tot 10, per week',
    checkIn: 'terugblik',
    before: 'voor een oefening',
    after: 'na een oefening',
    sessionBefore: 'voor een sessie',
    sessionAfter: 'na een sessie',
    conditions: 'Ruimte voor herstel, 0 (geen) tot 10, per week',
    signals: 'Stresssignalen per terugblik, gemiddeld per week',
    exercises: 'Spanning voor (○) en na (●) een oefening, gemiddeld',
    begin: 'begin',
    times: (count) => `${count} keer`,
    tooFew: (count) => `${count} keer: te weinig om iets te zeggen`,
    change: (change, count) => `${change}  (${count} keer)`,
    others: (count) => (count === 1 ? 'en nog één oefening' : `en nog ${count} oefeningen`),
    foot: '‘begin’ is het gemiddelde van de eigen eerste vier weken. Wat samengaat, hoeft niet door elkaar te komen.',
    about: {
      baseline: (from, to) => `Het eigen begin is van ${from} tot en met ${to}.`,
      tension: (first, last, weeks) =>
        `Spanning bij de terugblikken: ${first} in de eerste en ${last} in de laatste van ${weeks} weken.`,
      tensionOnce: (value) => `Spanning bij de terugblik in één week: ${value}.`,
      tensionBegan: (value) => `Aan het begin was die gemiddeld ${value}.`,
      condition: (name, first, last) => `${name}: eerst ${first}, laatst ${last}.`,
      signals: (first, last) => `Stresssignalen per terugblik: eerst ${first}, laatst ${last}.`,
      exercise: (title, before, after, count) =>
        `${title}: gemiddeld ${before} voor en ${after} na, over ${count} keer.`,
      sessions: (count) =>
        count === 1 ? 'Eén sessie met spanning genoteerd.' : `${count} sessies met spanning genoteerd.`,
    },
  },
  en: {
    title: 'How it goes',
    counted: {
      shared: 'Counts only what the client shares',
      all: 'Counts all that you kept',
    },
    nothing: 'Nothing was kept in these days yet.',
    tension: 'Tension, 0 to 10, by week',
    checkIn: 'look back',
    before: 'before an exercise',
    after: 'after an exercise',
    sessionBefore: 'before a session',
    sessionAfter: 'after a session',
    conditions: 'Room for recovery, 0 (none) to 10, by week',
    signals: 'Stress signals in a look back, mean by week',
    exercises: 'Tension before (○) and after (●) an exercise, mean',
    begin: 'start',
    times: (count) => `${count} times`,
    tooFew: (count) =>
      count === 1 ? 'once: too few to say anything' : `${count} times: too few to say anything`,
    change: (change, count) => `${change}  (${count} times)`,
    others: (count) => (count === 1 ? 'and one more exercise' : `and ${count} more exercises`),
    foot: '‘start’ is the mean of their own first four weeks. What goes together need not come from one another.',
    about: {
      baseline: (from, to) => `Their own start is from ${from} up to ${to}.`,
      tension: (first, last, weeks) =>
        `Tension when looking back: ${first} in the first and ${last} in the last of ${weeks} weeks.`,
      tensionOnce: (value) => `Tension when looking back, in one week: ${value}.`,
      tensionBegan: (value) => `At the start its mean was ${value}.`,
      condition: (name, first, last) => `${name}: first ${first}, last ${last}.`,
      signals: (first, last) => `Stress signals in a look back: first ${first}, last ${last}.`,
      exercise: (title, before, after, count) =>
        `${title}: mean ${before} before and ${after} after, over ${count} times.`,
      sessions: (count) =>
        count === 1 ? 'One session with tension noted.' : `${count} sessions with tension noted.`,
    },
  },
};
