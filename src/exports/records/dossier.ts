import { equals, type Source } from './source.js';

/** One client's whole file, as far as who asked sees it. What it holds stands in `src/exports/dossier`; it has no columns. */
export const dossier: Source = {
  title: 'Dossier',
  from: 'clients r',
  client: 'r.id',
  ofClient: equals('r.id'),
  ofCoach: equals('r.coach_id'),
  at: { instant: 'r.created_at' },
  order: 'r.id',
  columns: {},
};
