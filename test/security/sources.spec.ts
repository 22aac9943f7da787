import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What no file of ours does, and what few may. A line that is needed after all is argued for here. */

const ROOT = join(__dirname, '..', '..');
const SOURCES = ['src', 'migrations'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => join(folder, name)),
);

/** Where the lock file names no address, it is this one. */
const REGISTRY = 'https://registry.npmjs.org/';

const filesWith = (pattern: RegExp): string[] =>
  SOURCES.filter((file) => pattern.test(readFileSync(join(ROOT, file), 'utf8'))).sort();

describe('no source', () => {
  it('is missed here', () => {
    expect(SOURCES.length).toBeGreaterThan(400);
    expect(filesWith(/class JwtStrategy/)).toEqual(['src/auth/jwt.strategy.ts']);
  });

  it.each([
    ['runs text as code', /\beval\(|new Function\(|node:vm\b|setTimeout\(['"`]/],
    ['draws lots that can be foretold', /Math\.random\(/],
    ['hashes with what is broken', /create(Hash|Hmac)\(\s*['"](md5|sha1|md4|ripemd\w*)['"]/i],
    [
      'encrypts without a tag, or with a block mode',
      /aes-\d+-(ecb|cbc|ctr|cfb|ofb)|createCipher\(|publicEncrypt/i,
    ],
    ['takes any certificate', /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/],
    ['reads XML, or objects with classes', /xml2js|DOMParser|node:v8\b|js-yaml|node-serialize/],
    ['goes through a shell', /shell:\s*true|execSync\(|[^a-zA-Z.]exec\(\s*['"`]/],
    ['writes to the console past the logger', /console\.(log|error|warn|info|debug)\(/],
  ])('%s', (_, pattern) => {
    expect(filesWith(pattern)).toEqual([]);
  });
});

describe('few sources', () => {
  it('start programs: those of development, and the embedded database', () => {
    expect(filesWith(/node:child_process/)).toEqual([
      'src/commands/dev.ts',
      'src/database/embedded/binaries.ts',
      'src/database/embedded/run-program.ts',
    ]);
  });

  it('encrypt: all others seal through them', () => {
    expect(filesWith(/createCipheriv|createDecipheriv/)).toEqual([
      'src/common/cipher/chunk-cipher.ts',
      'src/common/cipher/cipher.ts',
    ]);
  });

  it('ask another server for something: an address of the configuration, and no redirect', () => {
    expect(filesWith(/\bfetch\(|\bhttps?\.(request|get)\(|from 'node:https'|axios|undici/)).toEqual([
      'src/audit/seals-outside.ts',
    ]);
    expect(filesWith(/redirect: 'error'/)).toEqual(['src/audit/seals-outside.ts']);
  });

  it('make a pattern of text: of a constant', () => {
    expect(filesWith(/new RegExp\(/)).toEqual(['src/auth/script-keys.ts']);
  });
});

describe('every package', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
  };

  it('comes from the registry and nowhere else, as what its hash says', () => {
    const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(installed.length).toBeGreaterThan(100);
    const loose = installed.filter(
      ([, { resolved, integrity }]) =>
        !(resolved ?? REGISTRY).startsWith(REGISTRY) || !integrity?.startsWith('sha512-'),
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });
});
