import type { Practice, Regime } from './practice.entity.js';

/** How many years after its last session a file is kept; for a care provider that is a duty (BW art. 7:454, WGBO). */
const HOUSE_YEARS: Readonly<Record<Regime, number>> = { coach: 2, care_provider: 20 };

/** For how long this practice keeps a file: what it chose, with a reason, or what the regime says. */
export const fileYearsOf = ({ regime, fileYears }: Pick<Practice, 'regime' | 'fileYears'>): number =>
  fileYears ?? HOUSE_YEARS[regime];

/** Below this a practice cannot choose. */
export const leastYearsOf = (regime: Regime): number =>
  regime === 'care_provider' ? HOUSE_YEARS[regime] : 1;

/** The same as SQL, of a row `p` of practices. */
export const FILE_YEARS_SQL = `coalesce(p.file_years, case p.regime
  when 'care_provider' then ${HOUSE_YEARS.care_provider} else ${HOUSE_YEARS.coach} end)`;
