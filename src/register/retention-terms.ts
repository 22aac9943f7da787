import type { Bilingual } from '../common/language.js';
import type { TermCode } from './classified.js';

/** How long something is kept, as a person reads it. */
export type Terms = Readonly<Record<TermCode, Bilingual>>;

/** @param fileYears what the practice keeps a file for, after the last session */
export const retentionTerms = (fileYears: number): Terms => ({
  file: {
    nl: `Tot ${fileYears} jaar na de laatste sessie, of eerder als de cliënt om verwijdering vraagt en niets ertoe dwingt het te houden`,
    en: `Until ${fileYears} years after the last session, or sooner where the client asks for erasure and nothing compels to keep it`,
  },
  fiscal: {
    nl: 'Zeven jaar na het einde van het kalenderjaar, zonder inhoud (AWR art. 52)',
    en: 'Seven years after the end of the calendar year, without content (AWR art. 52)',
  },
  ninety_days: { nl: 'Negentig dagen', en: 'Ninety days' },
  account: {
    nl: 'Zolang iemand een inlog heeft',
    en: 'For as long as somebody has an account',
  },
  short: {
    nl: 'Van een uur tot vierhonderd dagen, zolang een link of code nog te gebruiken is',
    en: 'From an hour to four hundred days, for as long as a link or code can be used',
  },
  passing: { nl: 'Uren tot veertien dagen', en: 'Hours, up to fourteen days' },
  log: { nl: 'Vijf jaar', en: 'Five years' },
  practice: {
    nl: 'Zolang de praktijk het systeem gebruikt',
    en: 'For as long as the practice uses the system',
  },
});
