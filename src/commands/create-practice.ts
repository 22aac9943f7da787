import { parseArgs } from 'node:util';
import { isEmail } from 'class-validator';
import type { Role } from '../common/actor.js';
import { LANGUAGES, type Language } from '../common/language.js';
import { Problem } from '../common/problem.js';
import { perform } from '../config/begin.js';
import { CannotStart } from '../config/cannot-start.js';
import { readEnvironment } from '../config/environment.js';
import type { Lifetime } from '../config/lifetime.js';
import { Settings } from '../config/settings.js';
import { createContext } from '../create-app.js';
import { isInstallation, openLocalEnvironment } from '../local/local-environment.js';
import { type NewPractice, OnboardingService } from '../onboarding/onboarding.service.js';

const USAGE = `Usage: npm run practice:create -- --name "Adem & Rust" --admin-email ada@example.nl
  [--admin-name "Ada de Vries"] [--slug adem-rust] [--language nl|en] [--coach]
  [--second-factor-optional]
  --coach: the admin is a coach too, as the owner of a one-person practice is.
  --second-factor-optional: coaches and admins may do without one; otherwise each sets one up first.`;

/** `npm run practice:create`: opens a practice, and tells how its first admin gets in. */
void perform(async (life) => {
  const practice = readPractice();
  const settings = await settingsOf(life);
  const context = await createContext(settings);
  life.atEnd(() => context.close());
  const { slug, code } = await context
    .get(OnboardingService, { strict: false })
    .open(practice)
    .catch(inWords);
  process.stdout.write(
    `${practice.name} is open, as ${slug}. ${practice.admin.name} chooses a password within seven days, once, at\n` +
      `${settings.portalUrl}/invitations/${code}\n` +
      `or by PUT /v1/auth/invitations/${code} {"password": "..."}\n`,
  );
});

function readPractice(): NewPractice {
  const given = readArguments();
  const { name, 'admin-email': email, language } = given;
  if (!name?.trim() || !email) throw new CannotStart(USAGE);
  if (!isEmail(email)) throw new CannotStart(`--admin-email is not an e-mail address.\n${USAGE}`);
  if (language !== undefined && !isLanguage(language))
    throw new CannotStart(`--language is nl or en.\n${USAGE}`);
  const roles: Role[] = given.coach ? ['coach', 'admin'] : ['admin'];
  return {
    name: name.trim(),
    slug: given.slug,
    language,
    secondFactorRequired: !given['second-factor-optional'],
    admin: { name: given['admin-name']?.trim() || email.split('@')[0]!, email, roles },
  };
}

function readArguments() {
  const text = { type: 'string' } as const;
  const options = {
    name: text,
    slug: text,
    language: text,
    'admin-name': text,
    'admin-email': text,
    coach: { type: 'boolean' },
    'second-factor-optional': { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${USAGE}`);
  }
}

function isLanguage(text: string): text is Language {
  return LANGUAGES.includes(text as Language);
}

async function settingsOf(life: Lifetime): Promise<Settings> {
  if (isInstallation()) return new Settings(readEnvironment(process.env));
  return (await openLocalEnvironment(life)).settings;
}

function inWords(error: unknown): never {
  throw error instanceof Problem ? new CannotStart(`${error.options.title.en} --slug names another.`) : error;
}
