/** How a chain can be broken. */
export const BREAKS = [
  'event_changed',
  'event_removed',
  'event_added',
  'events_reordered',
  'event_unsealed',
  'seal_removed',
  'seal_changed',
  'seal_differs_outside',
] as const;
