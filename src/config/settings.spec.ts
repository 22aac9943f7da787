import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { InstallationKey } from '../common/cipher/installation-key.js';
import { readEnvironment } from './environment.js';
import { Settings } from './settings.js';

const secrets = {
  TOKEN_SECRET: randomBytes(32).toString('base64url'),
  INSTALLATION_KEY: randomBytes(32).toString('base64url'),
};
const settings = new Settings(
  readEnvironment({
    ...secrets,
    DATABASE_URL: 'postgresql://app:hunter2@localhost/ademruimte',
    MAIL_URL: 'smtp://mailer:hunter2@localhost',
    MAIL_FROM: 'Praktijk <praktijk@example.nl>',
    PORTAL_URL: 'https://portal.example//',
    FILES_DIR: '/var/lib/ademruimte',
    ERASURE_LEDGER_FILE: '/var/lib/ademruimte/erasures.txt',
  }),
);

function logged(what: object): string {
  const lines: string[] = [];
  pino({}, { write: (line: string) => void lines.push(line) }).info(what);
  return lines.join();
}

describe('the settings', () => {
  const key = Buffer.from(secrets.INSTALLATION_KEY, 'base64url');
  const shapes = [...Object.values(secrets), key.toString('hex'), key.toString('base64'), 'hunter2'];
  const bytes = inspect(key)
    .replace(/^<Buffer |( \.\.\.)?>$/g, '')
    .slice(0, 60);

  it.each<[string, () => string]>([
    ['inspected', () => inspect(settings, { depth: null })],
    ['as JSON', () => JSON.stringify(settings)],
    ['logged', () => logged({ settings })],
    ['copied', () => inspect(Object.assign({}, settings))],
    ['in what was given them', () => inspect(new InstallationKey(settings), { depth: null })],
    [
      'in what opens a file',
      () => {
        const installation = new InstallationKey(settings);
        const wrapped = installation.wrapNewKey('p', 'c');
        return inspect(installation.unwrap('p', 'c', wrapped), { depth: null, showHidden: true });
      },
    ],
  ])('%s show no secret', (_, show) => {
    const shown = show();
    for (const secret of [...shapes, bytes, '<Buffer']) expect(shown).not.toContain(secret);
  });

  it('still hold them', () => {
    expect(settings.databaseUrl).toContain('hunter2');
    expect(settings.installationKey).toEqual(key);
  });

  it('use a key of its own for each purpose', () => {
    const { tokenKeys, fingerprintKey, throttlingKey } = settings;
    const keys = [tokenKeys[0].key, fingerprintKey, throttlingKey].map((one) => one.export().toString('hex'));
    expect(new Set([...keys, key.toString('hex')]).size).toBe(4);
  });

  it('end the address of the portal without a slash', () => {
    expect(settings.portalUrl).toBe('https://portal.example');
  });
});
