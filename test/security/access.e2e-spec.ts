import { randomBytes } from 'node:crypto';
import { startApp, type TestApp } from '../support/app.js';
import { Caller } from '../support/caller.js';
import { openFile, PASSWORD } from '../support/practice.js';
import { ACCESS_MATRIX } from './access-matrix.js';
import { listenTo } from './listening.js';
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
let used: Set<string>;

beforeAll(async () => {
  app = await startApp(SECRETS);
  used = listenTo(app);
  world = await World.make(app);
});
afterAll(() => app.close());

describe('every route, called by everybody', () => {
  it.each(ACCESS_MATRIX)('$route', async (row) => {
    const { outcomes, unaudited, leaked } = await walk(world, row);
    expect(outcomes).toEqual(row.outcomes);
    expect({ unaudited, leaked }).toEqual({ unaudited: [], leaked: [] });
  });
});

describe('the log of the server, after all that and what goes astray', () => {
  beforeAll(() => strayInto());

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
