import type { LoginTokens } from '../src/auth/auth.dto.js';
import type { UserPage, UserView } from '../src/users/user.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import {
  acceptInvitation,
  addUser,
  invitationCode,
  openFile,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let other: TestPractice;
let admin: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  other = await openPractice(app);
  admin = practice.admin;
});
afterAll(() => app.close());

let people = 0;

function person(more: object = {}): { name: string; email: string; roles: string[] } {
  people += 1;
  return { name: `Persoon ${people}`, email: `persoon${people}@praktijk.example`, roles: ['coach'], ...more };
}

const join = (more: object = {}): Promise<Caller> => addUser(app, admin, person(more));
const read = async (id: string): Promise<UserView> => told(await admin.get(`/v1/users/${id}`));

/** The caller with a new access token, as a portal gets one after a 401. */
async function refreshed({ tokens }: Caller): Promise<Caller> {
  const { refreshToken } = tokens!;
  const answer = await new Caller(app).post('/v1/auth/refresh', { refreshToken });
  return new Caller(app, told<LoginTokens>(answer));
}

describe('adding a user', () => {
  it('says where the user can be read, in the version it has', async () => {
    const answer = await admin.post('/v1/users', person({ roles: ['coach', 'admin'], language: 'en' }));
    expect(answer.statusCode).toBe(201);
    const user = answer.json<UserView>();
    expect(answer.headers).toMatchObject({ location: `/v1/users/${user.id}`, etag: '"1"' });
    expect(user).toMatchObject({ roles: ['coach', 'admin'], language: 'en' });
    expect(await read(user.id)).toEqual(user);
  });

  it('refuses an address that is in use, in whatever case', async () => {
    const { email } = person();
    told(await admin.post('/v1/users', person({ email })));
    const answer = await admin.post('/v1/users', person({ email: email.toUpperCase() }));
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'address-in-use']);
  });

  it('takes an address that another practice uses', async () => {
    const { email } = person();
    told(await admin.post('/v1/users', person({ email })));
    expect((await other.admin.post('/v1/users', person({ email }))).statusCode).toBe(201);
  });

  it.each([
    ['no role', { roles: [] }, '/roles'],
    ['the role of a client', { roles: ['client'] }, '/roles'],
    ['a role twice', { roles: ['coach', 'coach'] }, '/roles'],
    ['an unknown role', { roles: ['owner'] }, '/roles'],
    ['a name of two lines', { name: 'Ada\r\nBcc: x@y.example' }, '/name'],
    ['a name with half a character', { name: 'Ada \ud83c' }, '/name'],
    ['an address with a line break', { email: '"a\r\nb"@praktijk.example' }, '/email'],
    ['an address outside ASCII', { email: 'renée@praktijk.example' }, '/email'],
    ['an address that is too long', { email: `${'a'.repeat(60)}@${'b'.repeat(250)}.example` }, '/email'],
  ])('refuses %s', async (_, more, pointer) => {
    const answer = await admin.post('/v1/users', person(more));
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer })]);
  });
});

describe('inviting a user again', () => {
  it('mails a code that works, and the earlier one works no more', async () => {
    const user = told<UserView>(await admin.post('/v1/users', person()));
    await app.runJobs();
    const lost = invitationCode(app, user.email);
    expect((await admin.post(`/v1/users/${user.id}/invitation`)).statusCode).toBe(200);
    await app.runJobs();
    await expect(acceptInvitation(app, lost)).rejects.toThrow(/404/);
    expect((await acceptInvitation(app, invitationCode(app, user.email))).id).toBe(user.id);
  });

  it('is not for who signs in already', async () => {
    const { id } = await join();
    const answer = await admin.post(`/v1/users/${id}/invitation`);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'invitation-already-accepted']);
  });
});

describe('the users', () => {
  it('are listed page by page, each once, and none of another practice', async () => {
    await join();
    const seen: UserView[] = [];
    for (let url: string | undefined = '/v1/users?limit=2'; url;) {
      const page: UserPage = told(await admin.get(url));
      seen.push(...page.items);
      url = page.next && `/v1/users?limit=2&cursor=${page.next}`;
    }
    const ids = seen.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([admin.id, practice.coach.id]));
    expect(ids).not.toContain(other.coach.id);
  });

  it('are listed by role', async () => {
    const { items } = told<UserPage>(await admin.get('/v1/users?role=admin&limit=100'));
    expect(items.map(({ id }) => id)).toContain(admin.id);
    expect(items.every(({ roles }) => roles.includes('admin'))).toBe(true);
  });

  it('of another practice are not found', async () => {
    const url = `/v1/users/${other.coach.id}`;
    const answers = [
      await admin.get(url),
      await admin.patch(url, { name: 'Gekaapt' }),
      await admin.post(`${url}/disabling`),
      await admin.post(`${url}/enabling`),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
  });

  it('are managed by nobody but an admin', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    for (const caller of [practice.coach, client]) {
      const answers = [
        await caller.get('/v1/users'),
        await caller.post('/v1/users', person()),
        await caller.get(`/v1/users/${admin.id}`),
        await caller.patch(`/v1/users/${caller.id}`, { roles: ['admin'] }),
        await caller.post(`/v1/users/${admin.id}/disabling`),
        await caller.post(`/v1/users/${admin.id}/enabling`),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(403));
    }
  });
});

describe('roles', () => {
  it('are one set: what is sent is what stands, from the next request on', async () => {
    const user = await join();
    told(await admin.patch(`/v1/users/${user.id}`, { roles: ['coach', 'admin'] }));
    expect((await user.get('/v1/me')).statusCode).toBe(401);
    const now = await refreshed(user);
    expect((await now.get('/v1/users')).statusCode).toBe(200);
    told(await admin.patch(`/v1/users/${user.id}`, { roles: ['coach'] }));
    expect((await now.get('/v1/users')).statusCode).toBe(401);
    expect((await (await refreshed(now)).get('/v1/users')).statusCode).toBe(403);
  });

  it('of a coach and admin in one person show both: own files whole, the others by name', async () => {
    const owner = await join({ roles: ['coach', 'admin'] });
    const own = await openFile(owner, { stressKind: 'acute' });
    const ofAnother = await openFile(practice.coach, { stressKind: 'acute' });
    expect(told(await owner.get(`/v1/clients/${own.id}`))).toHaveProperty('stressKind');
    expect(told(await owner.get(`/v1/clients/${ofAnother.id}`))).not.toHaveProperty('stressKind');
  });

  it('keep a coach a coach while there are clients', async () => {
    const coach = await join({ roles: ['coach', 'admin'] });
    await openFile(coach);
    const answer = await admin.patch(`/v1/users/${coach.id}`, { roles: ['admin'] });
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'coach-has-clients']);
    expect((await read(coach.id)).roles).toEqual(['coach', 'admin']);
  });

  it('let a coach without clients become an admin', async () => {
    const coach = await join();
    expect(told(await admin.patch(`/v1/users/${coach.id}`, { roles: ['admin'] }))).toMatchObject({
      roles: ['admin'],
    });
  });

  it('make nobody a client, and take it from nobody', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    const answers = [
      await admin.patch(`/v1/users/${practice.coach.id}`, { roles: ['coach', 'client'] }),
      await admin.patch(`/v1/users/${client.id}`, { roles: ['coach'] }),
    ];
    expect(answers.map(problemOf)).toEqual(Array(2).fill('client-role-by-invitation'));
  });

  it('let a client be a coach as well, who still sees their own file as a client only', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    told(await admin.patch(`/v1/users/${client.id}`, { roles: ['client', 'coach'] }));
    const both = await refreshed(client);
    expect(both.clientId).toBe(client.clientId);
    expect((await both.get(`/v1/clients/${client.clientId}`)).statusCode).toBe(404);
    expect((await both.get('/v1/me/consents')).statusCode).toBe(200);
  });
});

describe('a change of a user', () => {
  it('on an older version overwrites nothing', async () => {
    const { id } = await join();
    const stale = { 'if-match': '"1"' };
    expect((await admin.patch(`/v1/users/${id}`, { name: 'Een' }, stale)).headers['etag']).toBe('"2"');
    expect((await admin.patch(`/v1/users/${id}`, { name: 'Twee' }, stale)).statusCode).toBe(412);
    expect((await read(id)).name).toBe('Een');
  });

  it('leaves what it does not name, and clears nothing', async () => {
    const { id } = await join({ language: 'en' });
    expect(told(await admin.patch(`/v1/users/${id}`, { name: 'Nieuwe Naam' }))).toMatchObject({
      name: 'Nieuwe Naam',
      language: 'en',
      roles: ['coach'],
    });
    expect((await admin.patch(`/v1/users/${id}`, { name: null })).statusCode).toBe(422);
    expect((await admin.patch(`/v1/users/${id}`, { email: 'x@y.example' })).statusCode).toBe(422);
  });
});

describe('disabling', () => {
  it('ends every login at once, and the address signs in no more', async () => {
    const email = 'weg@praktijk.example';
    const user = await join({ email });
    const second = new Caller(
      app,
      told<LoginTokens>(await new Caller(app).post('/v1/auth/login', { email, password: PASSWORD })),
    );
    expect(told<UserView>(await admin.post(`/v1/users/${user.id}/disabling`)).disabledAt).toBeDefined();
    expect((await user.get('/v1/me')).statusCode).toBe(401);
    expect((await second.get('/v1/me')).statusCode).toBe(401);
    const { refreshToken } = user.tokens!;
    expect((await new Caller(app).post('/v1/auth/refresh', { refreshToken })).statusCode).toBe(401);
    expect((await new Caller(app).post('/v1/auth/login', { email, password: PASSWORD })).statusCode).toBe(
      401,
    );
  });

  it('is undone by enabling, which brings no old login back', async () => {
    const email = 'terug@praktijk.example';
    const user = await join({ email });
    told(await admin.post(`/v1/users/${user.id}/disabling`));
    expect(told<UserView>(await admin.post(`/v1/users/${user.id}/enabling`))).not.toHaveProperty(
      'disabledAt',
    );
    expect((await user.get('/v1/me')).statusCode).toBe(401);
    expect((await new Caller(app).post('/v1/auth/login', { email, password: PASSWORD })).statusCode).toBe(
      200,
    );
  });

  it('at the moment of a sign-in leaves no login that would come alive again', async () => {
    const email = 'gelijk@praktijk.example';
    const user = await join({ email });
    const signIn = () => new Caller(app).post('/v1/auth/login', { email, password: PASSWORD });
    const [, ...attempts] = await Promise.all([
      admin.post(`/v1/users/${user.id}/disabling`),
      ...Array.from({ length: 4 }, signIn),
    ]);
    told(await admin.post(`/v1/users/${user.id}/enabling`));
    for (const attempt of attempts.filter(({ statusCode }) => statusCode === 200)) {
      expect((await new Caller(app, told<LoginTokens>(attempt)).get('/v1/me')).statusCode).toBe(401);
    }
  });

  it('spares the last admin, in each way that one could go', async () => {
    const { admin: last } = await openPractice(app);
    const answers = [
      await last.post(`/v1/users/${last.id}/disabling`),
      await last.patch(`/v1/users/${last.id}`, { roles: ['coach'] }),
    ];
    expect(answers.map(problemOf)).toEqual(['last-admin', 'last-admin']);
    expect((await last.get('/v1/me')).statusCode).toBe(200);
  });

  it('does not count an admin who is disabled', async () => {
    const { admin: last } = await openPractice(app);
    const gone = await addUser(app, last, person({ roles: ['admin'] }));
    told(await last.post(`/v1/users/${gone.id}/disabling`));
    expect(problemOf(await last.post(`/v1/users/${last.id}/disabling`))).toBe('last-admin');
  });

  it.each([
    ['without a key', () => undefined],
    ['with a key', () => ({ 'idempotency-key': 'elkaar' })],
  ])('each other at the same moment, %s, leaves one admin', async (_, headers) => {
    for (let round = 0; round < 5; round += 1) {
      const { admin: one } = await openPractice(app);
      const two = await addUser(app, one, person({ roles: ['admin'] }));
      const answers = await Promise.all([
        one.post(`/v1/users/${two.id}/disabling`, {}, headers()),
        two.post(`/v1/users/${one.id}/disabling`, {}, headers()),
      ]);
      const statuses = answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b);
      // Who comes second finds itself the last admin, or disabled before it began.
      expect([
        [200, 401],
        [200, 409],
      ]).toContainEqual(statuses);
    }
  });
});
