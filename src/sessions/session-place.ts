import { fromCursor, type Position, UUID } from '../common/page.js';
import type { SessionPlace } from './session.queries.js';

/** Milliseconds since 1970: fourteen digits are always a date. */
const MILLISECONDS = /^-?\d{1,14}$/;

/** Where a session stands in a list that goes newest first. */
export const placeOf = ({ startsAt, id }: SessionPlace): Position => [String(startsAt.getTime()), id];

/** @throws Problem 422 when it is not a cursor of a list of sessions */
export function placeIn(cursor: string): SessionPlace {
  const [startsAt, id] = fromCursor(cursor, [MILLISECONDS, UUID]) as [string, string];
  return { startsAt: new Date(Number(startsAt)), id };
}
