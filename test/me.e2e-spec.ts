import type { LoginTokens } from '../src/auth/auth.dto.js';
import type { LoginList, MeView } from '../src/users/user.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, told } from './support/caller.js';
import { openFileWithAccount, openPractice, PASSWORD, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
afterAll(() => app.close());

async function signIn(device?: string): Promise<Caller> {
  const answer = await new Caller(app).post(
    '/v1/auth/login',
    { email: `olga@${practice.slug}.example`, password: PASSWORD },
    device ? { 'user-agent': device } : {},
  );
  return new Caller(app, told<LoginTokens>(answer));
}

describe('a person', () => {
  it('sees who they are', async () => {
    const { coach, slug } = practice;
    const answer = await coach.get('/v1/me');
    expect(answer.json()).toEqual({
      id: coach.id,
      name: 'Coen de Coach',
      email: `coach@${slug}.example`,
      roles: ['coach'],
      language: 'nl',
      version: 1,
    });
    expect(answer.headers).toMatchObject({ etag: '"1"', 'cache-control': 'no-store' });
  });

  it('who is a client sees which file is theirs', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    expect(told<MeView>(await client.get('/v1/me'))).toMatchObject({
      clientId: client.clientId,
      roles: ['client'],
    });
  });

  it('changes name and language, and nothing above that', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    expect(told(await client.patch('/v1/me', { name: 'Een Andere Naam', language: 'en' }))).toMatchObject({
      name: 'Een Andere Naam',
      language: 'en',
      version: 2,
    });
    for (const more of [
      { roles: ['admin'] },
      { email: 'x@y.example' },
      { id: client.id },
      { disabledAt: null },
    ]) {
      expect((await client.patch('/v1/me', more)).statusCode).toBe(422);
    }
  });

  it('does not overwrite what changed since', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    told(await client.patch('/v1/me', { name: 'Eerst' }, { 'if-match': '"1"' }));
    expect((await client.patch('/v1/me', { name: 'Dan' }, { 'if-match': '"1"' })).statusCode).toBe(412);
    expect((await client.patch('/v1/me', { name: 'Dan' }, { 'if-match': 'W/"2"' })).statusCode).toBe(422);
  });
});

describe('the logins of a person', () => {
  it('are listed newest first, with the device and which one asks', async () => {
    const phone = await signIn('Telefoon');
    const laptop = await signIn('Laptop');
    const { items } = told<LoginList>(await laptop.get('/v1/me/logins'));
    expect(items.slice(0, 2)).toEqual([
      expect.objectContaining({ device: 'Laptop', address: '127.0.0.1', current: true }),
      expect.objectContaining({ device: 'Telefoon', current: false }),
    ]);
    expect((await phone.get('/v1/me')).statusCode).toBe(200);
  });

  it('keep a long device name short', async () => {
    const caller = await signIn('x'.repeat(5_000));
    const { items } = told<LoginList>(await caller.get('/v1/me/logins'));
    expect(items[0]!.device).toHaveLength(200);
  });

  it('can be ended one by one, from elsewhere', async () => {
    const [lost, kept] = [await signIn('Kwijt'), await signIn('Hier')];
    const { items } = told<LoginList>(await kept.get('/v1/me/logins'));
    const { id } = items.find(({ device }) => device === 'Kwijt')!;
    expect((await kept.delete(`/v1/me/logins/${id}`)).statusCode).toBe(204);
    expect((await lost.get('/v1/me')).statusCode).toBe(401);
    expect((await kept.get('/v1/me')).statusCode).toBe(200);
    expect((await kept.delete(`/v1/me/logins/${id}`)).statusCode).toBe(404);
  });

  it('of another are not found, not even by an admin', async () => {
    const caller = await signIn('Van mij');
    const { items } = told<LoginList>(await caller.get('/v1/me/logins'));
    const { id } = items.find(({ current }) => current)!;
    for (const somebody of [practice.coach, practice.admin]) {
      expect((await somebody.delete(`/v1/me/logins/${id}`)).statusCode).toBe(404);
    }
    expect((await caller.get('/v1/me')).statusCode).toBe(200);
  });
});
