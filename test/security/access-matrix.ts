import { randomUUID } from 'node:crypto';
import type { NoteView } from '../../src/notes/note.dto.js';
import type { Caller } from '../support/caller.js';
import { layReadySession, seen, sign, writeNote } from '../support/notes.js';
import { PASSWORD } from '../support/practice.js';
import { exerciseCalled, SITTING } from '../support/homework.js';
import { article, INTAKE } from '../support/knowledge.js';
import { Authenticator } from '../support/authenticator.js';
import { addPasskey, codeAt, enrol } from '../support/second-factor.js';
import { told } from '../support/caller.js';
import type { PasskeyCreationOptions } from '../../src/auth/passkeys/passkey.dto.js';
import type { SecondFactorEnrolment } from '../../src/auth/second-factor/second-factor.dto.js';
import { clientsCsv, CSV } from '../support/imports.js';
import { soundOf } from '../support/media.js';
import { longAgo, NOTHING_SEEN, plan } from '../support/sessions.js';
import { type CallerName, type House, today, type World, wordsOf } from './world.js';

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
  /** The part of an answer that must hold nothing hidden, where another part repeats what callers asked for. */
  readonly shown?: (body: string) => string;
  /** Whose body is answered item by item: the list, and the ids in it that are the caller's to choose. */
  readonly byItem?: { readonly list: string; readonly chosen: readonly string[] };
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

const CLIENT: Outcomes = ofFile({ coach: 403, admin: 403, client: 'ok' });
const CATALOGUE: Outcomes = ofPractice({ coach: 'ok', admin: 'ok', client: 403 });

const CLIENT_ALONE: Outcomes = ofFile({ coach: 404, admin: 404, client: 'ok' });

const nothing = (): Sent => ({});
const longList = (): Sent => ({ query: 'limit=100' });
/** What can be asked as often as one likes. */
const RECTIFICATION = { kind: 'rectification', details: 'Mijn bedrijf heet anders.' };
const PURPOSE = 'Jaarafsluiting voor de boekhouder';
const BY_THE_JOB = 'the job that finds out whose address it is records it, as this request';
const ON_THE_WEBSITE = 'what is on the website is read by anybody';
const OWN_PROFILE = 'one looks at oneself';

/** The words of the client here, in the notes of their coach. */
const NOTE = { visibility: 'private', body: 'Adem zakte naar de buik.' };
const noteIn = (house: House): Promise<NoteView> =>
  writeNote(house.coach, house.client.clientId, { body: `${wordsOf(house)} Dat weet alleen de coach.` });

/** A private note that stays out of a copy for its client. */
async function withheldIn(house: House): Promise<string> {
  const { id } = await noteIn(house);
  told(
    await house.coach.put(`/v1/notes/${id}/withholding`, {
      ground: 'rights_of_others',
      reason: wordsOf(house),
    }),
  );
  return id;
}

/** The password and a code of somebody new, who has an authenticator app. */
async function proofOfBoth(world: World, caller: CallerName): Promise<Sent> {
  if (caller === 'stranger') return { body: { password: PASSWORD, code: '123456' } };
  const as = await world.newcomer(caller);
  const { secret } = await enrol(as);
  return { as, body: { password: PASSWORD, code: codeAt(secret) } };
}

/** A passkey of a new client here, who is the client that calls. */
async function passkeyOfAClient(world: World, caller: CallerName): Promise<Sent> {
  const client = await world.newcomer('client');
  const { id } = await addPasskey(client);
  return { path: { id }, ...(caller === 'client' && { as: client }) };
}

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
    route: 'GET /v1/auth/passphrase',
    outcomes: ANYBODY,
    send: nothing,
    unaudited: 'it is drawn for nobody in particular',
  },
  {
    route: 'POST /v1/auth/step-up',
    outcomes: EVERYBODY,
    send: () => ({ body: { password: PASSWORD } }),
  },
  {
    route: 'PUT /v1/auth/invitations/:code',
    outcomes: ANYBODY,
    send: async (world) => ({ path: { code: await world.invitation() }, body: { password: PASSWORD } }),
  },
  {
    route: 'POST /v1/auth/password-resets',
    outcomes: ANYBODY,
    send: async (world, caller) => ({ body: { email: (await world.credentials(caller)).email } }),
    unaudited: BY_THE_JOB,
  },
  {
    route: 'PUT /v1/auth/password-resets/:code',
    outcomes: ANYBODY,
    send: async (world) => ({ path: { code: await world.resetCode() }, body: { password: PASSWORD } }),
  },
  {
    route: 'POST /v1/auth/mail-sign-ins',
    outcomes: ANYBODY,
    send: async (world, caller) => ({ body: { email: (await world.credentials(caller)).email } }),
    unaudited: BY_THE_JOB,
  },
  {
    route: 'PUT /v1/auth/mail-sign-ins/:code',
    outcomes: ANYBODY,
    send: async (world) => {
      const { code, request } = await world.mailSignIn();
      return { path: { code }, body: { request } };
    },
  },
  {
    route: 'POST /v1/me/address-changes',
    outcomes: EVERYBODY,
    send: (_, caller) => ({
      body: { email: `anders-${caller.toLowerCase()}@ergens.example`, password: PASSWORD },
    }),
  },
  {
    route: 'PUT /v1/auth/address-changes/:code',
    outcomes: ANYBODY,
    send: async (world) => ({ path: { code: (await world.addressChange()).confirmation } }),
  },
  {
    route: 'DELETE /v1/auth/address-changes/:code',
    outcomes: ANYBODY,
    send: async (world) => ({ path: { code: (await world.addressChange()).cancellation } }),
  },

  // Me
  { route: 'GET /v1/me', outcomes: EVERYBODY, send: nothing, unaudited: OWN_PROFILE },
  { route: 'PATCH /v1/me', outcomes: EVERYBODY, send: () => ({ body: { language: 'en' } }) },
  { route: 'GET /v1/me/logins', outcomes: EVERYBODY, send: nothing, unaudited: OWN_PROFILE },
  { route: 'DELETE /v1/me/logins', outcomes: EVERYBODY, send: nothing },
  {
    route: 'PUT /v1/me/password',
    outcomes: EVERYBODY,
    send: () => ({ body: { current: PASSWORD, password: PASSWORD } }),
  },
  { route: 'GET /v1/me/keys', outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }), send: nothing },
  {
    route: 'POST /v1/me/keys',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({ body: { name: 'Nachtelijke kopie', scopes: ['exports:read'] } }),
  },
  {
    route: 'DELETE /v1/me/keys/:id',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: (await world.key()).id } }),
  },
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
  {
    route: 'GET /v1/me/data-requests',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: longList,
  },
  {
    route: 'POST /v1/me/data-requests',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: () => ({ body: RECTIFICATION }),
  },
  {
    route: 'GET /v1/me/data-requests/:id',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: await world.dataRequest() } }),
  },
  {
    route: 'GET /v1/me/data-requests/:id/file',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: await world.copyInPortal() } }),
  },
  {
    route: 'POST /v1/me/data-requests/:id/cancellation',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: await world.dataRequest() } }),
  },

  // Second factors and passkeys, each time of somebody new: who has one is asked for it ever after
  { route: 'GET /v1/me/second-factor', outcomes: EVERYBODY, send: nothing, unaudited: OWN_PROFILE },
  { route: 'PUT /v1/me/second-factor', outcomes: EVERYBODY, send: nothing },
  {
    route: 'POST /v1/me/second-factor/confirmation',
    outcomes: EVERYBODY,
    send: async (world, caller) => {
      if (caller === 'stranger') return { body: { code: '123456' } };
      const as = await world.newcomer(caller);
      const { secret } = told<SecondFactorEnrolment>(await as.put('/v1/me/second-factor', {}));
      return { as, body: { code: codeAt(secret) } };
    },
  },
  {
    route: 'POST /v1/me/second-factor/recovery-codes',
    outcomes: EVERYBODY,
    send: proofOfBoth,
  },
  { route: 'DELETE /v1/me/second-factor', outcomes: EVERYBODY, send: proofOfBoth },
  { route: 'GET /v1/me/passkeys', outcomes: EVERYBODY, send: nothing, unaudited: OWN_PROFILE },
  {
    route: 'POST /v1/me/passkeys/options',
    outcomes: EVERYBODY,
    send: nothing,
    unaudited: 'a challenge is nothing yet',
  },
  {
    route: 'POST /v1/me/passkeys',
    outcomes: EVERYBODY,
    send: async (world, caller) => {
      const as = await world.newcomer(caller === 'stranger' ? 'coach' : caller);
      const options = told<PasskeyCreationOptions>(await as.post('/v1/me/passkeys/options'));
      const body = { name: 'Telefoon', credential: new Authenticator().create(options) };
      return { body, ...(caller !== 'stranger' && { as }) };
    },
  },
  {
    route: 'PATCH /v1/me/passkeys/:id',
    outcomes: CLIENT_ALONE,
    send: async (world, caller) => ({ ...(await passkeyOfAClient(world, caller)), body: { name: 'Laptop' } }),
  },
  { route: 'DELETE /v1/me/passkeys/:id', outcomes: CLIENT_ALONE, send: passkeyOfAClient },
  {
    route: 'DELETE /v1/users/:id/second-factor',
    outcomes: ADMIN,
    send: async (world) => {
      const coach = await world.newcomer('coach');
      await enrol(coach);
      return { path: { id: coach.id } };
    },
  },
  {
    route: 'POST /v1/auth/passkey/options',
    outcomes: ANYBODY,
    send: nothing,
    unaudited: 'a challenge is nothing yet',
  },
  {
    route: 'POST /v1/auth/passkey',
    outcomes: ANYBODY,
    send: async (world) => {
      const { authenticator } = await addPasskey(await world.newcomer('coach'));
      const options = told<{ challenge: string }>(
        await world.caller('stranger').post('/v1/auth/passkey/options'),
      );
      return { body: { credential: authenticator.get(options) } };
    },
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
    route: 'GET /v1/clients/:id/brief',
    outcomes: COACH,
    send: ({ here }) => ({ path: { id: here.client.clientId } }),
  },
  {
    route: 'GET /v1/clients/:id/progress',
    outcomes: COACH,
    send: ({ here }) => ({ path: { id: here.client.clientId } }),
  },
  {
    route: 'GET /v1/clients/:id/progress.svg',
    outcomes: COACH,
    send: ({ here }) => ({ path: { id: here.client.clientId } }),
  },
  {
    route: 'GET /v1/clients/:id/timeline',
    outcomes: COACH_AND_ADMIN,
    send: ({ here }) => ({ path: { id: here.client.clientId }, ...longList() }),
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
  {
    route: 'POST /v1/clients/:id/consents/:consentId/withdrawal',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => {
      const { id } = await world.file();
      return { path: { id, consentId: await world.consentOf(id) } };
    },
  },

  // Sessions and what was observed in them
  {
    route: 'GET /v1/sessions',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/sessions',
    outcomes: COACH,
    send: async (world) => ({ body: plan((await world.file()).id) }),
  },
  {
    route: 'GET /v1/sessions/:id',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.session()).id } }),
  },
  {
    route: 'PATCH /v1/sessions/:id',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.session()).id }, body: { mode: 'phone' } }),
  },
  {
    route: 'DELETE /v1/sessions/:id',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.session()).id } }),
  },
  {
    route: 'POST /v1/sessions/:id/cancellation',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.session()).id } }),
  },
  {
    route: 'POST /v1/sessions/:id/no-show',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.session({ startsAt: longAgo() })).id } }),
  },
  {
    route: 'POST /v1/sessions/:id/reinstatement',
    outcomes: COACH,
    send: async (world) => ({
      path: { id: (await world.cancelledSession()).id },
      body: { reason: 'Verkeerde afspraak' },
    }),
  },
  {
    route: 'GET /v1/sessions/:id/observation',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.observedSession()).id } }),
  },
  {
    route: 'PUT /v1/sessions/:id/observation',
    outcomes: COACH,
    send: async (world) => ({
      path: { id: (await world.session()).id },
      body: NOTHING_SEEN,
      headers: { 'if-none-match': '*' },
    }),
  },
  {
    route: 'GET /v1/me/sessions',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: longList,
  },

  // What acts over a whole file
  {
    route: 'POST /v1/sessions/:id/completion',
    outcomes: COACH,
    send: async (world) => ({
      path: { id: (await world.session({ startsAt: longAgo() })).id },
      body: { observation: NOTHING_SEEN, note: NOTE },
    }),
  },
  {
    route: 'POST /v1/clients/:id/closure',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.file()).id } }),
  },
  {
    route: 'PUT /v1/clients/:id/coach',
    outcomes: ofFile({ coach: 403, admin: 'ok', client: 403 }),
    send: async (world) => ({
      path: { id: (await world.file()).id },
      body: { coachId: world.here.otherCoach.id, reason: 'Verlof', privateNotesGoAlong: false },
    }),
  },

  // The catalogue
  {
    route: 'GET /v1/exercises',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: longList,
    unaudited: 'an exercise is about nobody',
  },
  {
    route: 'POST /v1/exercises',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: () => ({ body: SITTING }),
  },
  {
    route: 'GET /v1/exercises/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftExercise()).id } }),
    unaudited: 'an exercise is about nobody',
  },
  {
    route: 'PATCH /v1/exercises/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftExercise()).id }, body: { minutes: 5 } }),
  },
  {
    route: 'POST /v1/exercises/:id/publication',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftExercise()).id } }),
  },
  {
    route: 'POST /v1/exercises/:id/retirement',
    outcomes: CATALOGUE,
    send: async (world) => {
      const { id } = await world.draftExercise();
      await world.here.coach.post(`/v1/exercises/${id}/publication`);
      return { path: { id } };
    },
  },
  {
    route: 'POST /v1/exercises/:id/copy',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftExercise()).id } }),
  },
  {
    route: 'POST /v1/exercise-media',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: () => ({ body: soundOf(), headers: { 'content-type': 'audio/wav' } }),
  },
  {
    route: 'GET /v1/exercise-media/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.medium()).id } }),
  },
  {
    route: 'GET /v1/exercise-media/:id/file',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.medium()).id } }),
  },
  {
    route: 'GET /v1/exercise-tags',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: nothing,
    unaudited: 'an exercise is about nobody',
  },
  {
    route: 'GET /v1/exercises/:id/versions',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftExercise()).id } }),
    unaudited: 'an exercise is about nobody',
  },

  {
    route: 'GET /v1/exercise-sets',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/exercise-sets',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: async (world, caller) => ({ body: await world.setOf(caller) }),
  },
  {
    route: 'GET /v1/exercise-sets/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.exerciseSet()).id } }),
  },
  {
    route: 'PATCH /v1/exercise-sets/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.exerciseSet()).id }, body: { name: 'Anders' } }),
  },
  {
    route: 'DELETE /v1/exercise-sets/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.exerciseSet()).id } }),
  },

  // Knowledge
  {
    route: 'GET /v1/articles',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/articles',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: () => ({ body: article() }),
  },
  {
    route: 'GET /v1/articles/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftArticle()).id } }),
  },
  {
    route: 'PATCH /v1/articles/:id',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftArticle()).id }, body: { questions: [] } }),
  },
  {
    route: 'POST /v1/articles/:id/publication',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftArticle()).id } }),
  },
  {
    route: 'POST /v1/articles/:id/retirement',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.publishedArticle()).id } }),
  },
  {
    route: 'GET /v1/articles/:id/versions',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftArticle()).id } }),
  },
  {
    route: 'GET /v1/exercises/:id/articles',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.draftExercise()).id } }),
  },
  {
    route: 'PUT /v1/exercises/:id/articles',
    outcomes: CATALOGUE,
    send: async (world) => ({
      path: { id: (await world.draftExercise()).id },
      body: { articleIds: [(await world.publishedArticle()).id] },
    }),
  },
  {
    route: 'GET /v1/practices/:slug/articles',
    outcomes: ANYBODY,
    send: ({ here }) => ({ path: { slug: here.slug } }),
    unaudited: ON_THE_WEBSITE,
  },
  {
    route: 'GET /v1/practices/:slug/articles/:article',
    outcomes: ANYBODY,
    send: ({ here }) => ({ path: { slug: here.slug, article: 'rust-en-slaap' } }),
    unaudited: ON_THE_WEBSITE,
  },
  {
    route: 'GET /v1/clients/:id/readings',
    outcomes: COACH_AND_ADMIN,
    send: ({ here }) => ({ path: { id: here.client.clientId }, query: 'limit=100' }),
  },
  {
    route: 'POST /v1/clients/:id/readings',
    outcomes: COACH,
    send: async (world) => ({
      path: { id: world.here.client.clientId },
      body: { articleId: (await world.publishedArticle()).id },
    }),
  },
  {
    route: 'DELETE /v1/readings/:id',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.reading()).id } }),
  },
  {
    route: 'GET /v1/me/readings',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: longList,
  },
  {
    route: 'GET /v1/me/readings/:id',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: (await world.reading()).id } }),
  },
  {
    route: 'GET /v1/me/assignments/:id/articles',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },

  // Intake requests
  {
    route: 'GET /v1/practices/:slug/intake-form',
    outcomes: ANYBODY,
    send: ({ here }) => ({ path: { slug: here.slug } }),
    unaudited: ON_THE_WEBSITE,
  },
  {
    route: 'POST /v1/practices/:slug/intake-requests',
    outcomes: ANYBODY,
    send: ({ here }) => ({ path: { slug: here.slug }, body: INTAKE }),
  },
  {
    route: 'GET /v1/intake-requests',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/intake-requests/:id/acceptance',
    outcomes: CATALOGUE,
    send: async (world) => ({
      path: { id: (await world.intakeRequest()).id },
      body: { coachId: world.here.coach.id },
    }),
  },
  {
    route: 'POST /v1/intake-requests/:id/refusal',
    outcomes: CATALOGUE,
    send: async (world) => ({ path: { id: (await world.intakeRequest()).id } }),
  },

  // Homework
  {
    route: 'GET /v1/clients/:id/assignments',
    outcomes: COACH_AND_ADMIN,
    send: ({ here }) => ({ path: { id: here.client.clientId }, query: 'limit=100' }),
  },
  {
    route: 'POST /v1/clients/:id/assignments',
    outcomes: COACH,
    send: async ({ here }) => ({
      path: { id: here.client.clientId },
      body: {
        exerciseId: (await exerciseCalled(here.coach, 'Pause before acting')).id,
        moment: 'any',
        rhythm: { kind: 'free' },
        startOn: today(),
        message: wordsOf(here),
        overrideLimit: true,
      },
    }),
  },
  {
    route: 'POST /v1/clients/:id/set-assignments',
    outcomes: COACH,
    send: async (world) => ({
      path: { id: world.here.client.clientId },
      body: {
        setId: (await world.exerciseSet()).id,
        startOn: today(),
        message: wordsOf(world.here),
        overrideLimit: true,
      },
    }),
  },
  {
    route: 'GET /v1/set-assignments/:id',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.assignedSet()).id } }),
  },
  {
    route: 'GET /v1/assignments/:id',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'PATCH /v1/assignments/:id',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.assignment()).id }, body: { moment: 'morning' } }),
  },
  {
    route: 'POST /v1/assignments/:id/pause',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'POST /v1/assignments/:id/resumption',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.pausedAssignment()).id } }),
  },
  {
    route: 'POST /v1/assignments/:id/completion',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'POST /v1/assignments/:id/stop',
    outcomes: COACH,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'GET /v1/assignments/:id/logs',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'GET /v1/me/homework',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: nothing,
  },
  {
    route: 'GET /v1/me/assignments',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: longList,
  },
  {
    route: 'GET /v1/me/assignments/:id',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'GET /v1/me/assignments/:id/medium',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: (await world.assignmentToHear()).id } }),
  },
  {
    route: 'POST /v1/me/assignments/:id/pause',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'POST /v1/me/assignments/:id/resumption',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: (await world.pausedAssignment()).id } }),
  },
  {
    route: 'POST /v1/me/assignments/:id/stop',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'GET /v1/me/assignments/:id/logs',
    outcomes: CLIENT,
    send: async (world) => ({ path: { id: (await world.assignment()).id } }),
  },
  {
    route: 'PUT /v1/me/assignments/:id/logs/:logId',
    outcomes: CLIENT,
    send: async (world) => ({
      path: { id: (await world.assignment()).id, logId: randomUUID() },
      body: { doneOn: today(), outcome: 'done' },
    }),
  },
  {
    route: 'POST /v1/me/logs/batch',
    byItem: { list: '/logs/', chosen: ['/logs/0/id'] },
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: async (world) => ({
      body: {
        logs: [
          { id: randomUUID(), assignmentId: (await world.assignment()).id, doneOn: today(), outcome: 'done' },
        ],
      },
    }),
  },
  {
    route: 'GET /v1/me/check-ins',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: longList,
  },
  {
    route: 'GET /v1/me/progress',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: nothing,
  },
  {
    route: 'GET /v1/me/progress.svg',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: nothing,
  },
  {
    route: 'PUT /v1/me/check-ins/:id',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    // One look a day: the same one, corrected each time.
    send: () => ({
      path: { id: '0196f3a0-1111-4222-8333-000000000001' },
      body: {
        on: today(),
        tension: 4,
        stressSignals: [],
        conditions: { rest: 5 },
        remark: `Week ${randomUUID()}`,
      },
    }),
  },
  {
    route: 'GET /v1/clients/:id/check-ins',
    outcomes: COACH,
    send: ({ here }) => ({ path: { id: here.client.clientId }, query: 'limit=100' }),
  },
  {
    route: 'GET /v1/practice/vocabulary',
    outcomes: EVERYBODY,
    send: nothing,
    unaudited: 'it holds nothing about a person',
  },
  {
    route: 'PUT /v1/practice/vocabulary/:vocabulary/:code',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({
      path: { vocabulary: 'stress_signals', code: 'palpitations' },
      body: { nl: 'hartkloppingen', en: 'palpitations' },
    }),
  },

  // Notes
  {
    route: 'GET /v1/clients/:id/notes',
    outcomes: COACH_AND_ADMIN,
    send: ({ here }) => ({ path: { id: here.client.clientId }, query: 'limit=100' }),
  },
  {
    route: 'POST /v1/clients/:id/notes',
    outcomes: COACH,
    send: ({ here }) => ({ path: { id: here.client.clientId }, body: NOTE }),
  },
  {
    route: 'GET /v1/sessions/:id/notes',
    outcomes: COACH_AND_ADMIN,
    send: async ({ app, here }) => ({ path: { id: await layReadySession(app, here.client.clientId) } }),
  },
  {
    route: 'POST /v1/sessions/:id/notes',
    outcomes: COACH,
    send: async ({ app, here }) => ({
      path: { id: await layReadySession(app, here.client.clientId) },
      body: NOTE,
    }),
  },
  {
    route: 'GET /v1/notes/:id',
    outcomes: COACH_AND_ADMIN,
    send: async ({ here }) => ({ path: { id: (await noteIn(here)).id } }),
  },
  {
    route: 'PATCH /v1/notes/:id',
    outcomes: COACH,
    send: async ({ here }) => {
      const note = await noteIn(here);
      return { path: { id: note.id }, body: { visibility: 'shared' }, headers: seen(note) };
    },
  },
  {
    route: 'DELETE /v1/notes/:id',
    outcomes: COACH,
    send: async ({ here }) => {
      const note = await noteIn(here);
      return { path: { id: note.id }, headers: seen(note) };
    },
  },
  {
    route: 'POST /v1/notes/:id/signature',
    outcomes: COACH,
    send: async ({ here }) => {
      const note = await noteIn(here);
      return { path: { id: note.id }, headers: seen(note) };
    },
  },
  {
    route: 'GET /v1/notes/:id/versions',
    outcomes: COACH,
    send: async ({ here }) => ({ path: { id: (await noteIn(here)).id } }),
  },
  {
    route: 'POST /v1/notes/:id/addenda',
    outcomes: COACH,
    send: async ({ here }) => {
      const note = await sign(here.coach, await noteIn(here));
      return { path: { id: note.id }, body: { body: wordsOf(here) }, headers: seen(note) };
    },
  },
  {
    route: 'GET /v1/notes/:id/withholding',
    outcomes: COACH,
    send: async ({ here }) => ({ path: { id: await withheldIn(here) } }),
  },
  {
    route: 'PUT /v1/notes/:id/withholding',
    outcomes: COACH,
    send: async ({ here }) => ({
      path: { id: (await noteIn(here)).id },
      body: { ground: 'rights_of_others', reason: wordsOf(here) },
    }),
  },
  {
    route: 'DELETE /v1/notes/:id/withholding',
    outcomes: COACH,
    send: async ({ here }) => ({ path: { id: await withheldIn(here) } }),
  },
  {
    route: 'POST /v1/notes/:id/error',
    outcomes: COACH,
    send: async ({ here }) => {
      const note = await sign(here.coach, await noteIn(here));
      return { path: { id: note.id }, body: { reason: wordsOf(here) }, headers: seen(note) };
    },
  },
  {
    route: 'GET /v1/notes',
    outcomes: ofOneself({ coach: 'ok', admin: 403, client: 403 }),
    send: () => ({ query: 'q=wakker&limit=100' }),
  },
  {
    route: 'GET /v1/clients/:id/notes/starting-point',
    outcomes: COACH,
    send: ({ here }) => ({ path: { id: here.client.clientId } }),
  },
  {
    route: 'GET /v1/sessions/:id/notes/starting-point',
    outcomes: COACH,
    send: async ({ app, here }) => ({ path: { id: await layReadySession(app, here.client.clientId) } }),
  },
  {
    route: 'GET /v1/note-templates',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: nothing,
    unaudited: 'a template is about nobody',
  },
  {
    route: 'PUT /v1/note-templates/:kind',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: () => ({ path: { kind: 'free' }, body: { nl: 'Wat bleef hangen' } }),
  },
  {
    route: 'DELETE /v1/note-templates/:kind',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: () => ({ path: { kind: 'free' } }),
  },
  {
    route: 'GET /v1/me/notes',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: longList,
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
    route: 'POST /v1/users/:id/invitation',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: (await world.user()).id } }),
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
    route: 'GET /v1/audit-events/verification',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: nothing,
  },
  {
    route: 'GET /v1/practice/processing-register',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: nothing,
  },
  {
    route: 'GET /v1/practice/leak-report',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({ query: 'from=2020-01-01T00:00:00Z&until=2090-01-01T00:00:00Z&limit=100' }),
  },
  {
    route: 'GET /v1/retention',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'PUT /v1/retention/term',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({ body: { years: 3, reason: 'Een terugkommoment na drie jaar.' } }),
  },
  {
    route: 'PUT /v1/clients/:id/hold',
    outcomes: ofPractice({ coach: 403, admin: 'ok', client: 403 }),
    send: async (world) => ({
      path: { id: (await world.file()).id },
      body: { reason: 'Er loopt een klacht.' },
    }),
  },
  {
    route: 'DELETE /v1/clients/:id/hold',
    outcomes: ofPractice({ coach: 403, admin: 'ok', client: 403 }),
    send: async (world) => {
      const { id } = await world.file();
      told(await world.here.admin.put(`/v1/clients/${id}/hold`, { reason: 'Er liep een klacht.' }));
      return { path: { id } };
    },
  },
  {
    route: 'GET /v1/me/access-log',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: longList,
  },
  {
    route: 'PUT /v1/practice/regime',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({ body: { regime: 'coach', reason: 'Wij begeleiden, wij behandelen niet.' } }),
  },
  {
    route: 'GET /v1/practice/consent-texts',
    outcomes: EVERYBODY,
    send: longList,
    unaudited: 'what everybody is asked is about nobody',
  },
  {
    route: 'POST /v1/practice/consent-texts',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({ body: { nl: 'Ik stem toe.', en: 'I consent.' } }),
  },
  {
    route: 'GET /v1/data-requests',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/data-requests',
    outcomes: COACH_AND_ADMIN,
    send: async (world) => ({ body: { clientId: (await world.file()).id, kind: 'erasure' } }),
  },
  {
    route: 'GET /v1/data-requests/:id',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: await world.dataRequest() } }),
  },
  {
    route: 'GET /v1/clients/:id/copy-passphrase',
    outcomes: COACH,
    send: async (world) => ({ path: { id: await world.withCopyToHandOver() } }),
  },
  {
    route: 'GET /v1/data-requests/:id/file',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: await world.copyToHandOver() } }),
  },
  {
    route: 'POST /v1/data-requests/:id/confirmation',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: await world.registeredRequest() } }),
  },
  {
    route: 'POST /v1/data-requests/:id/approval',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: await world.dataRequest() } }),
  },
  {
    route: 'POST /v1/data-requests/:id/refusal',
    outcomes: ADMIN,
    send: async (world) => ({
      path: { id: await world.dataRequest() },
      body: { ground: 'unfounded', answer: 'Zo staat het er al.' },
    }),
  },
  {
    route: 'POST /v1/data-requests/:id/extension',
    outcomes: ADMIN,
    send: async (world) => ({
      path: { id: await world.dataRequest() },
      body: { reason: 'Het dossier is groot.' },
    }),
  },
  {
    route: 'POST /v1/data-requests/:id/completion',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: await world.approvedRequest() }, body: {} }),
  },
  {
    route: 'POST /v1/data-requests/:id/cancellation',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: await world.dataRequest() } }),
  },
  {
    route: 'GET /v1/audit-events',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: longList,
    // A refusal names the id that was asked for, in the log of the practice whose user asked.
    shown: (body) => {
      const { items = [] } = JSON.parse(body) as { items?: { outcome: string }[] };
      return JSON.stringify(items.filter(({ outcome }) => outcome !== 'refused'));
    },
  },

  // Exports
  {
    route: 'GET /v1/exports',
    outcomes: ofOneself({ coach: 'ok', admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/exports',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({ body: { records: 'clients', format: 'csv', purpose: PURPOSE } }),
  },
  {
    route: 'GET /v1/exports/stream/:records.csv',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: () => ({ path: { records: 'clients' }, query: `purpose=${encodeURIComponent(PURPOSE)}` }),
  },
  {
    route: 'GET /v1/exports/:id',
    // A coach finds what they are asked to approve.
    outcomes: ofPractice({ coach: 404, admin: 'ok', client: 403 }),
    send: async (world) => ({ path: { id: await world.exportToLookAt(PURPOSE) } }),
  },
  {
    route: 'GET /v1/exports/:id/events',
    outcomes: ofPractice({ coach: 404, admin: 'ok', client: 403 }),
    send: async (world) => ({ path: { id: await world.exportToLookAt(PURPOSE) } }),
  },
  {
    route: 'POST /v1/exports/:id/approval',
    outcomes: COACH,
    send: async (world) => ({ path: { id: await world.exportOfTexts(PURPOSE) } }),
  },
  {
    route: 'POST /v1/exports/:id/refusal',
    outcomes: COACH,
    send: async (world) => ({ path: { id: await world.exportOfTexts(PURPOSE) } }),
  },
  {
    route: 'GET /v1/exports/:id/manifest',
    // A coach finds the dossiers that they made.
    outcomes: ofPractice({ coach: 404, admin: 'ok', client: 403 }),
    send: async (world) => ({ path: { id: await world.exportToLookAt(PURPOSE) } }),
  },
  {
    route: 'GET /v1/exports/:id/file',
    // A coach finds the dossiers that they made.
    outcomes: ofPractice({ coach: 404, admin: 'ok', client: 403 }),
    send: async (world) => ({ path: { id: await world.exportToLookAt(PURPOSE) } }),
  },
  {
    route: 'DELETE /v1/exports/:id',
    // A coach finds the dossiers that they made.
    outcomes: ofPractice({ coach: 404, admin: 'ok', client: 403 }),
    send: async (world) => ({ path: { id: await world.export(PURPOSE) } }),
  },

  // Imports
  {
    route: 'GET /v1/imports',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: longList,
  },
  {
    route: 'POST /v1/imports',
    outcomes: ofOneself({ coach: 403, admin: 'ok', client: 403 }),
    send: (world) => ({ query: 'records=clients', body: clientsCsv(world.here.coach), headers: CSV }),
  },
  {
    route: 'GET /v1/imports/:id',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: (await world.import()).id } }),
  },
  {
    route: 'POST /v1/imports/:id/start',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: (await world.import()).id } }),
  },
  {
    route: 'DELETE /v1/imports/:id',
    outcomes: ADMIN,
    send: async (world) => ({ path: { id: (await world.import()).id } }),
  },

  // Reminders
  {
    route: 'GET /v1/me/reminders',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: nothing,
    unaudited: OWN_PROFILE,
  },
  {
    route: 'PUT /v1/me/reminders',
    outcomes: ofOneself({ coach: 403, admin: 403, client: 'ok' }),
    send: () => ({ body: { on: true, times: [{ weekday: 1, at: '08:30' }] } }),
  },
  {
    route: 'GET /v1/reminders/unsubscriptions/:code',
    outcomes: ANYBODY,
    send: async (world) => ({ path: { code: await world.unsubscription() } }),
    unaudited: 'it tells who holds the mail no more than on or off',
  },
  {
    route: 'POST /v1/reminders/unsubscriptions/:code',
    outcomes: ANYBODY,
    send: async (world) => ({ path: { code: await world.unsubscription() } }),
  },

  // Open
  { route: 'GET /v1/vocabularies', outcomes: ANYBODY, send: nothing, unaudited: 'it is about nobody' },
  { route: 'GET /health/live', outcomes: ANYBODY, send: nothing, unaudited: 'it is about nobody' },
  { route: 'GET /health/ready', outcomes: ANYBODY, send: nothing, unaudited: 'it is about nobody' },
];
