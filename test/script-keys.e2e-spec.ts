import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import type { KeyList, MadeKeyView } from '../src/auth/script-key.dto.js';
import { ROW_KINDS } from '../src/exports/records/record-kinds.js';
import type { LoginList } from '../src/users/user.dto.js';
import { handlersOf } from './security/handlers.js';
import { type TestApp, startApp, startBeside } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { assign } from './support/homework.js';
import { writeSigned } from './support/notes.js';
import { addUser, openFile, openPractice, PASSWORD, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { planSession } from './support/sessions.js';

let app: TestApp;
let beside: Awaited<ReturnType<typeof startBeside>>;
let practice: TestPractice;
let admin: Caller;

beforeAll(async () => {
  app = await startApp();
  beside = await startBeside(app);
  practice = await openPractice(app);
  admin = practice.admin;
});
afterEach(() => app.clock.reset());
afterAll(async () => {
  await beside.close();
  await app.close();
});

const make = async (caller = admin, more: object = {}): Promise<MadeKeyView> =>
  told(await caller.post('/v1/me/keys', { name: 'Nachtelijke kopie', scopes: ['exports:read'], ...more }));

const bearing = (key: string | undefined) => ({ authorization: `Bearer ${key}` });
const STREAM = '/v1/exports/stream/clients.csv?purpose=Nachtelijke%20kopie';
const stream = (key: string | undefined, at: Pick<TestApp, 'fastify'> = app): Promise<Response> =>
  new Caller(at).get(STREAM, bearing(key));

let people = 0;
async function anotherAdmin(roles = ['coach', 'admin']): Promise<{ caller: Caller; email: string }> {
  people += 1;
  const email = `eigenaar${people}@praktijk.example`;
  return { caller: await addUser(app, admin, { name: 'Wim Koster', email, roles }), email };
}
const later = (days: number) => app.clock.set(new Date(Date.now() + days * 86_400_000).toISOString());

describe('a key of a script', () => {
  it('fetches an export as CSV, in the name of who made it, and both are in the log', async () => {
    const { name } = await openFile(practice.coach);
    const { id, key } = await make();
    const answer = await stream(key);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      expect.stringMatching(/^text\/csv/),
    ]);
    expect(answer.body).toContain(name);
    const events = await rows(
      app,
      'select event, object_id, user_id, on_behalf_of, row_count from audit_events where request_id = $1 order by id',
      [answer.headers['x-request-id']],
    );
    expect(events[0]).toMatchObject({ event: 'key.used', object_id: id });
    expect(events).toContainEqual(expect.objectContaining({ event: 'export.streamed', user_id: admin.id }));
    const [copy] = await rows(
      app,
      "select requested_by, status from exports where id = (select object_id from audit_events where request_id = $1 and object_type = 'export' limit 1)",
      [answer.headers['x-request-id']],
    );
    expect(copy).toEqual({ requested_by: admin.id, status: 'streamed' });
  });

  it('is made by an admin who proved lately who they are, and needs no such proof itself', async () => {
    const { key } = await make();
    app.clock.set(new Date(Date.now() + 3_600_000).toISOString());
    expect((await stream(key)).statusCode).toBe(200);
    const answer = await admin.post('/v1/me/keys', { name: 'Te laat', scopes: ['exports:read'] });
    expect([answer.statusCode, problemOf(answer)]).toEqual([401, 'step-up-required']);
    expect(
      (await practice.coach.post('/v1/me/keys', { name: 'Coach', scopes: ['exports:read'] })).statusCode,
    ).toBe(403);
  });

  it('is told once: not in the list, not when the request is repeated, and not in the database', async () => {
    const header = { 'idempotency-key': 'eenmaal' };
    const body = { name: 'Eenmaal', scopes: ['exports:read'] };
    const first = await admin.post('/v1/me/keys', body, header);
    const made = told<MadeKeyView>(first);
    expect(first.headers['location']).toBe(`/v1/me/keys/${made.id}`);
    const { key, ...shown } = made;
    expect(told(await admin.post('/v1/me/keys', body, header))).toEqual(shown);
    expect(told<KeyList>(await admin.get('/v1/me/keys')).items).toContainEqual(shown);
    const [, secret] = key!.split('.');
    const stored = await rows<{ line: string }>(app, 'select k::text as line from script_keys k');
    expect(JSON.stringify(stored)).not.toContain(secret);
    expect(JSON.stringify(stored)).not.toContain(Buffer.from(secret!, 'base64url').toString('hex'));
  });

  it('ends after the days it was given, ninety when nothing was said, a year at most', async () => {
    const [short, plain] = [await make(admin, { expiresInDays: 7 }), await make()];
    later(6.9);
    expect((await stream(short.key)).statusCode).toBe(200);
    later(7.1);
    expect((await stream(short.key)).statusCode).toBe(401);
    later(89);
    expect((await stream(plain.key)).statusCode).toBe(200);
    later(91);
    expect((await stream(plain.key)).statusCode).toBe(401);
    app.clock.reset();
    const tooLong = { name: 'Eeuwig', scopes: ['exports:read'], expiresInDays: 366 };
    expect((await admin.post('/v1/me/keys', tooLong)).statusCode).toBe(422);
  });

  it.each([
    ['no scope', { scopes: [] }, '/scopes'],
    ['a scope that there is not', { scopes: ['notes:read'] }, '/scopes'],
    ['a role', { roles: ['admin'] }, '/roles'],
    ['no name', { name: ' ' }, '/name'],
  ])('is not made with %s', async (_, more, pointer) => {
    const answer = await admin.post('/v1/me/keys', { name: 'X', scopes: ['exports:read'], ...more });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  it('says when it was used last, and stands apart from the logins of a person', async () => {
    const { caller } = await anotherAdmin();
    const { id, key } = await make(caller);
    expect(told<KeyList>(await caller.get('/v1/me/keys')).items).toEqual([
      expect.not.objectContaining({ lastUsedAt: expect.anything() }),
    ]);
    app.clock.set(new Date(Date.now() + 60_000).toISOString());
    await stream(key);
    const { items } = told<KeyList>(await caller.get('/v1/me/keys'));
    expect(items).toEqual([expect.objectContaining({ id, lastUsedAt: app.clock.now().toISOString() })]);
    expect(told<LoginList>(await caller.get('/v1/me/logins')).items.map((login) => login.id)).not.toContain(
      id,
    );
    expect((await caller.delete('/v1/me/logins')).statusCode).toBe(204);
    expect((await stream(key)).statusCode).toBe(200);
  });
});

describe('a key opens', () => {
  it('no route but those that name its scope', async () => {
    const { caller } = await anotherAdmin();
    const { key } = await make(caller);
    const routes = handlersOf(app).filter(({ access }) => access !== 'public');
    const opened: string[] = [];
    for (const { route, keyScope } of routes) {
      const [method, pattern] = route.split(' ') as [string, string];
      const url = pattern.replace(/:records/, 'clients').replace(/:\w+/g, caller.id);
      const answer = await new Caller(app).call(
        method,
        `${url}?purpose=Nachtelijke%20kopie`,
        method === 'GET' || method === 'DELETE' ? undefined : {},
        bearing(key),
      );
      if (answer.statusCode < 300) opened.push(route);
      else expect([route, answer.statusCode, problemOf(answer)]).toEqual([route, 403, 'key-out-of-scope']);
      expect(keyScope === 'exports:read').toBe(answer.statusCode < 300);
    }
    expect(routes.length).toBeGreaterThan(60);
    expect(opened).toEqual(['GET /v1/exports/stream/:records.csv']);
  });

  it('nothing in vain: a refusal is in the log, with whose key it was', async () => {
    const { key } = await make();
    const answer = await new Caller(app).get('/v1/users', bearing(key));
    const events = await rows(
      app,
      'select event, outcome, user_id, ground from audit_events where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(events).toContainEqual({
      event: 'request.refused',
      outcome: 'refused',
      user_id: admin.id,
      ground: 'GET /v1/users',
    });
  });

  it('no text about anybody, whatever is copied and whoever made it', async () => {
    const { caller: owner } = await anotherAdmin();
    const words = 'woorden die de praktijk nooit verlaten';
    const { id } = await openFile(owner, { question: words });
    const session = await planSession(owner, id, { location: words });
    await writeSigned(owner, id, { body: words, visibility: 'private' });
    await writeSigned(owner, id, { body: words, visibility: 'shared' });
    await assign(owner, id, { message: words });
    const { key } = await make(owner);
    for (const records of ROW_KINDS) {
      const answer = await new Caller(app).get(
        `/v1/exports/stream/${records}.csv?purpose=Nachtelijke%20kopie`,
        bearing(key),
      );
      expect([records, answer.statusCode]).toEqual([records, 200]);
      expect(answer.body).not.toContain(words);
    }
    expect((await new Caller(app).get(`/v1/sessions/${session.id}`, bearing(key))).statusCode).toBe(403);
  });

  it('nothing of another practice', async () => {
    const elsewhere = await openPractice(app);
    const { name } = await openFile(elsewhere.coach, { name: 'Iemand Elders' });
    const { key } = await make();
    expect((await stream(key)).body).not.toContain(name);
    const theirs = await make(elsewhere.admin);
    const mixed = `${theirs.key!.split('.')[0]!}.${key!.split('.')[1]!}`;
    expect((await stream(mixed)).statusCode).toBe(401);
  });
});

describe('a key opens nothing more, on the very next request at every process, once', () => {
  const gone = async (key: string | undefined) => {
    const answers = [await stream(key), await stream(key, beside)];
    expect(answers.map((answer) => [answer.statusCode, problemOf(answer)])).toEqual([
      [401, 'key-refused'],
      [401, 'key-refused'],
    ]);
    return answers[0]!;
  };

  it('it was ended', async () => {
    const { id, key } = await make();
    expect((await stream(key, beside)).statusCode).toBe(200);
    expect((await admin.delete(`/v1/me/keys/${id}`)).statusCode).toBe(204);
    const answer = await gone(key);
    expect((await admin.delete(`/v1/me/keys/${id}`)).statusCode).toBe(404);
    expect(told<KeyList>(await admin.get('/v1/me/keys')).items.map((one) => one.id)).not.toContain(id);
    const [event] = await rows(app, 'select event from security_events where request_id = $1', [
      answer.headers['x-request-id'],
    ]);
    expect(event).toEqual({ event: 'key.refused' });
  });

  it('its maker was disabled, and not again when they are let in', async () => {
    const { caller } = await anotherAdmin();
    const { key } = await make(caller);
    expect((await stream(key, beside)).statusCode).toBe(200);
    told(await admin.post(`/v1/users/${caller.id}/disabling`));
    await gone(key);
    told(await admin.post(`/v1/users/${caller.id}/enabling`));
    await gone(key);
  });

  it('the roles of its maker changed, and not again when they are what they were', async () => {
    const { caller } = await anotherAdmin();
    const { key } = await make(caller);
    expect((await stream(key, beside)).statusCode).toBe(200);
    told(await admin.patch(`/v1/users/${caller.id}`, { roles: ['coach'] }));
    await gone(key);
    told(await admin.patch(`/v1/users/${caller.id}`, { roles: ['coach', 'admin'] }));
    await gone(key);
  });

  it('and lives on where only the name of its maker changed, or the same roles were said again', async () => {
    const { caller } = await anotherAdmin();
    const { key } = await make(caller);
    told(await admin.patch(`/v1/users/${caller.id}`, { name: 'Willem Koster', roles: ['admin', 'coach'] }));
    expect((await stream(key)).statusCode).toBe(200);
  });

  it('is not ended by anybody else', async () => {
    const { caller } = await anotherAdmin();
    const { id, key } = await make(caller);
    expect((await admin.delete(`/v1/me/keys/${id}`)).statusCode).toBe(404);
    expect((await stream(key)).statusCode).toBe(200);
  });
});

describe('what looks like a key', () => {
  it.each([
    ['nonsense', 'ademruimte_key_nonsense'],
    ['a secret that was never given out', `ademruimte_key_${'A'.repeat(22)}.${'A'.repeat(43)}`],
    ['the word alone', 'ademruimte_key_'],
  ])('is refused as %s', async (_, key) => {
    expect((await stream(key)).statusCode).toBe(401);
  });

  it('is not a refresh token, nor is a refresh token a key', async () => {
    const { key } = await make();
    const { refreshToken } = told<LoginTokens>(
      await new Caller(app).post('/v1/auth/login', {
        email: `admin@${practice.slug}.example`,
        password: PASSWORD,
      }),
    );
    const code = key!.replace('ademruimte_key_', '');
    for (const one of [key!, code]) {
      expect((await new Caller(app).post('/v1/auth/refresh', { refreshToken: one })).statusCode).toBe(401);
    }
    expect((await stream(`ademruimte_key_${refreshToken}`)).statusCode).toBe(401);
    expect((await stream(code)).statusCode).toBe(401);
  });

  it('is not found in the address', async () => {
    const { key } = await make();
    expect((await app.fastify.inject(`${STREAM}&key=${key}`)).statusCode).not.toBe(200);
    expect(app.logged.join('\n')).not.toContain(key);
  });
});
