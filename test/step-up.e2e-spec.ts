import * as argon2 from '@node-rs/argon2';
import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import type { Proven } from '../src/auth/step-up.dto.js';
import { type TestApp, startApp, startBeside } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import {
  openFile,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';
import { handlersOf } from './security/handlers.js';

// Counted, not replaced.
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, verify: jest.fn(real.verify) };
});

/** Whatever may be done with it: what leaves, what changes hands, and who may do what. */
const WANTS_A_RECENT_PROOF = [
  'GET /v1/exports/:id/file',
  'GET /v1/exports/stream/:records.csv',
  'PATCH /v1/users/:id',
  'POST /v1/exports',
  'POST /v1/me/keys',
  'POST /v1/users',
  'POST /v1/users/:id/disabling',
  'POST /v1/users/:id/enabling',
  'PUT /v1/clients/:id/coach',
];

type Paths = Record<
  string,
  Record<string, { 'x-step-up'?: boolean; responses: Record<string, { description: string }> }>
>;

let app: TestApp;
let beside: Awaited<ReturnType<typeof startBeside>>;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  beside = await startBeside(app);
  practice = await openPractice(app);
});
afterEach(() => app.clock.reset());
afterAll(async () => {
  await beside.close();
  await app.close();
});

async function signIn(who = 'admin'): Promise<Caller> {
  const credentials = { email: `${who}@${practice.slug}.example`, password: PASSWORD };
  return new Caller(app, told<LoginTokens>(await new Caller(app).post('/v1/auth/login', credentials)));
}

const later = (seconds: number) => app.clock.set(new Date(Date.now() + seconds * 1000).toISOString());
const prove = (caller: Caller, password = PASSWORD) => caller.post('/v1/auth/step-up', { password });
const refused = (answer: Response) => [answer.statusCode, problemOf(answer)];
const REFUSED = [401, 'step-up-required'];
const EXPORT = { records: 'clients', format: 'csv', purpose: 'Jaarafsluiting voor de boekhouder' };
const aUser = () => practice.otherCoach.id;

describe('a route that wants a recent proof', () => {
  const asked: [string, (caller: Caller) => Promise<Response>][] = [
    ['asks for an export', (caller) => caller.post('/v1/exports', EXPORT)],
    ['fetches its file', (caller) => caller.get(`/v1/exports/${aUser()}/file`)],
    ['streams one', (caller) => caller.get('/v1/exports/stream/clients.csv?purpose=Voor%20de%20boekhouding')],
    ['changes roles', (caller) => caller.patch(`/v1/users/${aUser()}`, { roles: ['coach', 'admin'] })],
    ['disables a user', (caller) => caller.post(`/v1/users/${aUser()}/disabling`)],
    ['lets one in again', (caller) => caller.post(`/v1/users/${aUser()}/enabling`)],
    [
      'adds one',
      (caller) => caller.post('/v1/users', { name: 'Wie', email: 'wie@x.example', roles: ['admin'] }),
    ],
    [
      'hands a file to another coach',
      async (caller) =>
        caller.put(`/v1/clients/${(await openFile(practice.coach)).id}/coach`, {
          coachId: practice.otherCoach.id,
          reason: 'Verlof',
          privateNotesGoAlong: false,
        }),
    ],
    ['makes a key', (caller) => caller.post('/v1/me/keys', { name: 'Nacht', scopes: ['exports:read'] })],
  ];

  it.each(asked)('%s: not with a login of more than ten minutes ago', async (_, ask) => {
    const caller = await signIn();
    later(601);
    const answer = await ask(caller);
    expect(refused(answer)).toEqual(REFUSED);
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_user_authentication", max_age="600"',
    );
    const [event] = await rows(
      app,
      'select event, outcome, user_id from audit_events where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(event).toEqual({ event: 'request.refused', outcome: 'refused', user_id: caller.id });
    told(await prove(caller));
    expect(problemOfAny(await ask(caller))).not.toBe('step-up-required');
  });

  it('says so in both languages', async () => {
    const caller = await signIn();
    later(601);
    const dutch = await caller.post('/v1/exports', EXPORT, { 'accept-language': 'nl' });
    expect(dutch.json()).toMatchObject({ title: 'Bevestig dat jij het bent' });
    expect((await caller.post('/v1/exports', EXPORT)).json()).toMatchObject({
      title: 'Confirm that it is you',
    });
  });

  it('is each of these at least, and openapi.json says so of all that are', async () => {
    const marked = handlersOf(app)
      .filter(({ stepUp }) => stepUp)
      .map(({ route }) => route)
      .sort();
    expect(marked).toEqual(expect.arrayContaining(WANTS_A_RECENT_PROOF));
    const { paths } = (await app.fastify.inject('/openapi.json')).json<{ paths: Paths }>();
    const promised = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, operation]) => operation['x-step-up'])
        .filter(([, { responses }]) => responses['401']!.description.includes('step-up-required'))
        .map(([method]) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(promised.sort()).toEqual(marked);
  });

  it('still tells who may never that they may not', async () => {
    const coach = await signIn('coach');
    later(601);
    expect((await coach.post('/v1/users', {})).statusCode).toBe(403);
  });

  it('is open for ten minutes after a sign-in', async () => {
    const caller = await signIn();
    later(599);
    expect((await caller.post('/v1/exports', EXPORT)).statusCode).toBe(201);
  });
});

describe('proving who one is', () => {
  it('opens for ten minutes, with an access token of that moment, and says until when', async () => {
    const caller = await signIn();
    later(700);
    const { accessToken, expiresIn, until } = told<Proven>(await prove(caller));
    expect(expiresIn).toBe(600);
    expect(Date.parse(until) - app.clock.now().getTime()).toBe(600_000);
    const proven = new Caller(app, { ...caller.tokens!, accessToken });
    expect((await proven.post('/v1/exports', EXPORT)).statusCode).toBe(201);
    later(1299);
    expect((await proven.post('/v1/exports', EXPORT)).statusCode).toBe(201);
    later(1301);
    expect(refused(await proven.post('/v1/exports', EXPORT))).toEqual(REFUSED);
  });

  it('is known to the login and not to the token: at every process at once', async () => {
    const caller = await signIn();
    later(700);
    expect(refused(await caller.at(beside).post('/v1/exports', EXPORT))).toEqual(REFUSED);
    told(await prove(caller));
    expect((await caller.at(beside).post('/v1/exports', EXPORT)).statusCode).toBe(201);
  });

  it('does nothing for another login of the same person', async () => {
    const [proven, other] = [await signIn(), await signIn()];
    later(700);
    told(await prove(proven));
    expect(refused(await other.post('/v1/exports', EXPORT))).toEqual(REFUSED);
  });

  it('is not done by refreshing', async () => {
    const caller = await signIn();
    later(700);
    const { refreshToken } = caller.tokens!;
    const answer = await new Caller(app).post('/v1/auth/refresh', { refreshToken });
    expect(refused(await new Caller(app, told<LoginTokens>(answer)).post('/v1/exports', EXPORT))).toEqual(
      REFUSED,
    );
  });

  it('is not done with a wrong password: one verification, and the practice sees that somebody tried', async () => {
    const caller = await signIn();
    later(700);
    const verify = jest.mocked(argon2.verify);
    verify.mockClear();
    const answer = await prove(caller, 'niet het goede wachtwoord');
    expect(verify).toHaveBeenCalledTimes(1);
    expect(refused(answer)).toEqual([422, 'password-wrong']);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer: '/password' })]);
    const [event] = await rows(app, 'select event, outcome from audit_events where request_id = $1', [
      answer.headers['x-request-id'],
    ]);
    expect(event).toEqual({ event: 'login.proof_refused', outcome: 'refused' });
    expect(refused(await caller.post('/v1/exports', EXPORT))).toEqual(REFUSED);
  });

  it('is not done with the password of somebody else', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    const own = 'zeven paarse molens aan het water';
    await client.put('/v1/me/password', { current: PASSWORD, password: own });
    expect(refused(await prove(client, PASSWORD))).toEqual([422, 'password-wrong']);
    expect((await prove(client, own)).statusCode).toBe(200);
  });

  it('is for who is signed in: a login that ended proves nothing', async () => {
    const caller = await signIn();
    await caller.post('/v1/auth/logout');
    expect((await prove(caller)).statusCode).toBe(401);
    expect((await new Caller(app).post('/v1/auth/step-up', { password: PASSWORD })).statusCode).toBe(401);
  });

  it('is in the log', async () => {
    const caller = await signIn();
    const answer = await prove(caller);
    const [event] = await rows(
      app,
      'select event, on_behalf_of, task from audit_events where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(event).toEqual({ event: 'login.stepped_up', on_behalf_of: caller.id, task: 'sign_in' });
  });

  it('is also done by changing one’s password', async () => {
    const caller = await signIn();
    later(700);
    expect((await caller.put('/v1/me/password', { current: PASSWORD, password: PASSWORD })).statusCode).toBe(
      204,
    );
    expect((await caller.post('/v1/exports', EXPORT)).statusCode).toBe(201);
  });
});

/** The kind of problem, where an answer is one. */
function problemOfAny(answer: Response): string | undefined {
  return String(answer.headers['content-type']).includes('problem') ? problemOf(answer) : undefined;
}
