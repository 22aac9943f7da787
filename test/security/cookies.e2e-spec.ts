import type { InjectOptions, Response } from 'light-my-request';
import type { LoginTokens } from '../../src/auth/auth.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { problemOf, told } from '../support/caller.js';
import { expectContract } from '../support/contract.js';
import { invitationCode, openPractice, PASSWORD, type TestPractice } from '../support/practice.js';
import { rows } from '../support/rows.js';

const OWN = 'http://localhost:80';
const OURS = { 'x-web-client': '1', origin: 'https://portal.example' };
const COOKIES = ['__Host-access', '__Host-refresh'];

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp({ CORS_ORIGINS: 'https://app.example.nl' });
  practice = await openPractice(app);
});
afterAll(() => app.close());

describe('signing in as the web client', () => {
  it('keeps the tokens from the page, in cookies that only this host gets over TLS', async () => {
    const answer = await signIn();
    const { user, ...rest } = told<LoginTokens>(answer);
    expect([user.id, Object.keys(rest)]).toEqual([practice.coach.id, ['expiresIn']]);
    const set = [answer.headers['set-cookie']].flat().map(String);
    expect(set.map((one) => one.replace(/=[^;]+/, '=…'))).toEqual([
      '__Host-device=…; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Strict',
      '__Host-access=…; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Strict',
      '__Host-refresh=…; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Strict',
    ]);
    for (const { value } of answer.cookies) expect(answer.body).not.toContain(value);
  });

  it('is the same by accepting an invitation', async () => {
    const email = 'web@ergens.example';
    told(await practice.admin.post('/v1/users', { name: 'Wies Web', email, roles: ['coach'] }));
    await app.runJobs();
    const url = `/v1/auth/invitations/${invitationCode(app, email)}`;
    const answer = await send({ method: 'PUT', url, payload: { password: PASSWORD }, headers: OURS });
    expect([answer.statusCode, answer.cookies.map(({ name }) => name)]).toEqual([200, COOKIES]);
  });

  it('tells the tokens to whoever does not say that it is one, and sets no cookie', async () => {
    const answer = await signIn({});
    expect(told<LoginTokens>(answer).accessToken).toBeDefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  const asWebClient = Object.entries(FORGERIES()).filter(([, headers]) => headers['x-web-client'] === '1');
  it.each(asWebClient)('is refused %s', async (_, headers) => {
    const answer = await signIn(headers);
    expect([answer.statusCode, problemOf(answer)]).toEqual([403, 'cross-site-request']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('whoever is signed in by cookie', () => {
  it.each([OWN, 'https://portal.example', 'https://app.example.nl'])(
    'changes things from %s',
    async (origin) => {
      const headers = { ...OURS, origin, cookie: await cookies() };
      expect((await send({ method: 'PATCH', url: '/v1/me', payload: {}, headers })).statusCode).toBe(200);
    },
  );

  it('reads without more, also by following a link', async () => {
    const cookie = await cookies();
    expect((await send({ url: '/v1/me', headers: { cookie } })).statusCode).toBe(200);
  });

  it.each(Object.entries(FORGERIES()))('changes nothing %s', async (_, headers) => {
    const cookie = await cookies();
    const answer = await rename(cookie, headers);
    expect([answer.statusCode, problemOf(answer)]).toEqual([403, 'cross-site-request']);
    const me = await send({ url: '/v1/me', headers: { cookie } });
    expect(me.json().name).not.toBe('Gekaapt');
  });

  it('leaves a trace of what was refused', async () => {
    const answer = await rename(await cookies(), { origin: 'https://evil.example' });
    const [event] = await rows(app, 'select event, user_id from audit_events where request_id = $1', [
      answer.headers['x-request-id'],
    ]);
    expect(event).toEqual({ event: 'request.refused', user_id: practice.coach.id });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    'is protected whatever the verb: %s',
    async (method) => {
      const url = {
        POST: '/v1/clients',
        PUT: '/v1/sessions/x/observation',
        PATCH: '/v1/me',
        DELETE: '/v1/me/logins/x',
      };
      const answer = await send({
        method,
        url: url[method],
        ...(method !== 'DELETE' && { payload: {} }),
        headers: { cookie: await cookies(), origin: 'https://evil.example', 'x-web-client': '1' },
      });
      expect([answer.statusCode, problemOf(answer)]).toEqual([403, 'cross-site-request']);
    },
  );

  it('is not helped by a cookie beside a token that is refused', async () => {
    const cookie = await cookies();
    const headers = { ...OURS, cookie, authorization: 'Bearer a.b.c' };
    expect((await send({ url: '/v1/me', headers })).statusCode).toBe(401);
  });

  it('needs nothing of the kind with a bearer token, which no browser sends by itself', async () => {
    const headers = {
      cookie: await cookies(),
      origin: 'https://evil.example',
      authorization: `Bearer ${practice.coach.tokens!.accessToken}`,
    };
    expect((await send({ method: 'PATCH', url: '/v1/me', payload: {}, headers })).statusCode).toBe(200);
  });
});

describe('refreshing by cookie', () => {
  it('gives the next pair in cookies', async () => {
    const before = await signIn();
    const answer = await refresh(cookieOf(before));
    expect([answer.statusCode, answer.cookies.map(({ name }) => name)]).toEqual([200, COOKIES]);
    for (const name of COOKIES) expect(valueOf(answer, name)).not.toBe(valueOf(before, name));
    const next = await send({ url: '/v1/me', headers: { cookie: cookieOf(answer) } });
    expect(next.statusCode).toBe(200);
  });

  it.each(Object.entries(FORGERIES()))('is refused %s, and the token is not used up', async (_, headers) => {
    const cookie = await cookies();
    const answer = await refresh(cookie, headers);
    expect([answer.statusCode, problemOf(answer)]).toEqual([403, 'cross-site-request']);
    expect((await refresh(cookie)).statusCode).toBe(200);
  });

  it('without a token anywhere names the field', async () => {
    const answer = await refresh('');
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/refreshToken']);
  });

  it('does not take the access token for it', async () => {
    const answer = await signIn();
    const asRefresh = `__Host-refresh=${valueOf(answer, '__Host-access')}`;
    expect((await refresh(asRefresh)).statusCode).not.toBe(200);
    const asAccess = `__Host-access=${valueOf(answer, '__Host-refresh')}`;
    const me = await send({ url: '/v1/me', headers: { cookie: asAccess } });
    expect(me.statusCode).toBe(401);
  });
});

describe('signing out by cookie', () => {
  it('ends the login, and takes the cookies back', async () => {
    const cookie = await cookies();
    const answer = await send({
      method: 'POST',
      url: '/v1/auth/logout',
      payload: {},
      headers: { ...OURS, cookie },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(answer.cookies.map(({ name, value, expires }) => [name, value, expires?.getTime()])).toEqual(
      COOKIES.map((name) => [name, '', 0]),
    );
    expect((await send({ url: '/v1/me', headers: { cookie } })).statusCode).toBe(401);
    expect((await refresh(cookie)).statusCode).toBe(401);
  });

  it.each(Object.entries(FORGERIES()))('is refused %s', async (_, headers) => {
    const cookie = await cookies();
    const answer = await send({
      method: 'POST',
      url: '/v1/auth/logout',
      payload: {},
      headers: { cookie, ...headers },
    });
    expect([answer.statusCode, problemOf(answer)]).toEqual([403, 'cross-site-request']);
    expect((await send({ url: '/v1/me', headers: { cookie } })).statusCode).toBe(200);
  });
});

/** What another site can make a browser send, one difference each. */
function FORGERIES(): Record<string, Record<string, string>> {
  const portal = 'https://portal.example';
  return {
    'without the header of the web client': { origin: portal },
    'with another value in it': { 'x-web-client': 'true', origin: portal },
    'without an origin': { 'x-web-client': '1' },
    'from another site': { 'x-web-client': '1', origin: 'https://evil.example' },
    'from no site at all': { 'x-web-client': '1', origin: 'null' },
    'from a host that begins like ours': { 'x-web-client': '1', origin: `${portal}.evil.example` },
    'from a neighbour of ours': { 'x-web-client': '1', origin: 'https://x.portal.example' },
    'from ours without TLS': { 'x-web-client': '1', origin: 'http://portal.example' },
    'from another port': { 'x-web-client': '1', origin: `${portal}:8443` },
    'when the browser says that it crosses sites': {
      'x-web-client': '1',
      origin: portal,
      'sec-fetch-site': 'cross-site',
    },
  };
}

async function send(request: InjectOptions & { url: string }): Promise<Response> {
  const answer = await app.fastify.inject(request);
  expectContract(request.method ?? 'GET', request.url, answer);
  return answer;
}

const signIn = (headers: Record<string, string> = OURS): Promise<Response> =>
  send({
    method: 'POST',
    url: '/v1/auth/login',
    payload: { email: `coach@${practice.slug}.example`, password: PASSWORD },
    headers,
  });

const cookieOf = ({ cookies: set }: Response): string =>
  set.map(({ name, value }) => `${name}=${value}`).join('; ');
const valueOf = ({ cookies: set }: Response, called: string): string =>
  set.find(({ name }) => name === called)!.value;
const cookies = async (): Promise<string> => cookieOf(await signIn());

const rename = (cookie: string, headers: Record<string, string>): Promise<Response> =>
  send({ method: 'PATCH', url: '/v1/me', payload: { name: 'Gekaapt' }, headers: { cookie, ...headers } });

const refresh = (cookie: string, headers: Record<string, string> = OURS): Promise<Response> =>
  send({ method: 'POST', url: '/v1/auth/refresh', payload: {}, headers: { cookie, ...headers } });
