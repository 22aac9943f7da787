import { randomBytes } from 'node:crypto';
import type { InjectOptions, Response } from 'light-my-request';
import { startApp, type TestApp } from '../support/app.js';
import { Caller } from '../support/caller.js';
import { openFile, PASSWORD } from '../support/practice.js';
import { ACCESS_MATRIX } from './access-matrix.js';
import { walk } from './walk-matrix.js';
import { World } from './world.js';

/** What the program itself must keep to itself. */
const SECRETS = {
  TOKEN_SECRET: randomBytes(32).toString('base64url'),
  TOKEN_SECRET_PREVIOUS: randomBytes(32).toString('base64url'),
  INSTALLATION_KEY: randomBytes(32).toString('base64url'),
};
const WEB_CLIENT = { 'x-web-client': '1', origin: 'https://portal.example' };

let app: TestApp;
let world: World;
/** Everything that anybody sent, or was told, in the whole run. */
const used = new Set<string>();

beforeAll(async () => {
  app = await startApp(SECRETS);
  listen();
  world = await World.make(app);
  for (const row of ACCESS_MATRIX) await walk(world, row);
  await strayInto();
}, 300_000);
afterAll(() => app.close());

describe('the log of the server', () => {
  it('has a line for every request, or the silence below would prove nothing', () => {
    expect(app.logged.filter((line) => line.includes('"route":"/v1/clients/:id"')).length).toBeGreaterThan(9);
  });

  it('was listened for: names, addresses, notes, passwords, codes, tokens and cookies went by', () => {
    const all = [...used];
    for (const kind of [
      /^Coen de Coach$/,
      /^coach@praktijk-\d+\.example$/,
      /Dat weet alleen de coach\.$/,
      new RegExp(`^${PASSWORD}$`),
      /^[\w-]{22}\.[\w-]{43}$/,
      /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/,
      /^__Host-access=/,
      /^Wilhelmina Stilzwijgen$/,
    ]) {
      expect([kind, all.some((text) => kind.test(text))]).toEqual([kind, true]);
    }
  });

  it('says no word of anybody: no name, address, text, password, code, token or cookie', async () => {
    const people = await world.sql<{ name: string; email: string }>(
      'select name, email from users union select name, email from clients',
    );
    for (const { name, email } of people) [name, email].forEach((text) => text && used.add(text));
    expect(heard([...used])).toEqual([]);
  });

  it('says no secret of the installation, in whatever form', () => {
    const forms = Object.values(SECRETS).flatMap((secret) => {
      const bytes = Buffer.from(secret, 'base64url');
      return [secret, bytes.toString('hex'), bytes.toString('base64'), bytes.join(',')];
    });
    const { serving, owner, superuser } = app.database;
    expect(heard([...forms, serving, owner, superuser])).toEqual([]);
  });

  it('keeps no code in the audit log either', async () => {
    const codes = [...used]
      .filter((text) => /^[\w-]{22}\.[\w-]{43}$/.test(text))
      .map((code) => code.split('.')[1]!);
    const kept = await world.sql<{ line: string }>(
      'select a::text as line from audit_events a union all select s::text from security_events s',
    );
    const audited = kept.map(({ line }) => line).join('\n');
    expect(codes.filter((code) => audited.includes(code))).toEqual([]);
  });
});

/** What of this stands in the log. */
function heard(texts: readonly string[]): string[] {
  const log = app.logged.join('\n');
  return texts.filter((text) => log.includes(text) || log.includes(JSON.stringify(text).slice(1, -1)));
}

/** Notes what goes by from here on: bodies and headers that are sent, answers and cookies that are told. */
function listen(): void {
  const inject = app.fastify.inject.bind(app.fastify) as (request: InjectOptions) => Promise<Response>;
  const listening = async (given: InjectOptions | string): Promise<Response> => {
    const request = typeof given === 'string' ? { url: given } : given;
    const answer = await inject(request);
    const { authorization, cookie } = (request.headers ?? {}) as Record<string, string | undefined>;
    note(request.payload);
    note(authorization?.replace('Bearer ', ''));
    note(cookie);
    for (const part of pathOf(request).split(/[/?&=]/)) note(decoded(part));
    if (String(answer.headers['content-type']).includes('json') && answer.body) note(answer.json());
    for (const { name, value } of answer.cookies) [value, `${name}=${value}`].forEach(note);
    return answer;
  };
  Object.assign(app.fastify, { inject: listening });
}

const pathOf = ({ url }: InjectOptions): string => (typeof url === 'string' ? url : '');

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Every text in it that could be about somebody. */
function note(value: unknown): void {
  if (typeof value === 'string' && isTelling(value)) used.add(value);
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(note);
}

/** Ids, times, routes, codes and the words of problems are not about anybody; the log may hold them. */
function isTelling(text: string): boolean {
  if (/^(urn:|[0-9a-f]{8}-[0-9a-f-]{27}$|\d{4}-\d{2}-\d{2}(T|$))/.test(text)) return false;
  return /[\s@]/.test(text) || text.length > 20 || /tilzwijgen/.test(text);
}

/** What goes wrong, and what people put where it does not belong. */
async function strayInto(): Promise<void> {
  const { coach } = world.here;
  await openFile(coach, { name: 'Wilhelmina Stilzwijgen', phone: '+31612345678' });
  const user = await world.user();
  await app.runJobs();
  const anybody = new Caller(app);
  await anybody.post('/v1/auth/login', { email: user.email, password: 'een wachtwoord dat niet klopt' });
  await anybody.put('/v1/auth/invitations/stilzwijgend-zijn', { password: PASSWORD });
  await coach.get('/v1/clients?cursor=stilzwijgend');
  await coach.get('/v1/stilzwijgen/Wilhelmina');
  await coach.post('/v1/clients', { name: 'Stilzwijgen\u0000', 'geheim veld van Stilzwijgen': 1 });
  const credentials = await world.credentials('coach');
  const { cookies } = await app.fastify.inject({
    method: 'POST',
    url: '/v1/auth/login',
    payload: credentials,
    headers: WEB_CLIENT,
  });
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  await app.fastify.inject({ url: '/v1/me', headers: { cookie } });
  await app.fastify.inject({
    method: 'POST',
    url: '/v1/auth/refresh',
    payload: {},
    headers: { ...WEB_CLIENT, cookie },
  });
  await app.fastify.inject({
    method: 'POST',
    url: '/v1/clients',
    payload: '{"name": "Stilzwijgen in kapotte JSON',
    headers: { 'content-type': 'application/json', cookie },
  });
}
