import { addDays } from '../../common/day.js';
import type { Assignment } from '../assignments/assignment.entity.js';
import { isForDay, type Plan } from '../assignments/occurrences.js';
import { outsideTheAssignment, stillToCome, tooLongAgo } from './log.errors.js';

export const DAYS_BACK = 7;

/**
 * Whether a day can be logged now: what is longer ago is hard to remember as it was. Of an assignment that has
 * ended, the days before its end can be.
 * @param today where the practice is
 * @throws Problem 422 `invalid-input`, 409 `wrong-state`
 */
export function expectLoggable(assignment: Assignment, plan: Plan, doneOn: string, today: string): void {
  if (doneOn > today) throw stillToCome();
  if (doneOn < addDays(today, -DAYS_BACK)) throw tooLongAgo(DAYS_BACK);
  if (doneOn < plan.startOn || doneOn > plan.endOn) throw outsideTheAssignment();
  if (!isForDay(plan, doneOn)) assignment.expectOpen();
}
