import { unauthenticated } from '../common/problems.js';
import { sqlStateOf } from './violation.js';

/** `invalid_authorization_specification`: what `actor.confirm()` raises. */
const LOGIN_ENDED = '28000';

/**
 * Turns the database's "this login, or these roles, no longer stand" into an answer.
 * @throws Problem 401, or the error as it was
 */
export function unauthenticatedWhenLoginEnded(error: unknown): never {
  throw sqlStateOf(error) === LOGIN_ENDED ? unauthenticated() : error;
}
