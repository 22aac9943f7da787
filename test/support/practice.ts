import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoginTokens } from '../../src/auth/auth.dto.js';
import type { ClientView } from '../../src/clients/client.dto.js';
import { OnboardingService } from '../../src/onboarding/onboarding.service.js';
import type { TestApp } from './app.js';
import { Caller, told } from './caller.js';

export const PASSWORD = 'een lange wachtzin om te testen';
const CONSENT = { channel: 'paper', givenOn: '2026-01-05' };

/** A practice with an admin and two coaches, made as people make one: by invitation. */
export interface TestPractice {
  readonly id: string;
  readonly slug: string;
  readonly admin: Caller;
  readonly coach: Caller;
  readonly otherCoach: Caller;
}

let practices = 0;

export async function openPractice(app: TestApp): Promise<TestPractice> {
  practices += 1;
  const slug = `praktijk-${practices}`;
  const { practiceId, code } = await app.get(OnboardingService).open({
    name: `Praktijk ${practices}`,
    slug,
    admin: { name: 'Ada de Beheerder', email: `admin@${slug}.example` },
  });
  const admin = await acceptInvitation(app, code);
  const coach = await addUser(app, admin, {
    name: 'Coen de Coach',
    email: `coach@${slug}.example`,
    roles: ['coach'],
  });
  const otherCoach = await addUser(app, admin, {
    name: 'Olga Anders',
    email: `olga@${slug}.example`,
    roles: ['coach'],
  });
  return { id: practiceId, slug, admin, coach, otherCoach };
}

export async function acceptInvitation(app: TestApp, code: string, consent?: object): Promise<Caller> {
  const answer = await new Caller(app).put(`/v1/auth/invitations/${code}`, {
    password: PASSWORD,
    ...(consent && { consent }),
  });
  return new Caller(app, told<LoginTokens>(answer));
}

export async function addUser(
  app: TestApp,
  admin: Caller,
  user: { name: string; email: string; roles: string[] },
): Promise<Caller> {
  told(await admin.post('/v1/users', user));
  await app.runJobs();
  return acceptInvitation(app, invitationCode(app, user.email));
}

let clients = 0;

/** A file of this coach, active and with consent on paper. */
export async function openFile(coach: Caller, more: object = {}): Promise<ClientView> {
  clients += 1;
  const opened = told<ClientView>(
    await coach.post('/v1/clients', {
      name: `Cliënt ${clients}`,
      email: `client${clients}@example.nl`,
      language: 'nl',
      consent: CONSENT,
      ...more,
    }),
  );
  return told<ClientView>(await coach.post(`/v1/clients/${opened.id}/activation`));
}

/** A file whose client signs in to the portal. */
export async function openFileWithAccount(app: TestApp, coach: Caller, more: object = {}): Promise<Caller> {
  const { id, email } = await openFile(coach, more);
  told(await coach.post(`/v1/clients/${id}/invitation`));
  await app.runJobs();
  return acceptInvitation(app, invitationCode(app, email!));
}

/** The code in the newest invitation that was mailed to this address. */
export function invitationCode(app: TestApp, email: string): string {
  const mail = newestMail(app, email);
  return /\/invitations\/([\w.-]+)/.exec(mail)![1]!;
}

/** The text part of the newest mail to an address. */
export function newestMail(app: TestApp, email: string): string {
  const folder = join(app.folder, 'mail');
  const mails = readdirSync(folder)
    .sort()
    .map((file) =>
      readFileSync(join(folder, file), 'utf8')
        .replace(/=\r?\n/g, '')
        .replaceAll('=3D', '='),
    )
    .filter((mail) => mail.includes(`To: ${email}`));
  return mails.at(-1)!;
}
