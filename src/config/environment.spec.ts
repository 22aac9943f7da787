import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentIncomplete, readEnvironment } from './environment.js';

const complete = {
  DATABASE_URL: 'postgresql://app@localhost/ademruimte',
  TOKEN_SECRET: 'a'.repeat(43),
  INSTALLATION_KEY: 'b'.repeat(43),
  PORTAL_URL: 'https://portal.example',
  MAIL_URL: 'smtp://localhost',
  MAIL_FROM: 'Praktijk <praktijk@example.nl>',
  FILES_DIR: '/var/lib/ademruimte',
  ERASURE_LEDGER_FILE: '/var/lib/ademruimte/erasures.txt',
};

describe('the environment', () => {
  it('names all that is missing at once', () => {
    expect(() => readEnvironment({})).toThrow(
      new EnvironmentIncomplete(Object.keys(complete).map((name) => name)),
    );
  });

  it('counts an empty variable as missing', () => {
    expect(() => readEnvironment({ ...complete, MAIL_FROM: '' })).toThrow(
      new EnvironmentIncomplete(['MAIL_FROM']),
    );
  });

  it('refuses a secret that is too short to be one', () => {
    expect(() => readEnvironment({ ...complete, TOKEN_SECRET: 'changeme' })).toThrow(
      new EnvironmentIncomplete(['TOKEN_SECRET']),
    );
  });

  it('keeps values out of the message', () => {
    expect(() => readEnvironment({ ...complete, TOKEN_SECRET: 'hunter2' })).not.toThrow(/hunter2/);
  });

  it('reads numbers and switches', () => {
    const environment = readEnvironment({ ...complete, PORT: '8080', TRUST_PROXY: 'true' });
    expect(environment).toMatchObject({ PORT: 8080, TRUST_PROXY: true, HOST: '127.0.0.1' });
  });

  it('takes a ring of keys in place of the one key, or beside it', () => {
    const { INSTALLATION_KEY, ...rest } = complete;
    const ring = { INSTALLATION_KEYS: `2027:${'d'.repeat(43)}` };
    expect(readEnvironment({ ...rest, ...ring })).toMatchObject(ring);
    expect(readEnvironment({ ...complete, ...ring, INSTALLATION_KEY_CURRENT: 'installation' })).toMatchObject(
      {
        INSTALLATION_KEY,
        INSTALLATION_KEY_CURRENT: 'installation',
      },
    );
  });

  it.each<[string, Record<string, string>]>([
    ['that is none', { INSTALLATION_KEYS: 'hunter2' }],
    ['without the key that is to be current', { INSTALLATION_KEY_CURRENT: '2028' }],
  ])('names the variables of a ring %s', (_, ring) => {
    expect(() => readEnvironment({ ...complete, ...ring })).toThrow(
      new EnvironmentIncomplete(Object.keys(ring)),
    );
  });

  it('reads a secret from the file that NAME_FILE names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ademruimte-secret-'));
    writeFileSync(join(folder, 'token'), `${'c'.repeat(43)}\n`);
    const { TOKEN_SECRET: _, ...rest } = complete;
    expect(readEnvironment({ ...rest, TOKEN_SECRET_FILE: join(folder, 'token') }).TOKEN_SECRET).toBe(
      'c'.repeat(43),
    );
    rmSync(folder, { recursive: true });
  });

  it('names the file variable when the file cannot be read', () => {
    expect(() => readEnvironment({ ...complete, TOKEN_SECRET_FILE: '/nowhere' })).toThrow(
      new EnvironmentIncomplete(['TOKEN_SECRET_FILE']),
    );
  });

  it.each<[string, unknown]>([
    ['true', true],
    ['false', false],
    ['2', 2],
    ['10.0.0.0/8, loopback,2001:db8::/32', ['10.0.0.0/8', 'loopback', '2001:db8::/32']],
  ])('reads whose word is believed: %s', (text, trust) => {
    expect(readEnvironment({ ...complete, TRUST_PROXY: text }).TRUST_PROXY).toEqual(trust);
  });

  it.each([
    ['TRUST_PROXY', 'everybody'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.0/8/8'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '11'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'app.example.nl'],
    ['CORS_ORIGINS', 'https://app.example.nl/'],
    ['TOKEN_SECRET_PREVIOUS', 'changeme'],
    ['REQUESTS_PER_MINUTE', '0'],
    ['ATTEMPTS_FACTOR', '1.5'],
    ['SLOWEST_REQUEST_SECONDS', 'never'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readEnvironment({ ...complete, [name]: value })).toThrow(new EnvironmentIncomplete([name]));
  });
});
