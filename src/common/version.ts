import { stale } from './problems.js';

/**
 * Refuses a change that was made on an older version than what stands now; without `If-Match` there is
 * nothing to compare. Hold the row (`for update`) before asking.
 * @throws Problem 412 `stale`
 */
export function expectVersion(row: { readonly version: number }, expected: number | undefined): void {
  if (expected !== undefined && row.version !== expected) throw stale();
}
