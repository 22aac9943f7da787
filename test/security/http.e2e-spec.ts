import type { InjectOptions, Response } from 'light-my-request';
import { ClientsService } from '../../src/clients/clients.service.js';
import { LARGEST_BODY_BYTES } from '../../src/common/http/problem.filter.js';
import { startApp, type TestApp } from '../support/app.js';
import { problemOf } from '../support/caller.js';
import { openFile, openPractice, type TestPractice } from '../support/practice.js';

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
afterAll(() => app.close());
afterEach(() => jest.restoreAllMocks());

const NOWHERE = '0196f3a0-1111-7222-8333-444455556666';

describe('a request that cannot be read', () => {
  it.each([
    ['broken JSON', '{"name": '],
    ['no JSON at all', 'name=Sanne'],
    ['nothing', ''],
    ['two values', '{} {}'],
    ['a prototype', '{"name": "Sanne", "language": "nl", "__proto__": {"isAdmin": true}}'],
    ['a constructor', '{"name": "Sanne", "constructor": {"prototype": {"isAdmin": true}}}'],
  ])('is refused as such: %s', async (_, payload) => {
    const answer = await send({ method: 'POST', url: '/v1/clients', payload, headers: JSON_TYPE });
    expect([400, 422]).toContain(answer.statusCode);
    expectProblem(answer);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it.each(['null', '[]', '"name"', '7', 'true', '[[]]', '[{"name":"Sanne","language":"nl"}]'])(
    'is refused where an object is wanted: %s',
    async (payload) => {
      for (const url of [
        '/v1/clients',
        '/v1/auth/login',
        '/v1/auth/refresh',
        '/v1/me/consents',
        '/v1/users',
      ]) {
        const answer = await send({ method: 'POST', url, payload, headers: JSON_TYPE });
        expect([url, answer.statusCode]).toEqual([url, expect.any(Number)]);
        expect(answer.statusCode).toBeLessThan(500);
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      }
    },
  );

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ])('is a 415 as %s', async (type) => {
    const answer = await send({
      method: 'POST',
      url: '/v1/clients',
      payload: 'name=Sanne',
      headers: { 'content-type': type },
    });
    expect([answer.statusCode, problemOf(answer)]).toEqual([415, 'unsupported-media-type']);
  });

  it('is a 413 where it is too large', async () => {
    const payload = JSON.stringify({ name: 'x'.repeat(LARGEST_BODY_BYTES) });
    const answer = await send({ method: 'POST', url: '/v1/clients', payload, headers: JSON_TYPE });
    expect([answer.statusCode, problemOf(answer)]).toEqual([413, 'too-large']);
  });

  it('is a 422 with a field that does not exist', async () => {
    const answer = await practice.coach.post('/v1/clients', { name: 'Sanne', language: 'nl', isAdmin: true });
    expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([422, '/isAdmin']);
  });

  it('is a 422 with a parameter that does not exist', async () => {
    expect((await practice.coach.get('/v1/clients?coachId=x')).statusCode).toBe(422);
  });
});

describe('an address', () => {
  it.each([
    '/v1/nowhere',
    '/',
    '/v1',
    '/v1/clients/',
    '/v1/clients//',
    '/v2/clients',
    '/v1/../v1/clients/x/y',
  ])('that is not one is a 404: %s', async (url) => {
    const answer = await send({ method: 'GET', url });
    expect(answer.statusCode).toBe(404);
    expectProblem(answer);
  });

  it('says which methods it knows', async () => {
    const answer = await send({ method: 'PUT', url: '/v1/clients' });
    expect([answer.statusCode, problemOf(answer)]).toEqual([405, 'method-not-allowed']);
    expect(answer.headers['allow']).toBe('GET, HEAD, POST');
  });

  it.each([
    'not-an-id',
    '%00',
    '%0d%0aset-cookie:%20a=b',
    '%ed%a0%80',
    '%ff',
    '..%2f..%2fetc%2fpasswd',
    'x'.repeat(199),
    'x'.repeat(5000),
    "'%20or%201=1--",
    '%F0%9F%8C%B1',
    '%',
    '%zz',
  ])('with an id that is none finds nothing: %s', async (id) => {
    for (const url of [`/v1/clients/${id}`, `/v1/clients/${id}/consents`, `/v1/users/${id}`]) {
      const answer = await send({ method: 'GET', url });
      expect([url, answer.statusCode < 500]).toEqual([url, true]);
      expectProblem(answer);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    const accepted = await send({
      method: 'PUT',
      url: `/v1/auth/invitations/${id}`,
      payload: { password: 'een lange wachtzin om te raden' },
    });
    expect([400, 404]).toContain(accepted.statusCode);
  });
});

describe('strange text', () => {
  const strange = [
    '\0',
    'a\0b',
    '\ud800',
    'x\udfff',
    '\u202e',
    '\r\nset-cookie: a=b',
    '\u0000'.repeat(9),
    '🌱'.repeat(60),
  ];

  it.each(strange)('in a body is stored or refused, and never breaks anything: %j', async (text) => {
    const bodies = [
      { name: text, language: 'nl' },
      { name: 'Sanne', language: text },
      { name: 'Sanne', language: 'nl', company: text },
      { name: 'Sanne', language: 'nl', question: text, consent: { channel: 'paper', givenOn: '2026-01-05' } },
      { name: 'Sanne', language: 'nl', email: `${text}@x.example` },
      { name: 'Sanne', language: 'nl', [text]: text },
    ];
    for (const body of bodies) {
      const answer = await practice.coach.post('/v1/clients', body);
      expect([body, answer.statusCode < 500]).toEqual([body, true]);
    }
  });

  it.each(strange)('in a sign-in is no more than a wrong one: %j', async (text) => {
    for (const body of [
      { email: 'a@x.example', password: text },
      { email: `${text}@x.example`, password: 'x' },
      { email: 'a@x.example', password: 'x', practice: text },
      { refreshToken: text },
    ]) {
      const url = 'refreshToken' in body ? '/v1/auth/refresh' : '/v1/auth/login';
      const answer = await send({ method: 'POST', url, payload: body });
      expect([400, 401, 422]).toContain(answer.statusCode);
    }
  });

  it.each(['%00', '%ed%a0%80', '%', 'a%00b', '%F0%9F%8C%B1'])('in a query is refused: %s', async (text) => {
    for (const parameter of ['cursor', 'limit', 'status', text]) {
      const answer = await send({ method: 'GET', url: `/v1/clients?${parameter}=${text}` });
      expect([400, 422]).toContain(answer.statusCode);
    }
  });

  it.each([
    ['["\\u0000","ID"]'],
    ['["\\ud800","ID"]'],
    ['["a","ID"]'],
    ['[]'],
    ['{}'],
    ['null'],
    ['["a"]'],
    ['[1,2]'],
  ])('in a cursor is a place in the list or none: %s', async (position) => {
    const cursor = Buffer.from(position.replace('ID', NOWHERE)).toString('base64url');
    expect([200, 422]).toContain((await practice.coach.get(`/v1/clients?cursor=${cursor}`)).statusCode);
  });

  it.each(['from=1900-01-01', 'to=1900-01-01', 'from=2199-12-31', 'to=2199-12-31', 'from=2026-02-30'])(
    'such as a day far away is no trouble for the log: %s',
    async (query) => {
      expect([200, 422]).toContain((await practice.admin.get(`/v1/audit-events?${query}`)).statusCode);
    },
  );

  it.each([
    { 'if-match': '"99999999999"' },
    { 'if-match': 'W/"1"' },
    { 'if-match': '"2147483648"' },
    { 'idempotency-key': 'x'.repeat(256) },
    { 'idempotency-key': '' },
    { 'accept-language': '\u00ff'.repeat(50) },
    { 'accept-language': '*;q=x' },
    { 'user-agent': '\u00e9'.repeat(5000) },
    { 'x-request-id': 'mine' },
    { 'x-forwarded-for': "'; drop table users" },
    { authorization: 'Bearer' },
    { authorization: 'Bearer ..' },
    { authorization: `Bearer ${'x'.repeat(9000)}` },
    { authorization: 'Basic eDp4' },
  ] as Record<string, string>[])('in a header is refused or ignored: %p', async (headers) => {
    const { id } = await openFile(practice.coach);
    const change = await practice.coach.patch(`/v1/clients/${id}`, { company: 'Een' }, headers);
    const made = await practice.coach.post('/v1/clients', { name: 'Sanne', language: 'nl' }, headers);
    expect(change.statusCode).toBeLessThan(500);
    expect(made.statusCode).toBeLessThan(500);
    expect(made.headers['x-request-id']).not.toBe('mine');
  });
});

describe('the language', () => {
  it.each([
    ['en', 'en'],
    ['en-GB, nl;q=0.5', 'en'],
    ['fr, de', 'nl'],
    ['', 'nl'],
    ['*', 'nl'],
    [';;;', 'nl'],
  ])('of %j is answered in %s', async (asked, answered) => {
    const answer = await send({ method: 'GET', url: '/v1/nowhere', headers: { 'accept-language': asked } });
    expect(answer.headers['content-language']).toBe(answered);
    expect(answer.headers['vary']).toContain('accept-language');
  });
});

describe('every answer', () => {
  it('forbids keeping it, and names its request', async () => {
    for (const url of [
      '/v1/clients',
      '/v1/me',
      '/v1/nowhere',
      '/v1/vocabularies',
      '/health/live',
      '/openapi.json',
    ]) {
      const { headers } = await send({ method: 'GET', url });
      expect([url, headers['cache-control']]).toEqual([url, 'no-store']);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['server']).toBeUndefined();
    }
  });

  it.each([
    ['an error of ours', () => new TypeError("Cannot read properties of undefined (reading 'question')")],
    [
      'an error of the database',
      () => Object.assign(new Error('duplicate key value'), { code: '23505', detail: 'Sanne' }),
    ],
    ['what is not an error', () => 'select * from clients'],
    ['nothing', () => undefined],
  ])('to a bug tells nothing but its number: %s', async (_, thrown) => {
    jest.spyOn(app.get(ClientsService), 'list').mockImplementation(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever is thrown must be borne
      throw thrown();
    });
    const answer = await send({ method: 'GET', url: '/v1/clients' });
    expect([answer.statusCode, problemOf(answer)]).toEqual([500, 'unexpected']);
    expect(answer.json().instance).toBe(`urn:uuid:${String(answer.headers['x-request-id'])}`);
    expect(answer.body).not.toMatch(/question|Sanne|select|TypeError|duplicate|\.ts|\.js|at /);
  });
});

const JSON_TYPE = { 'content-type': 'application/json' };

/** A request as it came, past the caller's own care; signed in as the coach. */
function send({ headers, ...request }: InjectOptions): Promise<Response> {
  return app.fastify.inject({
    ...request,
    headers: { authorization: `Bearer ${practice.coach.tokens!.accessToken}`, ...headers },
  });
}

function expectProblem(answer: Response): void {
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ status: answer.statusCode, type: expect.stringMatching(/^urn:/) });
}
