import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import type {
  AddedPasskeyView,
  PasskeyCreationOptions,
  PasskeyList,
  PasskeyRequestOptions,
} from '../src/auth/passkeys/passkey.dto.js';
import type { RecoveryCodeList, SecondFactorView } from '../src/auth/second-factor/second-factor.dto.js';
import { userHandle } from '../src/auth/passkeys/user-handle.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { startApp, type TestApp } from './support/app.js';
import { Authenticator, type Ceremony } from './support/authenticator.js';
import { Caller, problemOf, told } from './support/caller.js';
import { mailsOf } from './support/mail.js';
import { addUser, openPractice, PASSWORD, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { addPasskey, codeAt, enrol } from './support/second-factor.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let anybody: Caller;
let serial = 0;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  anybody = new Caller(app);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

async function newCoach(): Promise<{ coach: Caller; email: string }> {
  serial += 1;
  const email = `passkey${serial}@adem.example`;
  return {
    email,
    coach: await addUser(app, practice.admin, { name: 'Pas Sleutel', email, roles: ['coach'] }),
  };
}

const creation = async (caller: Caller) =>
  told<PasskeyCreationOptions>(await caller.post('/v1/me/passkeys/options'));
const request = async () => told<PasskeyRequestOptions>(await anybody.post('/v1/auth/passkey/options'));
const add = (caller: Caller, credential: object) =>
  caller.post('/v1/me/passkeys', { name: 'Telefoon', credential });
const signIn = (credential: object) => anybody.post('/v1/auth/passkey', { credential });
const signInWith = async (authenticator: Authenticator, given?: Ceremony) =>
  signIn(authenticator.get(await request(), given));
const tells = (answer: Response): [number, string | undefined] => [answer.statusCode, problemOf(answer)];

/** A problem, without the number of this one occurrence. */
function withoutInstance(answer: Response): object {
  const { instance: _, ...rest } = answer.json<{ instance: string }>();
  return { status: answer.statusCode, ...rest };
}

describe('adding a passkey', () => {
  it('tells a device what to make, for this person at this practice', async () => {
    const { coach, email } = await newCoach();
    expect(await creation(coach)).toMatchObject({
      rp: { id: 'portal.example', name: expect.stringMatching(/^Praktijk/) },
      user: { id: userHandle({ practiceId: practice.id, userId: coach.id }), name: email },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    });
  });

  it('keeps it, lists it, renames it, and offers not to make it twice', async () => {
    const { coach } = await newCoach();
    const { id, authenticator } = await addPasskey(coach);
    expect(told<PasskeyList>(await coach.get('/v1/me/passkeys')).items).toEqual([
      { id, name: 'Telefoon', synced: false, createdAt: expect.any(String) },
    ]);
    expect(told(await coach.patch(`/v1/me/passkeys/${id}`, { name: 'Laptop' }))).toMatchObject({
      name: 'Laptop',
    });
    const options = await creation(coach);
    expect(options.excludeCredentials.map((one) => one.id)).toEqual([
      authenticator.credentialId.toString('base64url'),
    ]);
    expect(tells(await add(coach, authenticator.create(options)))).toEqual([409, 'passkey-known']);
  });

  it.each<[string, Ceremony]>([
    ['for another site', { origin: 'https://portal.example.evil.example' }],
    ['over plain http', { origin: 'http://portal.example' }],
    ['for another party', { rpId: 'evil.example' }],
    ['that did not ask who holds it', { userVerified: false }],
    ['with a challenge of nobody', { challenge: Buffer.alloc(54, 7).toString('base64url') }],
    ['with a challenge that is too short', { challenge: 'AAAA' }],
    ['that was a signing in', { type: 'webauthn.get' }],
  ])('refuses one %s', async (_, wrong) => {
    const { coach } = await newCoach();
    const credential = new Authenticator().create(await creation(coach), wrong);
    expect(tells(await add(coach, credential))).toEqual([422, 'passkey-not-usable']);
    expect(told<PasskeyList>(await coach.get('/v1/me/passkeys')).items).toEqual([]);
  });

  it("refuses an answer to another person's challenge, to one of signing in, and to one that expired", async () => {
    const { coach } = await newCoach();
    const foreign = new Authenticator().create(await creation(practice.coach));
    expect(tells(await add(coach, foreign))).toEqual([422, 'passkey-not-usable']);
    const { challenge } = await request();
    const misused = new Authenticator().create(await creation(coach), { challenge });
    expect(tells(await add(coach, misused))).toEqual([422, 'passkey-not-usable']);
    const late = new Authenticator().create(await creation(coach));
    app.clock.set(new Date(Date.now() + 5 * 60_000 + 1000).toISOString());
    expect(tells(await add(coach, late))).toEqual([422, 'passkey-not-usable']);
  });

  it('takes an answer once, also of two devices at the same moment', async () => {
    const { coach } = await newCoach();
    const options = await creation(coach);
    const answers = await Promise.all([
      add(coach, new Authenticator().create(options)),
      add(coach, new Authenticator().create(options)),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 422]);
  });

  it('sent twice with one Idempotency-Key is done once', async () => {
    const { coach } = await newCoach();
    const body = { name: 'Telefoon', credential: new Authenticator().create(await creation(coach)) };
    const send = () => coach.post('/v1/me/passkeys', body, { 'idempotency-key': 'eenmaal' });
    const [first, second] = [await send(), await send()];
    const { recoveryCodes: _once, ...passkey } = told<AddedPasskeyView>(first);
    expect(told(second)).toEqual(passkey);
    expect(told<PasskeyList>(await coach.get('/v1/me/passkeys')).items).toHaveLength(1);
  });

  it.each([
    ['bytes that are no CBOR', { attestationObject: 'AAAA' }],
    ['data that are no JSON', { clientDataJSON: 'AAAA' }],
  ])('refuses %s', async (_, wrong) => {
    const { coach } = await newCoach();
    const credential = new Authenticator().create(await creation(coach));
    const answer = await add(coach, { ...credential, response: { ...credential.response, ...wrong } });
    expect(tells(answer)).toEqual([422, 'passkey-not-usable']);
  });
});

describe('signing in with a passkey alone', () => {
  it('opens the practice that it was made for', async () => {
    const { coach } = await newCoach();
    const { authenticator } = await addPasskey(coach);
    const tokens = told<LoginTokens>(await signInWith(authenticator));
    expect(tokens.user).toMatchObject({ id: coach.id, roles: ['coach'] });
    expect((await new Caller(app, tokens).get('/v1/clients')).statusCode).toBe(200);
    const [passkey] = told<PasskeyList>(await coach.get('/v1/me/passkeys')).items;
    expect(passkey!.lastUsedAt).toBeDefined();
  });

  it.each<[string, Ceremony]>([
    ['for another site', { origin: 'https://evil.example' }],
    ['for another port', { origin: 'https://portal.example:8443' }],
    ['for another party', { rpId: 'evil.example' }],
    ['that did not ask who holds it', { userVerified: false }],
    ['to a challenge of nobody', { challenge: Buffer.alloc(54, 7).toString('base64url') }],
    ['that was a registration', { type: 'webauthn.create' }],
    ['in the name of nobody', { userHandle: userHandle({ practiceId: serialId(1), userId: serialId(2) }) }],
    ['with a handle that is none', { userHandle: 'AAAA' }],
  ])('refuses an answer %s', async (_, wrong) => {
    const { authenticator } = await addPasskey((await newCoach()).coach);
    expect(tells(await signInWith(authenticator, wrong))).toEqual([401, 'passkey-refused']);
    expect((await signInWith(authenticator)).statusCode).toBe(200);
  });

  it("refuses one person's passkey in another's name, also of another practice", async () => {
    const { authenticator } = await addPasskey((await newCoach()).coach);
    await addPasskey(practice.otherCoach);
    for (const [house, { id }] of [
      [practice, practice.otherCoach],
      [elsewhere, elsewhere.coach],
    ] as const) {
      const handle = userHandle({ practiceId: house.id, userId: id });
      expect(tells(await signInWith(authenticator, { userHandle: handle }))).toEqual([
        401,
        'passkey-refused',
      ]);
    }
    const { practiceId, userId } = { practiceId: elsewhere.id, userId: practice.coach.id };
    const mixed = userHandle({ practiceId, userId });
    expect(tells(await signInWith(authenticator, { userHandle: mixed }))).toEqual([401, 'passkey-refused']);
  });

  it('takes a challenge once, also from two at the same moment', async () => {
    const { authenticator } = await addPasskey((await newCoach()).coach);
    const credential = authenticator.get(await request());
    expect((await signIn(credential)).statusCode).toBe(200);
    expect(tells(await signIn(credential))).toEqual([401, 'passkey-refused']);
    const another = authenticator.get(await request());
    const answers = await Promise.all([signIn(another), signIn(another), signIn(another)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401]);
  });

  it('takes no challenge that expired, nor one of a registration', async () => {
    const { coach } = await newCoach();
    const { authenticator } = await addPasskey(coach);
    const { challenge } = await creation(coach);
    expect(tells(await signInWith(authenticator, { challenge }))).toEqual([401, 'passkey-refused']);
    const late = authenticator.get(await request());
    app.clock.set(new Date(Date.now() + 5 * 60_000 + 1000).toISOString());
    expect(tells(await signIn(late))).toEqual([401, 'passkey-refused']);
  });

  it('refuses a signature that was altered', async () => {
    const { authenticator } = await addPasskey((await newCoach()).coach);
    const credential = authenticator.get(await request());
    const other = authenticator.get(await request());
    const response = { ...credential.response, signature: other.response.signature };
    expect(tells(await signIn({ ...credential, response }))).toEqual([401, 'passkey-refused']);
  });

  it('tells nothing apart: no passkey, a wrong answer, somebody who is disabled', async () => {
    const { coach } = await newCoach();
    const { authenticator } = await addPasskey(coach);
    const wrong = await signInWith(authenticator, { userVerified: false });
    const unknown = await signInWith(new Authenticator(), {
      userHandle: userHandle({ practiceId: practice.id, userId: coach.id }),
    });
    const nobody = await signInWith(new Authenticator(), {
      userHandle: userHandle({ practiceId: serialId(1), userId: serialId(2) }),
    });
    told(await practice.admin.post(`/v1/users/${coach.id}/disabling`));
    const disabled = await signInWith(authenticator);
    for (const answer of [unknown, nobody, disabled]) {
      expect(withoutInstance(answer)).toEqual(withoutInstance(wrong));
    }
    const events = await rows(app, 'select event, ground, outcome from audit_events where object_id = $1', [
      coach.id,
    ]);
    expect(events).toContainEqual({ event: 'login.refused', ground: 'passkey', outcome: 'refused' });
    const requestId = nobody.headers['x-request-id'];
    const noted = await rows(app, 'select event from security_events where request_id = $1', [requestId]);
    expect(noted).toEqual([{ event: 'passkey.refused' }]);
  });

  it('notices a count that does not grow, refuses it, and audits it', async () => {
    const { coach } = await newCoach();
    const { authenticator, id } = await addPasskey(coach);
    expect((await signInWith(authenticator, { count: 5 })).statusCode).toBe(200);
    expect((await signInWith(authenticator, { count: 6 })).statusCode).toBe(200);
    for (const count of [6, 3, 0]) {
      expect(tells(await signInWith(authenticator, { count }))).toEqual([401, 'passkey-refused']);
    }
    const events = await rows(
      app,
      "select outcome from audit_events where object_id = $1 and event = 'passkey.copied'",
      [id],
    );
    expect(events).toEqual(Array(3).fill({ outcome: 'refused' }));
    expect((await signInWith(authenticator, { count: 7 })).statusCode).toBe(200);
  });

  it('works no more once the passkey was removed', async () => {
    const { coach, email } = await newCoach();
    const { authenticator, id } = await addPasskey(coach);
    expect((await coach.delete(`/v1/me/passkeys/${id}`)).statusCode).toBe(204);
    expect(tells(await signInWith(authenticator))).toEqual([401, 'passkey-refused']);
    expect((await anybody.post('/v1/auth/login', { email, password: PASSWORD })).statusCode).toBe(200);
  });
});

describe('a passkey behind the password', () => {
  const login = (email: string, more: object = {}) =>
    anybody.post('/v1/auth/login', { email, password: PASSWORD, ...more });

  it('is asked for, and taken', async () => {
    const { coach, email } = await newCoach();
    const { authenticator } = await addPasskey(coach);
    const asked = await login(email);
    expect(tells(asked)).toEqual([401, 'second-factor-required']);
    expect(asked.json()).toMatchObject({ factors: ['passkey'] });
    const passkey = authenticator.get(await request());
    expect((await login(email, { passkey })).statusCode).toBe(200);
    expect(tells(await login(email, { passkey }))).toEqual([401, 'second-factor-refused']);
    expect(tells(await login(email, { code: '123456' }))).toEqual([401, 'second-factor-refused']);
  });

  it("does not take another person's", async () => {
    const { coach, email } = await newCoach();
    await addPasskey(coach);
    const { authenticator } = await addPasskey((await newCoach()).coach);
    expect(tells(await login(email, { passkey: authenticator.get(await request()) }))).toEqual([
      401,
      'second-factor-refused',
    ]);
    const handle = userHandle({ practiceId: practice.id, userId: coach.id });
    const passkey = authenticator.get(await request(), { userHandle: handle });
    expect(tells(await login(email, { passkey }))).toEqual([401, 'second-factor-refused']);
  });

  it('is one of two where there is an app too', async () => {
    const { coach, email } = await newCoach();
    const now = new Date(Math.floor(Date.now() / 30_000) * 30_000 + 15_000);
    app.clock.set(now.toISOString());
    const { secret } = await enrol(coach, now);
    const { authenticator } = await addPasskey(coach);
    expect((await login(email)).json()).toMatchObject({ factors: ['totp', 'passkey'] });
    expect((await login(email, { code: codeAt(secret, now) })).statusCode).toBe(200);
    expect((await login(email, { passkey: authenticator.get(await request()) })).statusCode).toBe(200);
  });
});

describe('a second factor that comes or goes', () => {
  it('is told to the person by mail each time, whoever did it, and not where nothing changed', async () => {
    const { coach, email } = await newCoach();
    const told = async (): Promise<number> => {
      await app.runJobs();
      return mailsOf(app).filter(({ to, headers }) => to === email && /^Waarmee/.test(headers['subject']!))
        .length;
    };
    expect(await told()).toBe(0);
    const { id } = await addPasskey(coach);
    expect(await told()).toBe(1);
    await add(coach, new Authenticator().create(await creation(coach), { userVerified: false }));
    expect(await told()).toBe(1);
    await enrol(coach);
    expect(await told()).toBe(2);
    expect((await coach.delete(`/v1/me/passkeys/${id}`)).statusCode).toBe(204);
    expect(await told()).toBe(3);
    expect((await practice.admin.delete(`/v1/users/${coach.id}/second-factor`)).statusCode).toBe(204);
    expect(await told()).toBe(4);
  });
});

describe('recovery codes of who has passkeys and no app', () => {
  const login = (email: string, more: object = {}) =>
    anybody.post('/v1/auth/login', { email, password: PASSWORD, ...more });
  const left = async (coach: Caller) =>
    told<SecondFactorView>(await coach.get('/v1/me/second-factor')).recoveryCodesLeft;
  const added = async (coach: Caller) => {
    const authenticator = new Authenticator();
    const answer = await add(coach, authenticator.create(await creation(coach)));
    return { authenticator, ...told<AddedPasskeyView>(answer) };
  };

  it('come with the first passkey, this once, and not with the next', async () => {
    const { coach } = await newCoach();
    const body = { name: 'Telefoon', credential: new Authenticator().create(await creation(coach)) };
    const send = () => coach.post('/v1/me/passkeys', body, { 'idempotency-key': 'codes' });
    const { recoveryCodes } = told<AddedPasskeyView>(await send());
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(told(await send())).not.toHaveProperty('recoveryCodes');
    expect(await added(coach)).not.toHaveProperty('recoveryCodes');
    expect(await left(coach)).toBe(10);
    const events = await rows(app, 'select event from audit_events where object_id = $1', [coach.id]);
    expect(events).toContainEqual({ event: 'recovery_codes.renewed' });
  });

  it('come once, of two first passkeys at the same moment', async () => {
    const { coach } = await newCoach();
    const both = await Promise.all([added(coach), added(coach)]);
    expect(both.filter((one) => one.recoveryCodes)).toHaveLength(1);
    expect(await left(coach)).toBe(10);
  });

  it('open once what the lost passkey opened, also from four at the same moment', async () => {
    const { coach, email } = await newCoach();
    const { recoveryCodes } = await added(coach);
    const code = recoveryCodes![0]!;
    const answers = await Promise.all(Array.from({ length: 4 }, () => login(email, { code })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401, 401]);
    expect(tells(await login(email, { code }))).toEqual([401, 'second-factor-refused']);
    expect((await login(email, { code: recoveryCodes![1] })).statusCode).toBe(200);
    expect(await left(coach)).toBe(8);
  });

  it('are renewed with the password and a passkey; neither alone will do', async () => {
    const { coach, email } = await newCoach();
    const { authenticator, recoveryCodes } = await added(coach);
    const renew = async (proof: object) =>
      coach.post('/v1/me/second-factor/recovery-codes', {
        passkey: authenticator.get(await request()),
        ...proof,
      });
    expect(tells(await renew({ password: 'niet het wachtwoord' }))).toEqual([409, 'confirmation-refused']);
    const alone = await renew({ password: PASSWORD, passkey: undefined });
    expect(tells(alone)).toEqual([409, 'confirmation-refused']);
    const foreign = (await added((await newCoach()).coach)).authenticator.get(await request());
    expect(tells(await renew({ password: PASSWORD, passkey: foreign }))).toEqual([
      409,
      'confirmation-refused',
    ]);
    const { codes } = told<RecoveryCodeList>(await renew({ password: PASSWORD }));
    expect((await login(email, { code: recoveryCodes![0] })).statusCode).toBe(401);
    expect((await login(email, { code: codes[0] })).statusCode).toBe(200);
  });

  it('are given to nobody who has no second factor', async () => {
    const { coach } = await newCoach();
    const proof = { password: PASSWORD };
    expect(tells(await coach.post('/v1/me/second-factor/recovery-codes', proof))).toEqual([
      409,
      'confirmation-refused',
    ]);
    expect(await left(coach)).toBe(0);
  });

  it('stay as long as there is a factor that they stand in for', async () => {
    const { coach } = await newCoach();
    const [one, other] = [await added(coach), await added(coach)];
    told(await coach.delete(`/v1/me/passkeys/${one.id}`));
    expect(await left(coach)).toBe(10);
    told(await coach.delete(`/v1/me/passkeys/${other.id}`));
    expect(await left(coach)).toBe(0);
  });

  it('stay with the passkey when the app goes', async () => {
    const { coach } = await newCoach();
    await addPasskey(coach);
    const { codes } = await enrol(coach);
    const proof = { password: PASSWORD, code: codes[0] };
    expect((await coach.call('DELETE', '/v1/me/second-factor', proof)).statusCode).toBe(204);
    expect(await left(coach)).toBe(9);
  });
});

describe("another person's passkey", () => {
  it('is not found, not renamed and not removed', async () => {
    const { id } = await addPasskey((await newCoach()).coach);
    for (const caller of [practice.coach, practice.admin, elsewhere.coach]) {
      expect(told<PasskeyList>(await caller.get('/v1/me/passkeys')).items).toEqual([]);
      expect((await caller.patch(`/v1/me/passkeys/${id}`, { name: 'Van mij' })).statusCode).toBe(404);
      expect((await caller.delete(`/v1/me/passkeys/${id}`)).statusCode).toBe(404);
    }
  });
});

describe('challenges that were answered', () => {
  it('are forgotten once they have expired, and not before', async () => {
    const { authenticator } = await addPasskey((await newCoach()).coach);
    expect((await signInWith(authenticator)).statusCode).toBe(200);
    const spent = async () => (await rows(app, 'select from spent_challenges')).length;
    const before = await spent();
    await app.get(Housekeeping).run();
    expect(await spent()).toBe(before);
    app.clock.set(new Date(Date.now() + 6 * 60_000).toISOString());
    await app.get(Housekeeping).run();
    expect(await spent()).toBe(0);
  });
});

/** An id of the right form that nobody has. */
function serialId(n: number): string {
  return `0196f3a0-1111-7222-8333-44445555000${n}`;
}
