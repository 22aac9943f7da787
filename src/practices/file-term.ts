import type { Regime } from './practice.entity.js';

/** How many years after its last session a file is kept; for a care provider that is a duty (BW art. 7:454, WGBO). */
export const FILE_YEARS: Readonly<Record<Regime, number>> = { coach: 2, care_provider: 20 };
