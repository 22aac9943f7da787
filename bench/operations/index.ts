import { assignments } from './assignments.js';
import { clientDay } from './client-day.js';
import type { Operation } from './operation.js';
import { planSession } from './plan-session.js';
import { putLog } from './put-log.js';
import { oneSession, sessionsDeep, sessionsList } from './sessions.js';

/** What is measured; a feature that matters adds its own. */
export const OPERATIONS: readonly Operation[] = [
  clientDay,
  assignments,
  sessionsList,
  sessionsDeep,
  oneSession,
  planSession,
  putLog,
];

export const operationNamed = (name: string): Operation => OPERATIONS.find((one) => one.name === name)!;
