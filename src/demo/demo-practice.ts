import type { Role } from '../common/actor.js';

/** A practice of the demo, and who can sign in to it. */
export interface DemoPractice {
  readonly name: string;
  readonly slug: string;
  readonly logins: readonly DemoLogin[];
}

export interface DemoLogin {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly email: string;
  readonly password: string;
}
