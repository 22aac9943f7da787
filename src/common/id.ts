import { v7 } from 'uuid';

/**
 * A new UUIDv7 (RFC 9562): unique without asking the database, and in order of time, so that a primary
 * key doubles as "newest first".
 */
export function newId(at: Date): string {
  return v7({ msecs: at.getTime() });
}

/** The smallest UUIDv7 of this millisecond: ids sort by time, so a moment bounds a range of ids. */
export function earliestIdAt(at: Date): string {
  // Nothing is older than the first millisecond that such an id can tell.
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
