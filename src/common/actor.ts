/** What a person may be in one practice; one person may be several of these at once. */
export const ROLES = ['coach', 'client', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What the system itself does in one practice. Each task has policies of its own in the database,
 * and no task can do what another may.
 */
export const TASKS = [
  'sign_in',
  'invitation',
  'mail',
  'password_reset',
  'address_change',
  'transfer',
  'closure',
  'export',
  'import',
  'housekeeping',
  'onboarding',
  'sealing',
  'factor_removal',
  'data_requests',
  'erasure',
  'knowledge',
  'intake_form',
  'intake',
  'key_rotation',
  'reminders',
  'retention',
] as const;
export type TaskName = (typeof TASKS)[number];

/** What a script may be let do; no scope opens a text about a person. */
export const KEY_SCOPES = ['exports:read'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** Where a request came from; the audit log names it. */
export interface Origin {
  /** UUID of the request or of the job. */
  readonly requestId: string;
  /** The caller's IP address, absent for the system's own work. */
  readonly address?: string;
}

/** A request that its sender may repeat without doing it twice (header `Idempotency-Key`). */
export interface Repeat {
  readonly key: string;
  /** Method and path, so that one key does not answer for another resource. */
  readonly route: string;
  /** HMAC-SHA-256 of the body: the same key with another body is refused. */
  readonly fingerprint: Buffer;
}

/** A signed-in person, as the access token describes them. */
export interface Person {
  readonly practiceId: string;
  readonly userId: string;
  readonly loginId: string;
  readonly roles: readonly Role[];
  /** The person's own file, where the person is a client. */
  readonly clientId?: string;
  readonly origin: Origin;
  readonly repeat?: Repeat;
  /** What may be done in this person's name, where a script calls with a key of theirs. */
  readonly scopes?: readonly KeyScope[];
  /** On a route that is open also before the person has the second factor which the practice wants. */
  readonly enrolling?: boolean;
}

/** The system doing a named task in one practice, on somebody's behalf or its own. */
export interface SystemTask {
  readonly practiceId: string;
  readonly task: TaskName;
  readonly onBehalfOf?: Person;
  readonly origin: Origin;
}

/** Whoever touches data: there is no access without one. */
export type Actor = Person | SystemTask;

export const isTask = (actor: Actor): actor is SystemTask => 'task' in actor;
export const isCoach = (person: Person): boolean => person.roles.includes('coach');
export const isAdmin = (person: Person): boolean => person.roles.includes('admin');

/** The same person, but with the narrow rights of one system task for as long as that takes. */
export function taskFor(person: Person, task: TaskName): SystemTask {
  return { practiceId: person.practiceId, task, onBehalfOf: person, origin: person.origin };
}
