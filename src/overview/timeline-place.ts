import { fromCursor, type Position, UUID } from '../common/page.js';
import { TIMELINE_EVENTS, type TimelineEvent, type TimelineItem } from './timeline.dto.js';
import type { TimelinePlace } from './timeline.queries.js';

/** Milliseconds since 1970: fourteen digits are always a date. */
const MILLISECONDS = /^-?\d{1,14}$/;
const EVENT = { test: (value: string): boolean => TIMELINE_EVENTS.some((event) => event === value) };

/** Where something stands in a timeline. */
export const placeOf = ({ at, event, id }: TimelineItem): Position => [String(Date.parse(at)), event, id];

/** @throws Problem 422 when it is not a cursor of a timeline */
export function placeIn(cursor: string): TimelinePlace {
  const [at, event, id] = fromCursor(cursor, [MILLISECONDS, EVENT, UUID]) as [string, TimelineEvent, string];
  return { at: new Date(Number(at)), event, id };
}
