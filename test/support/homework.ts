import { dayIn } from '../../src/common/day.js';
import type { AssignmentView } from '../../src/homework/assignments/assignment.dto.js';
import type { ExercisePage, ExerciseView } from '../../src/homework/exercises/exercise.dto.js';
import { type Caller, told } from './caller.js';

/** An exercise that a practice adds to its catalogue. */
export const SITTING = {
  title: { nl: 'Even zitten', en: 'Sit a while' },
  purpose: { nl: 'Om te landen.', en: 'To arrive.' },
  steps: [
    { nl: 'Ga zitten.', en: 'Sit down.' },
    { nl: 'Blijf even.', en: 'Stay a while.' },
  ],
  cautions: { nl: 'Sta op als het niet prettig is.', en: 'Get up when it is not pleasant.' },
  technique: 'rest',
  approach: 'letting_go',
  moment: 'any',
  minutes: 4,
  rhythm: 'free',
};

/** The day that it really is in Amsterdam. */
export const today = (): string => dayIn('Europe/Amsterdam', new Date());

/** The exercise of the practice's starting catalogue with this English title. */
export async function exerciseCalled(coach: Caller, title: string): Promise<ExerciseView> {
  const { items } = told<ExercisePage>(await coach.get('/v1/exercises?limit=100'));
  return items.find((exercise) => exercise.title.en === title)!;
}

/** Gives a client an exercise: short, free and from the first of March 2026, unless said otherwise. */
export async function assign(coach: Caller, clientId: string, more: object = {}): Promise<AssignmentView> {
  const { id: exerciseId } = await exerciseCalled(coach, 'Pause before acting');
  const input = { exerciseId, moment: 'any', rhythm: { kind: 'free' }, startOn: '2026-03-01', ...more };
  return told(await coach.post(`/v1/clients/${clientId}/assignments`, input));
}

/** Every weekday, Monday first. */
export const DAILY = [1, 2, 3, 4, 5, 6, 7];

/** Reminders as a client may choose them: each day at one time. */
export const dailyAt = (at: string, more: object = {}) => ({
  on: true,
  times: DAILY.map((weekday) => ({ weekday, at })),
  ...more,
});
