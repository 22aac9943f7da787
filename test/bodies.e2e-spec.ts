import type { Response } from 'light-my-request';
import { type TestApp, startApp } from './support/app.js';
import { problemOf } from './support/caller.js';
import { openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
afterAll(() => app.close());

const KEY = { 'idempotency-key': 'a-body' };

function send(url: string, payload: string, headers: object = {}): Promise<Response> {
  const authorization = `Bearer ${practice.coach.tokens!.accessToken}`;
  return app.fastify.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', authorization, 'accept-language': 'en', ...headers },
  });
}

describe('a body', () => {
  it.each(['[]', '[{}]', '"text"', '5', 'true'])('%s is not an object, and that is said', async (payload) => {
    for (const url of ['/v1/clients', '/v1/auth/login']) {
      const answer = await send(url, payload);
      expect(answer.statusCode).toBe(422);
      expect(answer.json().errors).toEqual([{ pointer: '', detail: 'This must be an object.' }]);
    }
  });

  it('that is null lacks what is needed', async () => {
    const answer = await send('/v1/clients', 'null');
    expect(answer.json().errors).toContainEqual(expect.objectContaining({ pointer: '/name' }));
  });

  it.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', '{"a":'.repeat(30_000) + '1' + '}'.repeat(30_000)],
    ['a field', `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('without a bottom, of %s, is refused before anything walks down it', async (_, payload) => {
    for (const [url, headers] of [
      ['/v1/clients', {}],
      ['/v1/clients', KEY],
      ['/v1/auth/login', {}],
    ] as const) {
      const answer = await send(url, payload, headers);
      expect([answer.statusCode, problemOf(answer)]).toEqual([400, 'malformed']);
    }
  });

  it.each(['{', '{"name": }', '', '{"__proto__": {"admin": true}}', '{"constructor": {"prototype": {}}}'])(
    '%s cannot be read',
    async (payload) => {
      const answer = await send('/v1/clients', payload);
      expect([answer.statusCode, problemOf(answer)]).toEqual([400, 'malformed']);
    },
  );
});
