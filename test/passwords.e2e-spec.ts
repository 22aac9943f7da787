import * as argon2 from '@node-rs/argon2';
import type { Response } from 'light-my-request';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import type { MadeKeyView } from '../src/auth/script-key.dto.js';
import { Logins } from '../src/auth/logins.js';
import { Passwords } from '../src/auth/passwords.js';
import { type TestApp, startApp, startBeside, testSettings } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { codeIn, mailsOf } from './support/mail.js';
import {
  addUser,
  invitationCode,
  openFile,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';

// Counted, not replaced.
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, hash: jest.fn(real.hash) };
});

const ANOTHER = 'zeven paarse molens langs het water';

let app: TestApp;
let beside: Awaited<ReturnType<typeof startBeside>>;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  beside = await startBeside(app);
  practice = await openPractice(app);
});
afterEach(() => app.clock.reset());
afterAll(async () => {
  await beside.close();
  await app.close();
});

let people = 0;

/** Somebody of the practice who signed in, and with what. */
async function somebody(): Promise<{ caller: Caller; email: string }> {
  people += 1;
  const email = `iemand${people}@praktijk.example`;
  const caller = await addUser(app, practice.admin, { name: 'Noor Veldkamp', email, roles: ['coach'] });
  return { caller, email };
}

const signIn = (email: string, password: string): Promise<Response> =>
  new Caller(app).post('/v1/auth/login', { email, password, practice: practice.slug });
const change = (caller: Caller, password: string, current = PASSWORD): Promise<Response> =>
  caller.put('/v1/me/password', { current, password });

const adviceIn = (answer: Response) =>
  answer.json<{ errors: { pointer: string; detail: string }[] }>().errors;

describe('a password that is chosen with an invitation', () => {
  it.each([
    ['that many people use', 'passwordpassword', /many people|easy to guess/],
    ['close to one’s own name', 'Lies Dolfijn 1985', /your name/],
    ['close to one’s own address', 'lies.dolfijn@zee!', /your name/],
    ['close to the practice', 'praktijk-1 2026!', /your practice/],
    ['that is a pattern', 'abcabcabcabcabcabc', /easy to guess/],
  ])('is not one %s; the invitation can be used still', async (_, password, advice) => {
    people += 1;
    const email = `lies.dolfijn${people}@zee.example`;
    told(await practice.admin.post('/v1/users', { name: 'Lies Dolfijn', email, roles: ['coach'] }));
    await app.runJobs();
    const url = `/v1/auth/invitations/${invitationCode(app, email)}`;
    const refused = await new Caller(app).put(url, { password });
    expect([refused.statusCode, problemOf(refused)]).toEqual([422, 'invalid-input']);
    expect(adviceIn(refused)).toEqual([{ pointer: '/password', detail: expect.stringMatching(advice) }]);
    const dutch = await new Caller(app).put(url, { password }, { 'accept-language': 'nl' });
    expect(adviceIn(dutch)[0]!.detail).toMatch(/losse woorden/);
    expect((await new Caller(app).put(url, { password: ANOTHER })).statusCode).toBe(200);
  });

  it('is not close to a client’s own name either', async () => {
    const { id, email } = await openFile(practice.coach, { name: 'Wendela Kruidhof' });
    told(await practice.coach.post(`/v1/clients/${id}/invitation`));
    await app.runJobs();
    const url = `/v1/auth/invitations/${invitationCode(app, email!)}`;
    expect((await new Caller(app).put(url, { password: 'WendelaKruidhof1' })).statusCode).toBe(422);
    expect((await new Caller(app).put(url, { password: ANOTHER })).statusCode).toBe(200);
  });

  it('costs no hash where the invitation does not work', async () => {
    const hash = jest.mocked(argon2.hash);
    hash.mockClear();
    const code = `${'A'.repeat(22)}.${'A'.repeat(43)}`;
    expect(
      (await new Caller(app).put(`/v1/auth/invitations/${code}`, { password: ANOTHER })).statusCode,
    ).toBe(404);
    expect(hash).not.toHaveBeenCalled();
  });
});

describe('changing one’s password', () => {
  it('takes the new one from then on, and the old one never again', async () => {
    const { caller, email } = await somebody();
    expect((await change(caller, ANOTHER)).statusCode).toBe(204);
    expect((await signIn(email, ANOTHER)).statusCode).toBe(200);
    expect((await signIn(email, PASSWORD)).statusCode).toBe(401);
  });

  it('wants the current one, and says which field was wrong', async () => {
    const { caller, email } = await somebody();
    const answer = await change(caller, ANOTHER, 'niet het goede wachtwoord');
    expect([answer.statusCode, problemOf(answer)]).toEqual([422, 'password-wrong']);
    expect(adviceIn(answer)[0]!.pointer).toBe('/current');
    expect((await signIn(email, PASSWORD)).statusCode).toBe(200);
    const [event] = await rows(
      app,
      'select event, outcome, object_id from audit_events where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(event).toEqual({ event: 'login.proof_refused', outcome: 'refused', object_id: caller.id });
  });

  it('ends all other logins and the keys on the very next request, at every process, and keeps this one', async () => {
    const { caller: owner, email } = await somebody();
    told(await practice.admin.patch(`/v1/users/${owner.id}`, { roles: ['coach', 'admin'] }));
    const [here, elsewhere] = [await signIn(email, PASSWORD), await signIn(email, PASSWORD)].map(
      (answer) => new Caller(app, told<LoginTokens>(answer)),
    ) as [Caller, Caller];
    const { key } = told<MadeKeyView>(
      await elsewhere.post('/v1/me/keys', { name: 'Nachtelijk', scopes: ['exports:read'] }),
    );
    expect((await elsewhere.at(beside).get('/v1/me')).statusCode).toBe(200);
    expect((await change(here, ANOTHER)).statusCode).toBe(204);
    expect((await elsewhere.at(beside).get('/v1/me')).statusCode).toBe(401);
    const { refreshToken } = elsewhere.tokens!;
    expect((await new Caller(app).post('/v1/auth/refresh', { refreshToken })).statusCode).toBe(401);
    const url = '/v1/exports/stream/clients.csv?purpose=Voor%20de%20boekhouding';
    expect((await new Caller(app).get(url, { authorization: `Bearer ${key}` })).statusCode).toBe(401);
    expect((await here.at(beside).get('/v1/me')).statusCode).toBe(200);
  });

  it('is told to the person by mail, in case it was somebody else', async () => {
    const { caller, email } = await somebody();
    expect((await change(caller, ANOTHER)).statusCode).toBe(204);
    await app.runJobs();
    const told = mailsOf(app).filter(
      ({ to, headers }) => to === email && /veranderd/.test(headers['subject']!),
    );
    expect(told).toHaveLength(1);
    expect(told[0]!.text).toContain('https://portal.example/password-resets');
    expect(told[0]!.raw).not.toContain(ANOTHER);
  });

  it('is not told where nothing changed', async () => {
    const { caller, email } = await somebody();
    await change(caller, ANOTHER, 'niet het goede wachtwoord');
    await app.runJobs();
    expect(
      mailsOf(app).filter(({ to, headers }) => to === email && /veranderd/.test(headers['subject']!)),
    ).toEqual([]);
  });

  it('makes a link useless that was mailed before, and not one of later', async () => {
    const { caller, email } = await somebody();
    const mailed = async () => {
      told(await new Caller(app).post('/v1/auth/password-resets', { email }));
      await app.runJobs();
      return codeIn(
        mailsOf(app)
          .filter(({ to, text }) => to === email && /resets\/[\w-]{22}\./.test(text))
          .at(-1)!.text,
        'password-resets',
      );
    };
    const reset = (code: string) =>
      new Caller(app).put(`/v1/auth/password-resets/${code}`, { password: 'nog weer een andere lange zin' });
    const before = await mailed();
    expect((await change(caller, ANOTHER)).statusCode).toBe(204);
    expect(problemOf(await reset(before))).toBe('link-not-usable');
    expect((await signIn(email, ANOTHER)).statusCode).toBe(200);
    expect((await reset(await mailed())).statusCode).toBe(204);
  });

  it('is in the log of the practice, with how many logins it ended', async () => {
    const { caller, email } = await somebody();
    told(await signIn(email, PASSWORD));
    const answer = await change(caller, ANOTHER);
    const events = await rows(
      app,
      'select event, ground, row_count, task, on_behalf_of from audit_events where request_id = $1 order by event',
      [answer.headers['x-request-id']],
    );
    const by = { task: 'sign_in', on_behalf_of: caller.id };
    expect(events).toEqual([
      { event: 'logins.ended', ground: 'password', row_count: 1, ...by },
      { event: 'password.changed', ground: null, row_count: null, ...by },
    ]);
  });

  it.each([
    ['too short, and says how long', 'vqz jx wpk4 bf', /at least 15/],
    ['beneath what any may be', 'kort', /10/],
    ['close to one’s own name', 'noorveldkamp2026', /your name/],
    ['too long', 'x'.repeat(129), /128/],
  ])('refuses one that is %s', async (_, password, advice) => {
    const { caller, email } = await somebody();
    const answer = await change(caller, password);
    expect(answer.statusCode).toBe(422);
    expect(adviceIn(answer)).toEqual([{ pointer: '/password', detail: expect.stringMatching(advice) }]);
    expect((await signIn(email, PASSWORD)).statusCode).toBe(200);
  });

  it('takes 128 characters of any script, in whatever Unicode form they are typed', async () => {
    const { caller, email } = await somebody();
    const long = Array.from(
      { length: 64 },
      (_, i) => `${'éèëïöü'[i % 6]!}${String.fromCodePoint(0x4e00 + i * 7)}`,
    ).join('');
    expect([...long]).toHaveLength(128);
    expect((await change(caller, long.normalize('NFD'))).statusCode).toBe(204);
    expect((await signIn(email, long.normalize('NFC'))).statusCode).toBe(200);
    expect((await signIn(email, long.normalize('NFD'))).statusCode).toBe(200);
  });

  it('twice at the same moment changes it once', async () => {
    const { caller, email } = await somebody();
    const answers = await Promise.all([change(caller, ANOTHER), change(caller, `${ANOTHER} en het riet`)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 422]);
    const winner = answers[0].statusCode === 204 ? ANOTHER : `${ANOTHER} en het riet`;
    expect((await signIn(email, winner)).statusCode).toBe(200);
  });

  it('in the middle of a sign-in leaves no login that the old one opened', async () => {
    const { caller, email } = await somebody();
    const logins = app.get(Logins);
    const begin = logins.begin.bind(logins);
    jest.spyOn(logins, 'begin').mockImplementationOnce(async (...given) => {
      expect((await change(caller, ANOTHER)).statusCode).toBe(204);
      return begin(...given);
    });
    const answer = await signIn(email, PASSWORD);
    expect([answer.statusCode, problemOf(answer)]).toEqual([401, 'credentials-refused']);
    expect((await signIn(email, ANOTHER)).statusCode).toBe(200);
  });

  it('at the moment of a sign-in leaves no login that the old one opened', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { caller, email } = await somebody();
      const [changed, ...attempts] = await Promise.all([
        change(caller, ANOTHER),
        ...Array.from({ length: 3 }, () => signIn(email, PASSWORD)),
      ]);
      expect(changed.statusCode).toBe(204);
      for (const attempt of attempts.filter(({ statusCode }) => statusCode === 200)) {
        expect((await new Caller(app, told<LoginTokens>(attempt)).get('/v1/me')).statusCode).toBe(401);
      }
      expect((await caller.get('/v1/me')).statusCode).toBe(200);
    }
  });

  it('is never asked of anybody: after years the old one still signs in', async () => {
    const { email } = await somebody();
    await rows(app, "update credentials set changed_at = '2016-01-01'");
    expect((await signIn(email, PASSWORD)).statusCode).toBe(200);
  });
});

describe('a hash of a password', () => {
  const hashOf = async (email: string) => {
    const [row] = await rows<{ hash: string }>(
      app,
      `select c.password_hash as hash from credentials c join users u on u.id = c.user_id where u.email = $1`,
      [email],
    );
    return row!.hash;
  };

  it('is made at the cost that the configuration says', async () => {
    const { email } = await somebody();
    expect(await hashOf(email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('moves to another cost at the next sign-in, and not before', async () => {
    const { email } = await somebody();
    const cheap = await argon2.hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await rows(
      app,
      'update credentials set password_hash = $1 where user_id = (select id from users where email = $2)',
      [cheap, email],
    );
    expect((await signIn(email, 'niet het goede wachtwoord')).statusCode).toBe(401);
    expect(await hashOf(email)).toBe(cheap);
    const answers = await Promise.all([signIn(email, PASSWORD), signIn(email, PASSWORD)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const moved = await hashOf(email);
    expect(moved).toMatch(/m=19456,t=2,p=1/);
    expect((await signIn(email, PASSWORD)).statusCode).toBe(200);
    expect(await hashOf(email)).toBe(moved);
  });

  it('is made at another cost where the environment says so', async () => {
    const said = { ARGON2_MEMORY_KIB: '8192', ARGON2_PASSES: '3', ARGON2_LANES: '2' };
    const passwords = new Passwords(testSettings(app.database, app.folder, said));
    const made = await passwords.hash(PASSWORD);
    expect(made).toMatch(/^\$argon2id\$v=19\$m=8192,t=3,p=2\$/);
    expect(passwords.isOutdated(made)).toBe(false);
    expect(passwords.isOutdated(await app.get(Passwords).hash(PASSWORD))).toBe(true);
  });
});

describe('a passphrase', () => {
  it('is drawn for anybody, in their language, and is taken as a password', async () => {
    const { caller } = await somebody();
    const ask = (language: string) =>
      new Caller(app).get('/v1/auth/passphrase', { 'accept-language': language });
    const dutch = await ask('nl');
    const { passphrase, bits } = told<{ passphrase: string; bits: number }>(dutch);
    expect([passphrase.split(' ').length, bits]).toEqual([6, 65]);
    expect(dutch.headers['cache-control']).toBe('no-store');
    expect(told<{ passphrase: string }>(await ask('en')).passphrase.split(' ')).toHaveLength(5);
    expect((await change(caller, passphrase)).statusCode).toBe(204);
  });
});
