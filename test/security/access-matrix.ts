import { randomUUID } from 'node:crypto';
import type { Caller } from '../support/caller.js';
import { exerciseCalled, SITTING, today } from '../support/homework.js';
import { PASSWORD } from '../support/practice.js';
import type { CallerName, World } from './world.js';

/** What a caller is told: a success, or the status of a refusal. */
export type Outcome = 'ok' | 401 | 403 | 404 | 409;
export type Outcomes = Readonly<Record<CallerName, Outcome>>;

/** A valid request: were the caller the right one, it would succeed. */
export interface Sent {
  /** What stands in the address for `:id` and the like. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another login of the same caller, for what ends one. */
  readonly as?: Caller;
}

export interface Row {
  readonly route: string;
  readonly outcomes: Outcomes;
  readonly send: (world: World, caller: CallerName) => Sent | Promise<Sent>;
  /** Why a success leaves no audit event, where it leaves none. */
  readonly unaudited?: string;
}

interface ByRole {
  readonly coach: Outcome;
  readonly admin: Outcome;
  readonly client: Outcome;
}

const outside = (outcome: Outcome): Outcome => (outcome === 'ok' ? 404 : outcome);

/** Something of one client's file: who else comes along does not find it, unless their role never may. */
const ofFile = ({ coach, admin, client }: ByRole): Outcomes => ({
  stranger: 401,
  coach,
  otherCoach: outside(coach),
  admin,
  client,
  otherClient: outside(client),
  coachElsewhere: outside(coach),
  adminElsewhere: outside(admin),
  clientElsewhere: outside(client),
});

/** Something of the practice: the same for all of one role in it, and not found from elsewhere. */
const ofPractice = (roles: ByRole): Outcomes => ({
  ...ofFile(roles),
  otherCoach: roles.coach,
  otherClient: roles.client,
});

/** Something of the caller's own, such as their list or their profile: it depends on the role alone. */
const ofOneself = (roles: ByRole): Outcomes => ({
  ...ofPractice(roles),
  coachElsewhere: roles.coach,
  adminElsewhere: roles.admin,
  clientElsewhere: roles.client,
});

const ANYBODY: Outcomes = { ...ofOneself({ coach: 'ok', admin: 'ok', client: 'ok' }), stranger: 'ok' };
const EVERYBODY: Outcomes = ofOneself({ coach: 'ok', admin: 'ok', client: 'ok' });
const COACH_AND_ADMIN: Outcomes = ofFile({ coach: 'ok', admin: 'ok', client: 403 });
const COACH: Outcomes = ofFile({ coach: 'ok', admin: 403, client: 403 });
const ADMIN: Outcomes = ofPractice({ coach: 403, admin: 'ok', client: 403 });

const CATALOGUE: Outcomes = ofPractice({ coach: 'ok', admin: 'ok', client: 403 });
const OWN_LIST: Outcomes = ofOneself({ coach: 403, admin: 403, client: 'ok' });
const OWN_HOMEWORK: Outcomes = ofFile({ coach: 403, admin: 403, client: 'ok' });

const nothing = (): Sent => ({});
const longList = (): Sent => ({ query: 'limit=100' });
const OWN_PROFILE = 'one looks at oneself';

/** Every route of the API, who may, and what the others are told. */
export const ACCESS_MATRIX: readonly Row[] = [
  // Sign in
  {
    route: 'POST /v1/auth/login',
    outcomes: ANYBODY,
    send: async (world, caller) => ({ body: await world.credentials(caller) }),
  },
  {
    route: 'POST /v1/auth/refresh',
    outcomes: ANYBODY,
    send: async (world, caller) => ({
      body: { refreshToken: (await world.signedInAgain(caller)).tokens!.refreshToken },
    }),
    unaudited: 'the login was recorded when it began',
  },
  {
    route: 'POST /v1/auth/logout',
    outcomes: EVERYBODY,
    send: async (world, caller) => (caller === 'stranger' ? {} : { as: await world.signedInAgain(caller) }),
  },
  {
    route: 'PUT /v1/auth/invitations/:code',
    outcomes: ANYBODY,
    send: async (world) => ({ path: { code: await world.invitation() }, body: { password: PASSWORD } }),
  },

  // Me
  { route: 'GET /v1/me', outcomes: EVERYBODY, send: nothing, unaudited: OWN_PROFILE },
  { route: 'PATCH /v1/me', outcomes: EVERYBODY, send: () => ({ body: { language: 'en' } }) },
  { route: 'GET /v1/me/logins', outcomes: EVERYBODY, send: nothing, unaudited: OWN_PROFILE },
  {
    route: 'DELETE /v1/me/logins/:id',
    outcomes: EVERYBODY,
    send: async (world, caller) => ({ path: { id: await world.loginId(caller) } }),
  },
  {
    route: 'GET /v1/me/consents',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: nothing,
  },
  {
    route: 'POST /v1/me/consents',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: () => ({ body: {} }),
  },
  {
    route: 'DELETE /v1/me/consents/:id',
    outcomes: ofFile({ coach: 403, admin: 403, client: 'ok' }),
    send: async (world) => ({ path: { id: await world.ownConsent() } }),
  },

  // Clients
  {
    route: 'GET /v1/clients',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/clients',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: (world, caller) => ({
      body: {
        name: 'Nieuwe cliënt',
        language: 'nl',
        ...(caller.startsWith('admin') && { coachId: world.houseOf(caller).coach.id }),
      },
    }),
  },
  {
    route: 'GET /v1/clients/:id',
    outcomes: COACH_AND_ADMIN,
    send: ({ here }) => ({ path: { id: here.client.clientId } }),
  },
  {
    route: 'PATCH /v1/clients/:id',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => {
      const { id, version } = await world.file();
      return { path: { id }, body: { company: 'Bakker' }, headers: { 'if-match': `"${version}"` } };
    },
  },
  {
    route: 'POST /v1/clients/:id/activation',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.prospect()).id } }),
  },
  {
    route: 'POST /v1/clients/:id/pause',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.file()).id } }),
  },
  {
    route: 'POST /v1/clients/:id/resumption',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => {
      const { id } = await world.file();
      await world.here.coach.post(`/v1/clients/${id}/pause`);
      return { path: { id } };
    },
  },
  {
    route: 'POST /v1/clients/:id/reopening',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.closedFile()).id } }),
  },
  {
    route: 'POST /v1/clients/:id/invitation',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.file()).id } }),
  },
  {
    route: 'GET /v1/clients/:id/consents',
    outcomes: COACH_AND_ADMIN,
    send: ({ here }) => ({ path: { id: here.client.clientId } }),
  },
  {
    route: 'POST /v1/clients/:id/consents',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({
      path: { id: (await world.file()).id },
      body: { channel: 'paper', givenOn: '2026-01-05' },
    }),
  },

  // Homework
  {
    route: 'GET /v1/exercises',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/exercises',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: () => ({ body: SITTING }),
  },
  {
    route: 'GET /v1/exercises/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: await world.exercise() } }),
  },
  {
    route: 'PATCH /v1/exercises/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: await world.exercise() }, body: { minutes: 3 } }),
  },
  {
    route: 'POST /v1/exercises/:id/publication',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: await world.exercise() } }),
  },
  {
    route: 'POST /v1/exercises/:id/retirement',
    outcomes: CATALOGUE,
    send: async (world) => {
      const id = await world.exercise();
      await world.here.coach.post(`/v1/exercises/${id}/publication`);
      return { path: { id } };
    },
  },
  {
    route: 'GET /v1/exercises/:id/versions',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: await world.exercise() } }),
  },
  {
    route: 'GET /v1/clients/:id/assignments',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => {
      await world.assignment();
      return { path: { id: world.here.client.clientId } };
    },
  },
  {
    route: 'POST /v1/clients/:id/assignments',
    outcomes: COACH,
    send: async (world) => ({
      path: { id: (await world.file()).id },
      body: {
        exerciseId: (await exerciseCalled(world.here.coach, 'Pause before acting')).id,
        moment: 'any',
        rhythm: { kind: 'free' },
        startOn: '2026-03-01',
      },
    }),
  },
  {
    route: 'GET /v1/assignments/:id',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: await world.assignment() } }),
  },
  {
    route: 'PATCH /v1/assignments/:id',
    outcomes: COACH,
    send: async (world) => ({ path: { id: await world.assignment() }, body: { moment: 'morning' } }),
  },
  {
    route: 'POST /v1/assignments/:id/pause',
    outcomes: COACH,
    send: async (world) => ({ path: { id: await world.assignment() } }),
  },
  {
    route: 'POST /v1/assignments/:id/resumption',
    outcomes: COACH,
    send: async (world) => ({ path: { id: await world.pausedAssignment() } }),
  },
  {
    route: 'POST /v1/assignments/:id/completion',
    outcomes: COACH,
    send: async (world) => ({ path: { id: await world.assignment() } }),
  },
  {
    route: 'POST /v1/assignments/:id/stop',
    outcomes: COACH,
    send: async (world) => ({ path: { id: await world.assignment() } }),
  },
  {
    route: 'GET /v1/assignments/:id/logs',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: await world.loggedAssignment() } }),
  },
  { route: 'GET /v1/me/homework', outcomes: OWN_LIST, send: nothing },
  { route: 'GET /v1/me/assignments', outcomes: OWN_LIST, send: longList },
  {
    route: 'GET /v1/me/assignments/:id',
    outcomes: OWN_HOMEWORK,
    send: async (world) => ({ path: { id: await world.assignment() } }),
  },
  {
    route: 'POST /v1/me/assignments/:id/pause',
    outcomes: OWN_HOMEWORK,
    send: async (world) => ({ path: { id: await world.assignment() } }),
  },
  {
    route: 'POST /v1/me/assignments/:id/resumption',
    outcomes: OWN_HOMEWORK,
    send: async (world) => ({ path: { id: await world.pausedAssignment() } }),
  },
  {
    route: 'POST /v1/me/assignments/:id/stop',
    outcomes: OWN_HOMEWORK,
    send: async (world) => ({ path: { id: await world.assignment() } }),
  },
  {
    route: 'GET /v1/me/assignments/:id/logs',
    outcomes: OWN_HOMEWORK,
    send: async (world) => ({ path: { id: await world.loggedAssignment() } }),
  },
  {
    route: 'PUT /v1/me/assignments/:id/logs/:logId',
    outcomes: OWN_HOMEWORK,
    send: async (world) => ({
      path: { id: await world.assignment(), logId: randomUUID() },
      body: { doneOn: today(), outcome: 'done' },
    }),
  },

  // Users, the practice, the log
  { route: 'GET /v1/users', outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }), send: longList },
  {
    route: 'POST /v1/users',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: (_, caller) => ({
      body: { name: 'Nieuwe coach', email: `nieuw-${caller.toLowerCase()}@ergens.example`, roles: ['coach'] },
    }),
  },
  {
    route: 'GET /v1/users/:id',
    outcomes: ADMIN,
    send: ({ here }) => ({ path: { id: here.coach.id } }),
  },
  {
    route: 'PATCH /v1/users/:id',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: (await world.user()).id }, body: { roles: ['coach', 'admin'] } }),
  },
  {
    route: 'POST /v1/users/:id/disabling',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: (await world.user()).id } }),
  },
  {
    route: 'POST /v1/users/:id/enabling',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: (await world.user()).id } }),
  },
  {
    route: 'GET /v1/practice',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: nothing,
    unaudited: 'settings are about nobody',
  },
  {
    route: 'PATCH /v1/practice',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({ body: { assignmentWeeks: 5 } }),
  },
  {
    route: 'GET /v1/audit-events',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: longList,
  },

  // Open
  { route: 'GET /v1/vocabularies', outcomes: ANYBODY, send: nothing, unaudited: 'it is about nobody' },
  { route: 'GET /health/live', outcomes: ANYBODY, send: nothing, unaudited: 'it is about nobody' },
  { route: 'GET /health/ready', outcomes: ANYBODY, send: nothing, unaudited: 'it is about nobody' },
];
