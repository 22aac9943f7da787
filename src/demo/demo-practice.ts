import type { Role } from '../common/actor.js';

/** A login that the demo prints. */
export interface DemoLogin {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly email: string;
  readonly password: string;
}

export interface DemoPractice {
  readonly name: string;
  readonly slug: string;
  readonly logins: readonly DemoLogin[];
}
