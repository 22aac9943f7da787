import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSecrets, rotateLocalTokens } from './local-secrets.js';
import { rotateTokenFiles } from './token-rotation.js';

let folder: string;
const at = (name: string): string => join(folder, name);
const modeOf = (file: string): number => statSync(file).mode & 0o777;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ademruimte-rotation-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the secrets of development', () => {
  it('are made once, and are for their owner alone', () => {
    const made = localSecrets(folder);
    expect(localSecrets(folder)).toEqual(made);
    expect(modeOf(at('secrets.json'))).toBe(0o600);
  });

  it('get another one for tokens, and keep the last and all others', () => {
    const before = localSecrets(folder);
    rotateLocalTokens(folder);
    const after = localSecrets(folder);
    expect(after).toEqual({
      ...before,
      tokenSecret: expect.stringMatching(/^[\w-]{43}$/),
      tokenSecretPrevious: before.tokenSecret,
    });
    expect(after.tokenSecret).not.toBe(before.tokenSecret);
    expect(modeOf(at('secrets.json'))).toBe(0o600);
  });
});

describe('the secrets of an installation, in files', () => {
  const files = () => ({ TOKEN_SECRET_FILE: at('token'), TOKEN_SECRET_PREVIOUS_FILE: at('previous') });

  it('change places, and a new one is made', () => {
    writeFileSync(at('token'), `${'a'.repeat(43)}\n`, { mode: 0o644 });
    rotateTokenFiles(files());
    expect(readFileSync(at('previous'), 'utf8')).toBe(`${'a'.repeat(43)}\n`);
    const made = readFileSync(at('token'), 'utf8');
    expect(made).toMatch(/^[\w-]{43}\n$/);
    expect(made).not.toBe(`${'a'.repeat(43)}\n`);
    expect([modeOf(at('token')), modeOf(at('previous'))]).toEqual([0o600, 0o600]);
  });

  it.each([
    ['there is none', undefined],
    ['it holds something else', 'changeme'],
  ])('are left as they are where %s', (_, content) => {
    if (content) writeFileSync(at('token'), content);
    expect(() => rotateTokenFiles(files())).toThrow(/TOKEN_SECRET_FILE/);
    expect(() => readFileSync(at('previous'))).toThrow(/ENOENT/);
  });

  it('are named in words where the environment does not name them', () => {
    expect(() => rotateTokenFiles({ TOKEN_SECRET: 'b'.repeat(43) })).toThrow(/TOKEN_SECRET_PREVIOUS_FILE/);
  });
});
