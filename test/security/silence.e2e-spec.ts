import { startApp, type TestApp } from '../support/app.js';
import { Caller } from '../support/caller.js';
import { invitationCode, openFile, PASSWORD } from '../support/practice.js';
import { ACCESS_MATRIX } from './access-matrix.js';
import { walk } from './walk-matrix.js';
import { wordsOf, World } from './world.js';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startApp();
  world = await World.make(app);
  for (const row of ACCESS_MATRIX) await walk(world, row);
}, 120_000);
afterAll(() => app.close());

describe('the log of the server', () => {
  it('has a line for every request, or the silence below would prove nothing', () => {
    expect(app.logged.filter((line) => line.includes('"route":"/v1/clients/:id"')).length).toBeGreaterThan(9);
  });

  it('says no word of anybody: no name, address, question, password, code or token', async () => {
    const { email } = await openFile(world.here.coach, {
      name: 'Wilhelmina Stilzwijgen',
      phone: '+31612345678',
    });
    const user = await world.user();
    await app.runJobs();
    const wrong = 'een wachtwoord dat niet klopt';
    await new Caller(app).post('/v1/auth/login', { email: user.email, password: wrong });
    await new Caller(app).put('/v1/auth/invitations/stil-zijn', { password: PASSWORD });
    await world.here.coach.get('/v1/clients?cursor=stilzwijgend');
    await world.here.coach.get('/v1/stilzwijgen/Wilhelmina');

    const stranger = new Caller(app);
    const reset = await world.resetCode();
    await stranger.put(`/v1/auth/password-resets/${reset}`, { password: wrong });
    const link = await world.mailSignIn();
    await stranger.put(`/v1/auth/mail-sign-ins/${link.code}`, { request: link.request });
    const change = await world.addressChange();
    await stranger.put(`/v1/auth/address-changes/${change.confirmation}`, undefined);
    await stranger.delete(`/v1/auth/address-changes/${change.cancellation}`);
    const codes = [reset, link.code, change.confirmation, change.cancellation].map(
      (code) => code.split('.')[1]!,
    );

    const people = await world.sql<{ name: string; email: string }>(
      'select name, email from users union select name, email from clients',
    );
    const secrets = [
      ...people.flatMap((person) => [person.name, person.email]),
      ...[world.here, world.elsewhere].flatMap(({ coach, admin, client, slug }) => [
        wordsOf({ slug } as never),
        ...[coach, admin, client].flatMap(({ tokens }) => [tokens!.accessToken, tokens!.refreshToken]),
      ]),
      invitationCode(app, user.email),
      link.request,
      ...codes,
    ];
    const log = app.logged.join('\n');
    const said = [...secrets, email!, PASSWORD, wrong, '+31612345678', 'Wilhelmina', 'tilzwijgen'].filter(
      (secret) => secret && log.includes(secret),
    );
    expect(said).toEqual([]);
    const kept = await world.sql<{ line: string }>(
      'select a::text as line from audit_events a union all select s::text from security_events s',
    );
    const audited = kept.map(({ line }) => line).join('\n');
    expect([...codes, link.request].filter((code) => audited.includes(code))).toEqual([]);
  });
});
