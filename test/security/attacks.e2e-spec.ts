import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Response } from 'light-my-request';
import { PACKAGE_ROOT } from '../../src/common/package-root.js';
import { LARGEST_BODY_BYTES } from '../../src/common/http/problem.filter.js';
import type { Operation, Parameter } from '../../src/openapi/open-api.js';
import { startApp, type TestApp } from '../support/app.js';
import type { Caller } from '../support/caller.js';
import { expectContract } from '../support/contract.js';
import { mailsOf } from '../support/mail.js';
import { ACCESS_MATRIX, type Row, type Sent } from './access-matrix.js';
import { fingerprint } from './fingerprint.js';
import { type CallerName, CALLERS, World } from './world.js';

/**
 * Every route of the access matrix that takes a body is attacked with the request that would have succeeded, bent.
 * What a route takes is read from openapi.json and from its row, so that a new route is attacked without a new test.
 */
const document = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'openapi.json'), 'utf8')) as OpenAPIObject;

/** A recording has no fields; what is tried on it is in exercise-media.e2e-spec.ts. */
const WITH_BODY = ACCESS_MATRIX.filter(({ route }) => {
  const { content } = (operationOf(route).requestBody ?? {}) as { content?: Record<string, unknown> };
  return content?.['application/json'];
});

/** What somebody would like to decide for themselves. */
const WANTED = {
  practiceId: '0196f3a0-1111-7222-8333-444455556666',
  id: '0196f3a0-1111-7222-8333-444455556666',
  userId: '0196f3a0-1111-7222-8333-444455556666',
  loginId: '0196f3a0-1111-7222-8333-444455556666',
  coachId: '0196f3a0-1111-7222-8333-444455556666',
  clientId: '0196f3a0-1111-7222-8333-444455556666',
  authorId: '0196f3a0-1111-7222-8333-444455556666',
  roles: ['admin'],
  isAdmin: true,
  status: 'closed',
  version: 7,
  createdAt: '2020-01-01T00:00:00Z',
  disabledAt: null,
  passwordHash: '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA',
  authenticatedAt: '2099-01-01T00:00:00Z',
  toString: 'x',
};

/** What would do something where a value is read as more than a value. */
const INJECTIONS = [
  "'; drop table users; --",
  "' or '1'='1",
  "x') union select practice_id::text, body::text from note_bodies --",
  '1; select pg_sleep(20)',
  '$1',
  '\\x00\\',
  'x\r\nSet-Cookie: evil=1\r\nX-Evil: 1',
  'x\nBcc: dief@evil.example\n\nHallo',
  'x@y.example\r\nBcc: dief@evil.example',
  '"><script>alert(1)</script>',
  '{{constructor.constructor("return 1")()}}',
  '../../../../etc/passwd',
];

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startApp();
  world = await World.make(app);
});
afterAll(() => app.close());

/** A request that would succeed, of somebody who may make it. */
interface Right {
  readonly caller: Caller;
  readonly name: CallerName;
  readonly method: string;
  readonly url: string;
  readonly sent: Sent;
  readonly body: Record<string, unknown>;
}

async function rightRequest(row: Row): Promise<Right> {
  const name = CALLERS.find((one) => one !== 'stranger' && row.outcomes[one] === 'ok')!;
  const sent = await row.send(world, name);
  const [method, pattern] = row.route.split(' ') as [string, string];
  const address = pattern.replace(/:(\w+)/g, (_, key: string) => sent.path![key]!);
  const url = sent.query ? `${address}?${sent.query}` : address;
  const body = (sent.body ?? {}) as Record<string, unknown>;
  return { caller: sent.as ?? world.caller(name), name, method, url, sent, body };
}

/** Sends a body as it is written, which need not be JSON. */
async function sendText({ caller, method, url, sent }: Right, payload: string): Promise<Response> {
  const authorization = caller.tokens && { authorization: `Bearer ${caller.tokens.accessToken}` };
  const answer = await app.fastify.inject({
    method: method as 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', ...authorization, ...sent.headers },
  });
  expectContract(method, url, answer);
  return answer;
}

const send = (right: Right, body: unknown): Promise<Response> => sendText(right, JSON.stringify(body));

/** A refusal: nothing of the practice's data is other than it was, to the last column. */
async function expectRefused(attack: () => Promise<Response>, statuses: number[]): Promise<Response> {
  const before = await fingerprint(world);
  const answer = await attack();
  const isRefused = statuses.includes(answer.statusCode) || isRefusedByItem(answer, statuses);
  expect(isRefused ? 'refused' : answer.body).toBe('refused');
  expect(await fingerprint(world)).toEqual(before);
  return answer;
}

/** A batch is answered item by item, and then each of them says no. */
function isRefusedByItem(answer: Response, statuses: number[]): boolean {
  const { items = [] } = answer.json<{ items?: { status?: number }[] }>();
  return items.length > 0 && items.every(({ status }) => status !== undefined && statuses.includes(status));
}

const READ = ACCESS_MATRIX.filter(
  ({ route }) => route.startsWith('GET ') && paramsOf(route, 'query').length > 0,
);
const PAGED = READ.filter(({ route }) => paramsOf(route, 'query').some(({ name }) => name === 'cursor'));

// First, as long as nobody asked for a foreign id: the log of a practice names what its own people asked for.
describe.each(PAGED)('a cursor of another practice, at $route', (row) => {
  it('is a place in a list and no more: it brings nothing of theirs along', async () => {
    const there = CALLERS.find((one) => one.endsWith('Elsewhere') && row.outcomes[one] === 'ok');
    const theirs = there && (await world.caller(there).get(withParameter(row.route.slice(4), 'limit', '1')));
    const next =
      theirs?.json<{ next?: string }>().next ?? Buffer.from(world.elsewhere.id).toString('base64url');
    const right = await rightRequest(row);
    const answer = await right.caller.get(withParameter(right.url, 'cursor', next));
    expectHarmless(answer, right.name, ['cursor', next]);
  });
});

describe.each(WITH_BODY)('$route', (row) => {
  it('takes no field that it does not ask for, at any depth, and names each', async () => {
    const right = await rightRequest(row);
    const { bent, pointers } = withMore(right.body, fieldsOf(row.route));
    const answer = await expectRefused(() => send(right, bent), [422]);
    const named = answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer);
    const { byItem } = row;
    // What is looked at item by item is not looked at while the rest is wrong.
    const ofBody = pointers.filter((pointer) => !byItem || !pointer.startsWith(byItem.list));
    expect(named).toEqual(expect.arrayContaining(ofBody));
  });

  it('takes no prototype, no second field of one name that is wrong, and no JSON that is broken', async () => {
    const right = await rightRequest(row);
    const [first = 'x'] = Object.keys(right.body);
    const open = JSON.stringify(right.body).replace(/\}$/, first in right.body ? ',' : '');
    const before = await fingerprint(world);
    for (const text of [
      `${open}"__proto__":{"isAdmin":true,"roles":["admin"]}}`,
      `${open}"constructor":{"prototype":{"isAdmin":true}}}`,
      `${open}"${first}":{"$ne":1,"toString":1}}`,
      `${open}"${first}":["a","b"],"practiceId":"x","practiceId":"y"}`,
      `${open}"x":`,
      `${open}"x":NaN}`,
      `\u0000${JSON.stringify(right.body)}`,
    ]) {
      const { statusCode } = await sendText(right, text);
      expect([text, [400, 422].includes(statusCode) || statusCode]).toEqual([text, true]);
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(await fingerprint(world)).toEqual(before);
  });

  it('takes nothing that is too large, or deeper than anybody writes', async () => {
    const right = await rightRequest(row);
    const [first = 'x'] = Object.keys(right.body);
    const before = await fingerprint(world);
    const large = JSON.stringify({ ...right.body, [first]: 'x'.repeat(LARGEST_BODY_BYTES) });
    expect((await sendText(right, large)).statusCode).toBe(413);
    for (const [left, text, end] of [
      ['[', '', ']'],
      ['{"a":', '1', '}'],
      ['{"__proto__":', '1', '}'],
    ] as const) {
      const deep = left.repeat(9000) + text + end.repeat(9000);
      const { statusCode } = await sendText(right, `{"${first}":${deep}}`);
      expect([left, [400, 422].includes(statusCode) || statusCode]).toEqual([left, true]);
    }
    expect(await fingerprint(world)).toEqual(before);
  });

  it('takes what would be SQL, a header or a script for the words that they are', async () => {
    const right = await rightRequest(row);
    for (const [pointer, bend] of placesOfText(right.body)) {
      for (const text of INJECTIONS) {
        const answer = await send(right, bend(text));
        expectHarmless(answer, right.name, [pointer, text]);
      }
    }
  });

  it('knows no id of another practice', async () => {
    const right = await rightRequest(row);
    const { elsewhere } = world;
    const foreign = [elsewhere.id, elsewhere.coach.id, elsewhere.client.clientId, elsewhere.client.id];
    for (const [pointer, bend] of placesOfIds(right.body)) {
      if (row.byItem?.chosen.includes(pointer)) continue;
      for (const id of foreign) {
        const answer = await expectRefused(() => send(right, bend(id)), [404, 409, 422]);
        expect([pointer, answer.body.includes(id)]).toEqual([pointer, false]);
      }
    }
  });
});

describe.each(READ)('$route', (row) => {
  it('takes what would be SQL in a parameter for the words that they are', async () => {
    const right = await rightRequest(row);
    for (const { name } of paramsOf(row.route, 'query')) {
      for (const text of INJECTIONS) {
        const answer = await right.caller.get(withParameter(right.url, name, text));
        expectHarmless(answer, right.name, [name, text]);
      }
    }
  });

  it('tells nothing of another practice, whatever ids of it are asked for', async () => {
    const right = await rightRequest(row);
    const { id, coach, client } = world.elsewhere;
    for (const { name } of paramsOf(row.route, 'query').filter((one) => /id$/i.test(one.name))) {
      for (const foreign of [id, coach.id, client.clientId]) {
        const answer = await right.caller.get(withParameter(right.url, name, foreign));
        expectHarmless(answer, right.name, [name, foreign], foreign);
      }
    }
  });
});

describe('what all of this left behind', () => {
  it('is no mail with a line of somebody else in its head, and none to an address that was slipped in', async () => {
    await app.runJobs();
    const mails = mailsOf(app);
    expect(mails.length).toBeGreaterThan(10);
    expect(mails.filter(({ to }) => to.includes('evil'))).toEqual([]);
    expect(
      mails.filter(({ raw }) => /^(bcc|x-evil|set-cookie):/im.test(raw.split(/\r?\n\r?\n/)[0]!)),
    ).toEqual([]);
  });

  it('is every table where it was', async () => {
    const [row] = await world.sql<{ users: number }>('select count(*)::int as users from users');
    expect(row!.users).toBeGreaterThan(10);
  });
});

/** No bug, no header that was slipped in, and nothing of whom the caller may not see. */
function expectHarmless(
  { statusCode, headers, body }: Response,
  name: CallerName,
  what: unknown[],
  asked = '',
): void {
  expect([...what, statusCode < 500]).toEqual([...what, true]);
  expect([...what, headers['x-evil'], headers['set-cookie']]).toEqual([...what, undefined, undefined]);
  const shown = refusalsLeftOut(body);
  const leaked = world.hiddenFrom(name).filter((hidden) => hidden !== asked && shown.includes(hidden));
  expect([...what, leaked]).toEqual([...what, []]);
}

/** The log of a practice names what its own people asked for, also where they were refused. */
function refusalsLeftOut(body: string): string {
  if (!body.startsWith('{"items":')) return body;
  const { items } = JSON.parse(body) as { items: { outcome?: string }[] };
  return JSON.stringify(items.filter(({ outcome }) => outcome !== 'refused'));
}

type Bend = (value: string) => unknown;

/** The body with everything wanted in each of its objects, and where that is. */
function withMore(
  body: Record<string, unknown>,
  asked: readonly string[],
): { bent: unknown; pointers: string[] } {
  const pointers: string[] = [];
  const bend = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.map((one, i) => bend(one, `${at}/${i}`));
    // What a browser adds to a passkey is read by nobody, and may be anything.
    if (typeof value !== 'object' || value === null || at.endsWith('clientExtensionResults')) return value;
    const more = Object.entries(WANTED).filter(
      ([name]) => !(at === '' && asked.includes(name)) && !(name in value && name !== 'toString'),
    );
    if (at === '') pointers.push(...more.map(([name]) => `/${name}`));
    else pointers.push(`${at}/practiceId`);
    const own = Object.entries(value).map(([name, inner]) => [name, bend(inner, `${at}/${name}`)] as const);
    return { ...Object.fromEntries(own), ...Object.fromEntries(more) };
  };
  return { bent: bend(body, ''), pointers: pointers.filter((pointer) => !pointer.endsWith('/toString')) };
}

/** The fields that a route asks for: some are wanted elsewhere, such as the roles of a new user. */
function fieldsOf(route: string): string[] {
  const { content } = operationOf(route).requestBody as {
    content: Record<string, { schema: { $ref: string } }>;
  };
  const name = content['application/json']!.schema.$ref.split('/').at(-1)!;
  return Object.keys((document.components!.schemas![name] as { properties: object }).properties);
}

/** Each text in a body, with a way to put another in its place. */
function placesOfText(body: unknown): [string, Bend][] {
  return placesOf(body, (value) => typeof value === 'string');
}

function placesOfIds(body: unknown): [string, Bend][] {
  return placesOf(body, (value) => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value));
}

function placesOf(body: unknown, fits: (value: unknown) => boolean, at = ''): [string, Bend][] {
  if (fits(body)) return [[at, (value) => value]];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, inner]) =>
    placesOf(inner, fits, `${at}/${name}`).map(([pointer, bend]): [string, Bend] => [
      pointer,
      (value) =>
        Array.isArray(body)
          ? body.map((one: unknown, i) => (String(i) === name ? bend(value) : one))
          : { ...body, [name]: bend(value) },
    ]),
  );
}

function operationOf(route: string): Operation {
  const [method, url] = route.split(' ') as [string, string];
  const path = url.replace(/:(\w+)/g, '{$1}');
  return (document.paths[path]?.[method.toLowerCase() as 'get'] ?? {}) as Operation;
}

function paramsOf(route: string, where: string): Parameter[] {
  return ((operationOf(route).parameters ?? []) as Parameter[]).filter((one) => one.in === where);
}

function withParameter(url: string, name: string, value: string): string {
  const [path, query] = url.split('?') as [string, string | undefined];
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return `${path}?${parameters.toString()}`;
}
