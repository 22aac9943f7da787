import { secondFactorEnrolmentRequired, unauthenticated } from '../common/problems.js';
import { sqlStateOf } from './violation.js';

/** `invalid_authorization_specification`: what `actor.enter` raises. */
const LOGIN_ENDED = '28000';

/** What it raises for who has yet to set up the second factor that the practice wants. */
const NO_SECOND_FACTOR = '28A2F';

/**
 * Turns the database's "this login, or these roles, no longer stand" into an answer.
 * @throws Problem 401, 403 where a second factor must come first, or the error as it was
 */
export function unauthenticatedWhenLoginEnded(error: unknown): never {
  if (sqlStateOf(error) === NO_SECOND_FACTOR) throw secondFactorEnrolmentRequired();
  throw sqlStateOf(error) === LOGIN_ENDED ? unauthenticated() : error;
}
