import { OnboardingService } from '../src/onboarding/onboarding.service.js';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { codeIn, type MailServer, type ReadMail, startMailServer } from './support/mail.js';
import { acceptInvitation, openFile, PASSWORD } from './support/practice.js';
import { rows } from './support/rows.js';
import { addPasskey } from './support/second-factor.js';

/** A name that breaks whatever forgets to escape it. */
const NAME = '<b>Noor</b> & "Zoë"';
const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0';

let app: TestApp;
let server: MailServer;
let admin: Caller;
let coach: Caller;

beforeAll(async () => {
  server = await startMailServer();
  app = await startApp({ MAIL_URL: `smtp://127.0.0.1:${server.port}?ignoreTLS=true` });
  const opened = await app.get(OnboardingService).open({
    name: 'Adem & Rust',
    slug: 'adem-en-rust',
    admin: { name: 'Ada', email: 'ada@adem.example' },
  });
  admin = await acceptInvitation(app, opened.code);
  told(await admin.patch('/v1/practice', { mailSignIn: true }));
  coach = await newUser('coen@adem.example');
});
afterEach(() => {
  server.refusing = false;
  server.forgetful = false;
});
afterAll(async () => {
  await app.close();
  await server.stop();
});

const anybody = () => new Caller(app);

async function newUser(email: string, more: object = {}): Promise<Caller> {
  told(await admin.post('/v1/users', { name: 'Coen', email, roles: ['coach'], ...more }));
  await app.runJobs();
  return acceptInvitation(app, server.code(email, 'invitations'));
}

async function newClient(email: string, more: object = {}): Promise<Caller> {
  const { id } = await openFile(coach, { email, name: NAME, ...more });
  told(await coach.post(`/v1/clients/${id}/invitation`));
  await app.runJobs();
  return acceptInvitation(app, server.code(email, 'invitations'));
}

async function signIn(email: string, device?: string, address = '127.0.0.1'): Promise<void> {
  const answer = await app.fastify.inject({
    method: 'POST',
    url: '/v1/auth/login',
    payload: { email, password: PASSWORD },
    remoteAddress: address,
    headers: device ? { 'user-agent': device } : {},
  });
  told<LoginTokens>(answer);
  await app.runJobs();
}

/** Every mail there is, as one client is sent them. */
async function everyMailTo(email: string, language: 'nl' | 'en'): Promise<ReadMail[]> {
  const from = server.received.length;
  const client = await newClient(email, { language });
  const wanted = { email: `nieuw-${email}`, password: PASSWORD };
  told(await client.post('/v1/me/address-changes', wanted));
  await signIn(email, LAPTOP);
  told(await anybody().post('/v1/auth/mail-sign-ins', { email }));
  await addPasskey(client);
  told(await anybody().post('/v1/auth/password-resets', { email }));
  await app.runJobs();
  const reset = codeIn(
    server.received.find(({ to, text }) => to === email && text.includes('/password-resets/'))!.text,
    'password-resets',
  );
  told(await anybody().put(`/v1/auth/password-resets/${reset}`, { password: PASSWORD }));
  await app.runJobs();
  return server.received.slice(from).filter(({ to }) => to.endsWith(email));
}

const SUBJECTS = {
  nl: [
    'Bevestig je adres voor Adem & Rust',
    'Een nieuw wachtwoord voor Adem & Rust',
    'Een nieuwe aanmelding bij Adem & Rust',
    'Je aanmelding bij Adem & Rust',
    'Je adres voor Adem & Rust wordt gewijzigd',
    'Je uitnodiging van Adem & Rust',
    'Je wachtwoord voor Adem & Rust is veranderd',
    'Waarmee je je aanmeldt bij Adem & Rust is veranderd',
  ],
  en: [
    'A new login at Adem & Rust',
    'A new password for Adem & Rust',
    'Confirm your address for Adem & Rust',
    'Signing in to Adem & Rust',
    'What you sign in to Adem & Rust with has changed',
    'Your address for Adem & Rust is being changed',
    'Your invitation from Adem & Rust',
    'Your password for Adem & Rust has changed',
  ],
};

describe.each(['nl', 'en'] as const)('every mail to who reads %s', (language) => {
  let mails: ReadMail[];

  beforeAll(async () => {
    mails = await everyMailTo(`noor-${language}@post.example`, language);
  });

  it('comes over SMTP, one of each', () => {
    expect(mails.map(({ headers }) => headers['subject']).sort()).toEqual(SUBJECTS[language]);
  });

  it('says the same in plain text and in HTML, with one link to the portal', () => {
    for (const { text, html, headers } of mails) {
      expect(headers['content-type']).toContain('multipart/alternative');
      const links = [...new Set(text.match(/https?:\/\/\S+/g))];
      expect(links).toEqual([expect.stringMatching(/^https:\/\/portal\.example\/[\w/.-]+$/)]);
      expect(new Set(html.match(/href="[^"]+"/g))).toEqual(new Set([`href="${links[0]}"`]));
      const shown = html
        .replace(/<style>[\s\S]*<\/style>|<[^>]+>/g, ' ')
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
      for (const line of text.split('\n').filter(Boolean)) expect(shown).toContain(line.replace(/:$/, ''));
    }
  });

  it('shows a name as text, whatever is in it', () => {
    for (const { html, text } of mails) {
      expect(text).toContain(NAME);
      expect(html).toContain('&#60;b&#62;Noor&#60;/b&#62; &#38; &#34;Zoë&#34;');
      expect(html).not.toContain('<b>');
    }
  });

  it('loads nothing, runs nothing and counts nothing', () => {
    for (const { html } of mails) {
      expect(html).not.toMatch(
        /<(img|script|link|iframe|form|object|base)\b|url\(|@import|@font-face|\bon\w+=|\bsrc=/i,
      );
    }
  });

  it('is in the language of the reader, and can be read in the dark and on a phone', () => {
    for (const { html } of mails) {
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain('prefers-color-scheme: dark');
      expect(html).toContain('width=device-width');
    }
  });

  it('carries no word about health or coaching, no address of anybody, and no device', () => {
    for (const { text, html } of mails) {
      expect(`${text}${html}`).not.toMatch(
        /stress|coach|gezond|health|sessie|session|oefening|exercise|huiswerk|homework|post\.example|Firefox|127\.0\.0\.1/i,
      );
    }
  });

  it('is a machine that writes, to one reader, and asks for no answer', () => {
    for (const { headers, to } of mails) {
      expect(headers).toMatchObject({
        to,
        from: expect.stringContaining('<praktijk@adem-en-rust.example>'),
        'auto-submitted': 'auto-generated',
        'message-id': expect.stringMatching(/^<[0-9a-f-]{36}@adem-en-rust\.example>$/),
      });
      expect(
        Object.keys(headers).filter((name) =>
          /^(x-mailer|cc|bcc|disposition-notification-to|return-receipt)/.test(name),
        ),
      ).toEqual([]);
    }
    expect(new Set(mails.map(({ headers }) => headers['message-id'])).size).toBe(mails.length);
  });
});

describe('a mail that is sent again', () => {
  it('because nobody said that it arrived is the same mail, and its link still works once', async () => {
    const email = 'weifel@post.example';
    await newUser(email);
    told(await anybody().post('/v1/auth/password-resets', { email }));
    server.forgetful = true;
    await expect(app.runJobs()).rejects.toThrow('The mail was not sent');
    server.forgetful = false;
    await rows(app, "update jobs.job set start_after = now() where state = 'retry'");
    await app.runJobs();
    const [first, second, ...more] = server.received.filter(
      ({ to, text }) => to === email && text.includes('/password-resets/'),
    );
    expect(more).toEqual([]);
    expect(second!.headers['message-id']).toBe(first!.headers['message-id']);
    expect([second!.text, second!.html]).toEqual([first!.text, first!.html]);
    const code = codeIn(first!.text, 'password-resets');
    expect((await anybody().put(`/v1/auth/password-resets/${code}`, { password: PASSWORD })).statusCode).toBe(
      204,
    );
    expect(problemOf(await anybody().put(`/v1/auth/password-resets/${code}`, { password: PASSWORD }))).toBe(
      'link-not-usable',
    );
  });

  it('after a later one overtook it is not sent at all', async () => {
    const email = 'ingehaald@post.example';
    await newUser(email);
    told(await anybody().post('/v1/auth/password-resets', { email }));
    server.forgetful = true;
    await expect(app.runJobs()).rejects.toThrow('The mail was not sent');
    server.forgetful = false;
    told(await anybody().post('/v1/auth/password-resets', { email }));
    await app.runJobs();
    const before = server.received.length;
    await rows(app, "update jobs.job set start_after = now() where state = 'retry'");
    await app.runJobs();
    expect(server.received).toHaveLength(before);
  });
});

describe('the log of a failed mail', () => {
  it('names the job and the kind of error, and nobody', async () => {
    const email = 'geweigerd@post.example';
    await newUser(email);
    told(await anybody().post('/v1/auth/password-resets', { email }));
    server.refusing = true;
    await expect(app.runJobs()).rejects.toThrow('The mail was not sent: EENVELOPE 550');
    server.refusing = false;
    await rows(app, "update jobs.job set start_after = now() where state = 'retry'");
    await app.runJobs();
    const jobs = await rows<{ line: string }>(app, 'select j::text as line from jobs.job j');
    expect([...app.logged, ...jobs.map(({ line }) => line)].join('\n')).not.toContain(email);
  });
});

describe('a login', () => {
  const notices = (email: string) =>
    server.received.filter(({ to, text }) => to === email && text.includes('portal.example/logins'));

  it('that is the very first is told to nobody, nor is the next from the same place', async () => {
    const email = 'eerste@post.example';
    await newUser(email);
    await signIn(email);
    expect(notices(email)).toEqual([]);
  });

  it('on another device is told by mail, once', async () => {
    const email = 'apparaat@post.example';
    await newUser(email);
    await signIn(email, LAPTOP);
    await signIn(email, LAPTOP);
    expect(notices(email)).toHaveLength(1);
  });

  it('in a newer version of a browser that was seen before is no news', async () => {
    const email = 'versie@post.example';
    await newUser(email);
    await signIn(email, LAPTOP);
    await signIn(email, LAPTOP.replaceAll('140', '141'));
    expect(notices(email)).toHaveLength(1);
  });

  it('from another address is told by mail, once', async () => {
    const email = 'adres@post.example';
    await newUser(email);
    await signIn(email, undefined, '203.0.113.7');
    await signIn(email, undefined, '203.0.113.7');
    expect(notices(email)).toHaveLength(1);
  });

  it('waits in the queue as an id, and says when it was where the practice is', async () => {
    const email = 'wanneer@post.example';
    await newUser(email);
    app.clock.set('2026-07-01T10:30:00Z');
    await signIn(email, LAPTOP);
    app.clock.reset();
    const [job] = await rows<{ data: object }>(
      app,
      "select data from jobs.job where name = 'mail-new-device' order by created_on desc limit 1",
    );
    expect(Object.keys(job!.data).sort()).toEqual(['loginId', 'practiceId']);
    expect(notices(email)[0]!.text).toContain('1 juli 2026 om 12:30');
  });
});
