import { code, codes, day, equals, id, number, type Source, text } from './source.js';

export const assignments: Source = {
  title: 'Huiswerk',
  from: `assignments r join exercise_versions e
           on e.practice_id = r.practice_id and e.exercise_id = r.exercise_id and e.version = r.exercise_version`,
  client: 'r.client_id',
  ofClient: equals('r.client_id'),
  ofCoach: equals('r.coach_id'),
  at: { day: 'r.start_on' },
  order: 'r.id',
  columns: {
    id: id('r.id'),
    clientId: id('r.client_id'),
    exerciseId: id('r.exercise_id'),
    exerciseTitle: text('e.title_nl'),
    moment: code('r.moment'),
    rhythm: code('r.rhythm'),
    timesPerDay: number('r.times_per_day'),
    weekdays: codes('r.weekdays'),
    startOn: day('r.start_on'),
    endOn: day('r.end_on'),
    status: code('r.status'),
  },
};
