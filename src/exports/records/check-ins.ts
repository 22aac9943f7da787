import { day, equals, id, type Source } from './source.js';

/** That a client checked in, and not what they said: the function that tells it reaches nothing else of the row. */
export const checkIns: Source = {
  title: 'Terugblikken',
  from: 'lookup.check_in_days() r',
  client: 'r.client_id',
  ofClient: equals('r.client_id'),
  ofCoach: equals('r.coach_id'),
  at: { day: 'r.day' },
  order: 'r.client_id, r.day',
  columns: {
    on: day('r.day'),
    id: id('r.id'),
    clientId: id('r.client_id'),
  },
};
