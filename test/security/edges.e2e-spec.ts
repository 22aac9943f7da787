import type { InjectOptions, Response } from 'light-my-request';
import { startApp, type TestApp } from '../support/app.js';
import { problemOf, told } from '../support/caller.js';
import { mailsOf } from '../support/mail.js';
import { openPractice, type TestPractice } from '../support/practice.js';
import openApi from '../../openapi.json';

/** What stands at the edge of HTTP: other methods, other hosts, what a proxy might add, and texts made to be slow. */

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
afterAll(() => app.close());

const send = (request: InjectOptions): Promise<Response> => app.fastify.inject(request);
const bearer = () => ({ authorization: `Bearer ${practice.coach.tokens!.accessToken}` });
const EVIL = {
  host: 'evil.example',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  forwarded: 'host=evil.example',
  'x-original-url': '/v1/users',
};

describe('a mail that somebody asked for under another host name', () => {
  it('leads to the portal of the configuration, and nowhere else', async () => {
    const email = `coach@${practice.slug}.example`;
    const asked = await send({
      method: 'POST',
      url: '/v1/auth/password-resets',
      payload: { email },
      headers: EVIL,
    });
    expect(asked.statusCode).toBe(202);
    await app.runJobs();
    const mail = mailsOf(app)
      .filter(({ to }) => to === email)
      .at(-1)!;
    expect(mail.text).toContain('https://portal.example/password-resets/');
    expect(mail.raw).not.toContain('evil');
  });
});

describe('another host name', () => {
  it('is no way to be taken for our own page', async () => {
    const answer = await send({
      method: 'POST',
      url: '/v1/auth/login',
      payload: { email: 'wie@ook.example', password: 'een lange wachtzin om te raden' },
      headers: { 'x-web-client': '1', origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('stands in no answer', async () => {
    for (const url of ['/v1/clients', '/v1/nowhere', '/openapi.json', '/docs']) {
      const answer = await send({ url, headers: { ...EVIL, ...bearer() } });
      expect([url, answer.body.includes('evil')]).toEqual([url, false]);
      expect(JSON.stringify(answer.headers)).not.toContain('evil');
    }
  });
});

describe('a method', () => {
  const reads = Object.entries(openApi.paths)
    .filter(([, methods]) => 'get' in methods)
    .map(([path]) => path.replace(/\{[^}]+\}/g, '0196f3a0-1111-7222-8333-444455550000'));

  it.each(reads)('HEAD opens no more than GET: %s', async (url) => {
    const [head, get] = [await send({ method: 'HEAD', url }), await send({ method: 'GET', url })];
    expect([head.statusCode, head.body]).toEqual([get.statusCode, '']);
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'QUERY', 'SEARCH'])('%s is not known', async (method) => {
    for (const url of ['/v1/clients', '/v1/me', '/docs']) {
      const answer = await send({ method: method, url, headers: bearer() });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('authorization');
    }
  });

  it.each(['x-http-method-override', 'x-method-override', 'x-http-method'])(
    'is not changed by %s',
    async (header) => {
      const answer = await send({
        method: 'GET',
        url: '/v1/me/logins',
        headers: { ...bearer(), [header]: 'DELETE' },
      });
      expect(answer.statusCode).toBe(200);
      expect((await practice.coach.get('/v1/me')).statusCode).toBe(200);
    },
  );

  it('OPTIONS tells nothing to whoever is not asking for a page that is named', async () => {
    const answer = await send({
      method: 'OPTIONS',
      url: '/v1/clients',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a parameter', () => {
  it.each([
    'limit=1&limit=100',
    'limit[]=1',
    'limit[$gt]=1',
    '__proto__[isAdmin]=1',
    'constructor.prototype.x=1',
    'cursor=a&cursor=b',
  ])('that comes twice or as a structure is refused: %s', async (query) => {
    const answer = await send({ url: `/v1/clients?${query}`, headers: bearer() });
    expect([answer.statusCode, problemOf(answer)]).toEqual([422, 'invalid-input']);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });
});

describe('the documentation', () => {
  it.each([
    '/docs/..%2f..%2fpackage.json',
    '/docs/../../package.json',
    '/docs/%2e%2e/%2e%2e/.env',
    '/docs/.git/config',
    '/.git/config',
    '/.env',
    '/docs/nowhere/',
  ])('is no way to other files, and lists none: %s', async (url) => {
    const answer = await send({ url });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toMatch(/dependencies|repositoryformatversion|Index of/);
  });
});

describe('every answer', () => {
  it('with a body says what it is, and in which characters', async () => {
    const urls = ['/v1/clients', '/v1/nowhere', '/health/live', '/openapi.json', '/v1/vocabularies'];
    for (const url of urls) {
      const { headers } = await send({ url, headers: bearer() });
      expect([url, headers['content-type']]).toEqual([
        url,
        expect.stringMatching(/^application\/(problem\+)?json; charset=utf-8$/),
      ]);
    }
  });

  it('asks browsers for TLS for a year, on every name below', async () => {
    for (const url of ['/v1/me', '/v1/nowhere', '/docs']) {
      const { headers } = await send({ url });
      const said = String(headers['strict-transport-security']);
      expect(Number(/max-age=(\d+)/.exec(said)![1])).toBeGreaterThanOrEqual(31_536_000);
      expect(said).toContain('includeSubDomains');
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*base-uri 'none'/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });
});

describe('a text that is made to be slow', () => {
  const long = 'a'.repeat(60_000);
  const address = (email: string): InjectOptions => ({
    method: 'POST',
    url: '/v1/auth/login',
    payload: { email, password: 'een lange wachtzin om te raden' },
  });

  it.each<[string, InjectOptions]>([
    ['as an address', address(`${long}@${long}`)],
    ['as an address of dots', address(`${'a.'.repeat(30_000)}@b.`)],
    ['as a name of a practice', { url: `/v1/practices/${'a-'.repeat(95)}/articles` }],
    ['as a language', { url: '/v1/nowhere', headers: { 'accept-language': 'a-'.repeat(4_000) } }],
    ['as a cookie', { url: '/v1/me', headers: { cookie: `${'a=;'.repeat(4_000)}__Host-access=x` } }],
    ['as a token', { url: '/v1/me', headers: { authorization: `Bearer ${'a.'.repeat(6_000)}` } }],
    ['as a key', { url: '/v1/me', headers: { authorization: `bearer ${' '.repeat(12_000)}x` } }],
    ['as an ETag', { url: '/v1/vocabularies', headers: { 'if-none-match': 'W/"a",'.repeat(2_000) } }],
  ])('is answered within a second: %s', async (_, request) => {
    const began = performance.now();
    const answer = await send(request);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(answer.statusCode).toBeLessThan(500);
  });
});

describe('a form of another site', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is not read as %s, also where anybody may write',
    async (type) => {
      const answer = await send({
        method: 'POST',
        url: `/v1/practices/${practice.slug}/intake-requests`,
        payload: '{"name":"x"}',
        headers: { 'content-type': type },
      });
      expect(answer.statusCode).toBe(415);
    },
  );
});

describe("one person's Idempotency-Key", () => {
  it('brings nobody else what it made, and is not in their way', async () => {
    const body = { name: 'Sanne Bakker', language: 'nl' };
    const key = { 'idempotency-key': 'van-een-ander' };
    const mine = told<{ id: string }>(await practice.coach.post('/v1/clients', body, key));
    const theirs = told<{ id: string }>(await practice.otherCoach.post('/v1/clients', body, key));
    expect(theirs.id).not.toBe(mine.id);
    expect((await practice.otherCoach.get(`/v1/clients/${mine.id}`)).statusCode).toBe(404);
  });
});
