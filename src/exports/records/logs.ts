import { code, day, equals, id, type Source } from './source.js';

/** That an exercise was done, and not how it felt. */
export const logs: Source = {
  title: 'Logs',
  from: 'logs r',
  client: 'r.client_id',
  ofClient: equals('r.client_id'),
  ofCoach: equals('r.coach_id'),
  at: { day: 'r.done_on' },
  order: 'r.client_id, r.done_on, r.id',
  columns: {
    doneOn: day('r.done_on'),
    assignmentId: id('r.assignment_id'),
    outcome: code('r.outcome'),
  },
};
