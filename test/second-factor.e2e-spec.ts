import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import { FactorKeys } from '../src/auth/factor-keys.js';
import type {
  RecoveryCodeList,
  SecondFactorEnrolment,
  SecondFactorView,
} from '../src/auth/second-factor/second-factor.dto.js';
import { CannotOpen } from '../src/common/cipher/cipher.js';
import { OnboardingService } from '../src/onboarding/onboarding.service.js';
import { startApp, type TestApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import {
  acceptInvitation,
  addUser,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';
import { addPasskey, codeAt, enrol, later } from './support/second-factor.js';

let app: TestApp;
let practice: TestPractice;
let anybody: Caller;
let serial = 0;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  anybody = new Caller(app);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

/** A coach of their own for each test, at a time that stands still in the middle of a half-minute. */
async function newCoach(): Promise<{ coach: Caller; email: string; now: Date }> {
  serial += 1;
  const email = `factor${serial}@adem.example`;
  const coach = await addUser(app, practice.admin, { name: 'Fleur Factor', email, roles: ['coach'] });
  const now = new Date(Math.floor(Date.now() / 30_000) * 30_000 + 15_000);
  app.clock.set(now.toISOString());
  return { coach, email, now };
}

const signIn = (email: string, more: object = {}): Promise<Response> =>
  anybody.post('/v1/auth/login', { email, password: PASSWORD, ...more });

const tells = (answer: Response): [number, string | undefined] => [answer.statusCode, problemOf(answer)];

const eventsAbout = (id: string): Promise<{ event: string }[]> =>
  rows(app, 'select event, outcome, ground from audit_events where object_id = $1 order by id', [id]);

describe('setting up an authenticator app', () => {
  it('shows the address, the secret and a QR code, and asks for nothing yet', async () => {
    const { coach, email } = await newCoach();
    const shown = told<SecondFactorEnrolment>(await coach.put('/v1/me/second-factor', {}));
    const uri = new URL(shown.otpauthUri);
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
    expect(decodeURIComponent(uri.pathname)).toMatch(new RegExp(`^/Praktijk \\d+:${email}$`));
    expect(uri.searchParams.get('secret')).toBe(shown.secret);
    expect(shown.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(shown.qrCode).toMatch(/^<svg [\s\S]*<\/svg>$/);
    expect((await signIn(email)).statusCode).toBe(200);
    expect(told<SecondFactorView>(await coach.get('/v1/me/second-factor'))).toEqual({
      recoveryCodesLeft: 0,
      passkeys: 0,
      required: false,
    });
  });

  it('begun again forgets the secret of before', async () => {
    const { coach, now } = await newCoach();
    const first = told<SecondFactorEnrolment>(await coach.put('/v1/me/second-factor', {}));
    const { secret } = told<SecondFactorEnrolment>(await coach.put('/v1/me/second-factor', {}));
    const confirm = (code: string) => coach.post('/v1/me/second-factor/confirmation', { code });
    expect(tells(await confirm(codeAt(first.secret, now)))).toEqual([409, 'confirmation-refused']);
    expect((await confirm(codeAt(secret, now))).statusCode).toBe(200);
  });

  it('gives ten different recovery codes, once, and leaves its trace', async () => {
    const { coach } = await newCoach();
    const { codes } = await enrol(coach, app.clock.now());
    expect(new Set(codes).size).toBe(10);
    expect(codes.every((code) => /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/.test(code))).toBe(true);
    expect(told<SecondFactorView>(await coach.get('/v1/me/second-factor'))).toMatchObject({
      confirmedAt: app.clock.now().toISOString(),
      recoveryCodesLeft: 10,
    });
    const again = await coach.post('/v1/me/second-factor/confirmation', { code: '000000' });
    expect(tells(again)).toEqual([409, 'nothing-to-confirm']);
    const events = (await eventsAbout(coach.id)).map(({ event }) => event);
    expect(events).toEqual(expect.arrayContaining(['second_factor.begun', 'second_factor.confirmed']));
  });

  it('does not replace an app that was confirmed', async () => {
    const { coach } = await newCoach();
    await enrol(coach, app.clock.now());
    expect(tells(await coach.put('/v1/me/second-factor', {}))).toEqual([409, 'second-factor-stands']);
  });

  it('keeps neither secret nor code as it is, and the secret opens for its owner only', async () => {
    const { coach } = await newCoach();
    const { secret, codes } = await enrol(coach, app.clock.now());
    const [row] = await rows<{ sealed_secret: Buffer }>(
      app,
      'select sealed_secret from second_factors where user_id = $1',
      [coach.id],
    );
    const stored = await rows<{ hash: Buffer }>(app, 'select hash from recovery_codes where user_id = $1', [
      coach.id,
    ]);
    expect(row!.sealed_secret.includes(secret)).toBe(false);
    expect(stored.map(({ hash }) => hash.length)).toEqual(Array(10).fill(32));
    expect(stored.some(({ hash }) => codes.some((code) => hash.includes(code.replaceAll('-', ''))))).toBe(
      false,
    );
    const keys = app.get(FactorKeys);
    expect(keys.openSecret(practice.id, coach.id, row!.sealed_secret)).toBe(secret);
    expect(() => keys.openSecret(practice.id, practice.coach.id, row!.sealed_secret)).toThrow(CannotOpen);
    expect(() => keys.openSecret(coach.id, coach.id, row!.sealed_secret)).toThrow(CannotOpen);
    expect(app.logged.join()).not.toContain(secret);
  });
});

describe('signing in with a code', () => {
  it('asks for it only behind the right password', async () => {
    const { coach, email } = await newCoach();
    await enrol(coach, app.clock.now());
    const right = await signIn(email);
    expect(tells(right)).toEqual([401, 'second-factor-required']);
    expect(right.json()).toMatchObject({ factors: ['totp'] });
    const wrong = await signIn(email, { password: 'niet het wachtwoord', code: '123456' });
    expect(tells(wrong)).toEqual([401, 'credentials-refused']);
  });

  it('takes a code of now once, and the next one after it', async () => {
    const { coach, email, now } = await newCoach();
    const { secret } = await enrol(coach, now);
    const code = codeAt(secret, now);
    const { accessToken } = told<LoginTokens>(await signIn(email, { code }));
    expect(accessToken).toBeDefined();
    expect(tells(await signIn(email, { code }))).toEqual([401, 'second-factor-refused']);
    app.clock.set(later(1, now).toISOString());
    expect(tells(await signIn(email, { code }))).toEqual([401, 'second-factor-refused']);
    expect((await signIn(email, { code: codeAt(secret, later(1, now)) })).statusCode).toBe(200);
  });

  it('takes one code once, also from five at the same moment', async () => {
    const { coach, email, now } = await newCoach();
    const { secret } = await enrol(coach, now);
    const code = codeAt(secret, now);
    const answers = await Promise.all(Array.from({ length: 5 }, () => signIn(email, { code })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  it.each([
    [-2, 401],
    [-1, 200],
    [0, 200],
    [1, 200],
    [2, 401],
  ])('bears a clock that is off by %i half-minutes: %i', async (steps, status) => {
    const { coach, email, now } = await newCoach();
    const { secret } = await enrol(coach, now);
    // The app was confirmed a while ago, so that only the clock decides.
    await rows(app, 'update second_factors set last_step = 0 where user_id = $1 returning user_id', [
      coach.id,
    ]);
    expect((await signIn(email, { code: codeAt(secret, later(steps, now)) })).statusCode).toBe(status);
  });

  it('takes no code of before one that it took', async () => {
    const { coach, email, now } = await newCoach();
    const { secret } = await enrol(coach, now);
    expect((await signIn(email, { code: codeAt(secret, later(1, now)) })).statusCode).toBe(200);
    expect((await signIn(email, { code: codeAt(secret, now) })).statusCode).toBe(401);
  });

  it('takes no code of another person, and notes what was wrong', async () => {
    const other = await newCoach();
    const { secret } = await enrol(other.coach, other.now);
    const { coach, email, now } = await newCoach();
    await enrol(coach, now);
    expect(tells(await signIn(email, { code: codeAt(secret, now) }))).toEqual([401, 'second-factor-refused']);
    expect(await eventsAbout(coach.id)).toContainEqual(
      expect.objectContaining({ event: 'second_factor.refused', outcome: 'refused' }),
    );
  });

  it('needs none where none was set up, and heeds none', async () => {
    const { email } = await newCoach();
    expect((await signIn(email, { code: '123456' })).statusCode).toBe(200);
  });
});

describe('a recovery code', () => {
  it('works once, in any spelling, and that is audited and counted', async () => {
    const { coach, email } = await newCoach();
    const { codes } = await enrol(coach, app.clock.now());
    const typed = codes[3]!.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect((await signIn(email, { code: typed })).statusCode).toBe(200);
    expect(tells(await signIn(email, { code: codes[3] }))).toEqual([401, 'second-factor-refused']);
    expect(told<SecondFactorView>(await coach.get('/v1/me/second-factor')).recoveryCodesLeft).toBe(9);
    expect(await eventsAbout(coach.id)).toContainEqual(
      expect.objectContaining({ event: 'recovery_code.used' }),
    );
  });

  it('works once, also from four at the same moment', async () => {
    const { coach, email } = await newCoach();
    const { codes } = await enrol(coach, app.clock.now());
    const answers = await Promise.all(
      codes.slice(0, 1).flatMap((code) => Array.from({ length: 4 }, () => signIn(email, { code }))),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401, 401]);
  });

  it('of another person does not work', async () => {
    const other = await newCoach();
    const { codes } = await enrol(other.coach, other.now);
    const { coach, email } = await newCoach();
    await enrol(coach, app.clock.now());
    expect((await signIn(email, { code: codes[0] })).statusCode).toBe(401);
  });

  it('is replaced by new ones with password and code, and the old ones end', async () => {
    const { coach, email, now } = await newCoach();
    const { secret, codes } = await enrol(coach, now);
    const renew = (proof: object) => coach.post('/v1/me/second-factor/recovery-codes', proof);
    expect(tells(await renew({ password: 'niet het wachtwoord', code: codes[0]! }))).toEqual([
      409,
      'confirmation-refused',
    ]);
    expect(tells(await renew({ password: PASSWORD, code: 'niets' }))).toEqual([409, 'confirmation-refused']);
    const fresh = told<RecoveryCodeList>(await renew({ password: PASSWORD, code: codeAt(secret, now) }));
    expect((await signIn(email, { code: codes[1] })).statusCode).toBe(401);
    expect((await signIn(email, { code: fresh.codes[1] })).statusCode).toBe(200);
  });
});

describe('removing the app', () => {
  const remove = (coach: Caller, proof: object) => coach.call('DELETE', '/v1/me/second-factor', proof);

  it('wants the password and a code', async () => {
    const { coach, email, now } = await newCoach();
    const { secret } = await enrol(coach, now);
    const code = codeAt(secret, now);
    expect(tells(await remove(coach, { password: 'niet het wachtwoord', code }))).toEqual([
      409,
      'confirmation-refused',
    ]);
    expect(tells(await remove(coach, { password: PASSWORD, code: codeAt(secret, later(9, now)) }))).toEqual([
      409,
      'confirmation-refused',
    ]);
    expect(tells(await remove(coach, { password: PASSWORD }))).toEqual([409, 'confirmation-refused']);
    expect((await signIn(email)).statusCode).toBe(401);
    expect((await remove(coach, { password: PASSWORD, code })).statusCode).toBe(204);
    expect((await signIn(email)).statusCode).toBe(200);
    expect(await rows(app, 'select from recovery_codes where user_id = $1', [coach.id])).toEqual([]);
    expect(await eventsAbout(coach.id)).toContainEqual(
      expect.objectContaining({ event: 'second_factor.removed' }),
    );
  });

  it('by an admin helps who lost everything, and is audited', async () => {
    const { coach, email, now } = await newCoach();
    await enrol(coach, now);
    await addPasskey(coach);
    expect((await practice.admin.delete(`/v1/users/${coach.id}/second-factor`)).statusCode).toBe(204);
    expect((await signIn(email)).statusCode).toBe(200);
    expect(await rows(app, 'select from passkeys where user_id = $1', [coach.id])).toEqual([]);
    expect(await eventsAbout(coach.id)).toContainEqual({
      event: 'second_factor.removed',
      outcome: 'done',
      ground: 'lost',
    });
    expect((await practice.admin.delete(`/v1/users/${coach.id}/second-factor`)).statusCode).toBe(404);
  });

  it('is not for a coach, nor for an admin elsewhere', async () => {
    const { coach, email, now } = await newCoach();
    await enrol(coach, now);
    const elsewhere = await openPractice(app);
    const url = `/v1/users/${coach.id}/second-factor`;
    expect((await practice.otherCoach.delete(url)).statusCode).toBe(403);
    expect((await elsewhere.admin.delete(url)).statusCode).toBe(404);
    expect((await signIn(email)).statusCode).toBe(401);
  });
});

describe('a practice that wants a second factor', () => {
  const require = async (house: TestPractice, secondFactorRequired = true) =>
    told(await house.admin.patch('/v1/practice', { secondFactorRequired }));

  it('opens nothing but enrolling to a coach or admin without one, on the very next request', async () => {
    const house = await openPractice(app);
    await require(house);
    for (const caller of [house.admin, house.coach]) {
      for (const url of ['/v1/clients', '/v1/sessions', `/v1/clients/${house.coach.id}`, '/v1/exercises']) {
        expect([url, ...tells(await caller.get(url))]).toEqual([
          url,
          403,
          'second-factor-enrolment-required',
        ]);
      }
      expect((await caller.get('/v1/me')).statusCode).toBe(200);
      expect((await caller.get('/v1/me/logins')).statusCode).toBe(200);
      expect((await caller.get('/v1/me/passkeys')).statusCode).toBe(200);
      expect(told<SecondFactorView>(await caller.get('/v1/me/second-factor')).required).toBe(true);
    }
    const change = await house.admin.patch('/v1/practice', { secondFactorRequired: false });
    expect(tells(change)).toEqual([403, 'second-factor-enrolment-required']);
    const opened = await house.coach.post('/v1/clients', { name: 'Nieuw', language: 'nl' });
    expect(tells(opened)).toEqual([403, 'second-factor-enrolment-required']);
    expect((await house.coach.post('/v1/auth/logout')).statusCode).toBe(204);
  });

  it('closes every route that can be read, save those of oneself', async () => {
    const house = await openPractice(app);
    await require(house);
    const { document, roles } = await readableRoutes(app);
    expect(document.length).toBeGreaterThan(15);
    for (const route of document.filter((one) => !one.startsWith('/v1/me'))) {
      const caller = roles(route).includes('admin') ? house.admin : house.coach;
      if (!roles(route).some((role) => role !== 'client')) continue;
      const answer = await caller.get(
        route.replace('{records}', 'clients').replace(/\{[^}]+\}/g, house.coach.id),
      );
      expect([route, answer.statusCode]).not.toEqual([route, 200]);
      // A query that is not right is told first; it opens nothing.
      if (answer.statusCode !== 422)
        expect([route, ...tells(answer)]).toEqual([route, 403, 'second-factor-enrolment-required']);
    }
  });

  it('opens everything once there is an app, or a passkey', async () => {
    const house = await openPractice(app);
    await require(house);
    const now = new Date();
    app.clock.set(now.toISOString());
    await enrol(house.admin, now);
    await addPasskey(house.coach);
    expect((await house.admin.get('/v1/users')).statusCode).toBe(200);
    expect((await house.coach.get('/v1/clients')).statusCode).toBe(200);
    expect((await house.otherCoach.get('/v1/clients')).statusCode).toBe(403);
  });

  it('is not opened by an app that was never confirmed', async () => {
    const house = await openPractice(app);
    await require(house);
    told(await house.coach.put('/v1/me/second-factor', {}));
    expect((await house.coach.get('/v1/clients')).statusCode).toBe(403);
  });

  it('asks nothing of its clients', async () => {
    const house = await openPractice(app);
    const client = await openFileWithAccount(app, house.coach);
    await require(house);
    expect((await client.get('/v1/me/consents')).statusCode).toBe(200);
    expect(told<SecondFactorView>(await client.get('/v1/me/second-factor')).required).toBe(false);
  });

  it('may want it from the first day, as the script that opens one does', async () => {
    const { code } = await app.get(OnboardingService).open({
      name: 'Meteen Veilig',
      admin: { name: 'Ada', email: 'ada@meteen.example' },
      secondFactorRequired: true,
    });
    const admin = await acceptInvitation(app, code);
    expect(tells(await admin.get('/v1/practice'))).toEqual([403, 'second-factor-enrolment-required']);
    await enrol(admin);
    expect(told(await admin.get('/v1/practice'))).toMatchObject({ secondFactorRequired: true });
  });
});

/** The routes with GET, and for whom they are, as the document of the API tells. */
async function readableRoutes(of: TestApp) {
  const { paths } = (await of.fastify.inject('/openapi.json')).json<{
    paths: Record<string, { get?: { 'x-roles'?: string[] } }>;
  }>();
  return {
    document: Object.keys(paths).filter((path) => paths[path]!.get?.['x-roles']),
    roles: (path: string) => paths[path]!.get!['x-roles']!,
  };
}
